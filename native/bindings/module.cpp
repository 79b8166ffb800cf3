// The Python face of the native kernels: arrays in, arrays out. Shapes and values are checked by terrella.kernels,
// which is the only caller; what could corrupt memory is checked here again. One file binds one folder.
#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "core/isa.hpp"

namespace nb = nanobind;

namespace terrella::bindings {

void bind_axes(nb::module_& m);
void bind_cells(nb::module_& m);
void bind_graph(nb::module_& m);
void bind_mesh(nb::module_& m);
void bind_neighbors(nb::module_& m);
void bind_tsne(nb::module_& m);
void bind_umap(nb::module_& m);

}  // namespace terrella::bindings

NB_MODULE(_native, m) {
  m.doc() = "Terrella's native kernels; called through terrella.kernels alone.";
  m.def("available_isas", &terrella::available_isas);
  terrella::bindings::bind_axes(m);
  terrella::bindings::bind_cells(m);
  terrella::bindings::bind_graph(m);
  terrella::bindings::bind_mesh(m);
  terrella::bindings::bind_neighbors(m);
  terrella::bindings::bind_tsne(m);
  terrella::bindings::bind_umap(m);
}
