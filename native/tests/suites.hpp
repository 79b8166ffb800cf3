// One function a folder of the engine; each runs all that folder's kernels at every odd size.
#pragma once

#include "core/isa.hpp"
#include "core/thread_pool.hpp"

namespace terrella::tests {

void test_thread_pool();
void test_amx();
void test_neighbors(const Kernels& kernels, ThreadPool& pool);
void test_axes(const Kernels& kernels, ThreadPool& pool);
void test_cells(const Kernels& kernels, ThreadPool& pool);
void test_graph(const Kernels& kernels, ThreadPool& pool);
void test_mesh(const Kernels& kernels, ThreadPool& pool);
void test_tsne(const Kernels& kernels, ThreadPool& pool);
void test_umap(const Kernels& kernels, ThreadPool& pool);

}  // namespace terrella::tests
