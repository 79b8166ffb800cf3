// native_tests [ISA ...]: runs every kernel on all (or the named) instruction sets of this machine, on three threads
// and, to compare, on one. Made for the sanitizers: tests/kernels holds the numbers to their numpy references; here
// they need to be sane, and the memory right.
#include <cstdio>
#include <string>
#include <vector>

#include "tests/suites.hpp"

int main(int count, char** arguments) {
  using namespace terrella;
  tests::test_thread_pool();
  tests::test_amx();
  const std::vector<std::string> named(arguments + 1, arguments + count);
  for (const std::string& isa : named.empty() ? available_isas() : named) {
    const Kernels& kernels = kernels_for(isa);
    ThreadPool pool(3);
    tests::test_neighbors(kernels, pool);
    tests::test_axes(kernels, pool);
    tests::test_cells(kernels, pool);
    tests::test_graph(kernels, pool);
    tests::test_mesh(kernels, pool);
    tests::test_tsne(kernels, pool);
    tests::test_umap(kernels, pool);
    std::printf("%s: passed\n", isa.c_str());
  }
  return 0;
}
