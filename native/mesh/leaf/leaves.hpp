// What each leaf of the particle mesh gives to its instruction set's table.
#pragma once

#include "core/simd.hpp"
#include "mesh/kernels.hpp"

namespace terrella::TERRELLA_ISA {

void find_bands(const float* points, std::int64_t count, const MeshGeometry& geometry, std::uint16_t* bands,
                std::int64_t* counts);
void spread(const float* points, std::int64_t count, const MeshGeometry& geometry, float* grid);
void forward_columns(const float* charges, std::int32_t stride, const FftView& fft, std::int32_t column, float* scratch,
                     float* spectrum);
double inverse_columns(const float* spectrum, std::int32_t stride, const FftView& fft, std::int32_t column,
                       const float* charges, float* scratch, float* potential);
void convolve_block(const float* kernel, const FftView& fft, float* scratch, float* spectrum);
void kernel_columns(const float* samples, std::int32_t stride, const FftView& fft, std::int32_t column, float* scratch,
                    float* half_done);
void kernel_block(const float* half_done, const float* gain_x, const float* gain_y, const FftView& fft, float* scratch,
                  float* kernel);
void gather(const FieldView& field, const float* points, std::int64_t count, float* values, float* gradients);

}  // namespace terrella::TERRELLA_ISA
