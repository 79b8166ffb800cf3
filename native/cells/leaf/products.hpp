// Products of a tile of rows with blocks of columns, and the comparison of what they yield, in registers.
//
// Each instruction set defines the same words:
//   BlockProducts, BlockValues   kColumnBlock integers or floats
//   ProductUnit                  holds what the machine must keep set up while products are made
//   kTileRowCount, kTileBlocks   the tile that fills its registers
//   multiply                     products[r][b][c] = Σ_f row[r, f] · (column[b, c, f] + 64), exact
//   block_values                 norms + gain · products
//   any_below, append_passing    the comparison with a row's threshold
#pragma once

#include "cells/kernels.hpp"
#include "core/simd.hpp"

#if defined(__AVX512BW__)
#include "products_avx512.hpp"
#elif defined(__AVX2__)
#include "products_avx2.hpp"
#else
#include "products_portable.hpp"
#endif
