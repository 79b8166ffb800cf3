// Cells of near points, and the search through them.
#include <functional>
#include <numeric>

#include "bindings/arrays.hpp"
#include "cells/index.hpp"
#include "cells/kernels.hpp"
#include "cells/partition.hpp"
#include "cells/query.hpp"
#include "cells/search.hpp"

namespace terrella::bindings {
namespace {

PointsView view(const Matrix& vectors) {
  return {vectors.data(), static_cast<std::int64_t>(vectors.shape(0)), static_cast<std::int64_t>(vectors.shape(1))};
}

nb::object partition(const Matrix& coordinates, std::int64_t cell_size, std::uint64_t seed, const std::string& isa,
                     int threads, std::optional<nb::callable> callback) {
  require(coordinates.shape(0) >= 1 && cell_size >= 1 && 2 * cell_size <= kLargestCell,
          "coordinates must have rows and cell_size lie in [1, 128]");
  const Kernels& kernels = kernels_for(isa);
  Partition cells;
  PythonMonitor monitor(std::move(callback));
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    cells = terrella::partition(view(coordinates), cell_size, seed, kernels, pool, &monitor);
  }
  return nb::make_tuple(to_numpy(std::move(cells.order)), to_numpy(std::move(cells.starts)));
}

using Bytes = nb::ndarray<const std::int8_t, nb::ndim<2>, nb::c_contig, nb::device::cpu>;

// Lays rows and columns out as the leaf wants them, runs it, and returns each row's list and its length.
nb::object scan_cell(const Bytes& rows, const Bytes& columns, const Vector& norms, const Vector& gains,
                     const Vector& thresholds, const Vector& offsets, const std::string& isa) {
  const std::size_t n_rows = rows.shape(0);
  const std::size_t n_columns = columns.shape(0);
  const std::size_t n_features = rows.shape(1);
  require(columns.shape(1) == n_features && n_features % kCodeGroup == 0, "rows and columns must have as many groups");
  require(n_rows % kRowBlock == 0 && n_columns % kColumnBlock == 0, "rows and columns must come in whole blocks");
  require(norms.shape(0) == n_columns && gains.shape(0) == n_rows && thresholds.shape(0) == n_rows &&
              offsets.shape(0) == n_rows,
          "norms must have an entry a column; gains, thresholds and offsets an entry a row");
  std::vector<std::uint8_t> packed(n_columns * n_features);
  for (std::size_t c = 0; c < n_columns; ++c) {
    for (std::size_t f = 0; f < n_features; ++f) {
      const std::size_t block = c / kColumnBlock * kColumnBlock * n_features;
      const std::size_t group = f / kCodeGroup * kColumnBlock * kCodeGroup;
      packed[block + group + c % kColumnBlock * kCodeGroup + f % kCodeGroup] =
          static_cast<std::uint8_t>(columns.data()[c * n_features + f] + kCodeOffset);
    }
  }
  const std::size_t stride = n_columns + kColumnBlock;
  std::unique_ptr<float[]> values(new float[n_rows * stride]());
  std::unique_ptr<std::int32_t[]> points(new std::int32_t[n_rows * stride]());
  std::unique_ptr<std::int32_t[]> counts(new std::int32_t[n_rows]());
  std::vector<std::int32_t> lists(n_rows);
  std::iota(lists.begin(), lists.end(), 0);
  const auto groups = static_cast<std::int32_t>(n_features / kCodeGroup);
  kernels_for(isa).cells.scan_cell(
      {packed.data(), norms.data(), 0, static_cast<std::int32_t>(n_columns), groups},
      {rows.data(), gains.data(), thresholds.data(), offsets.data(), lists.data(), static_cast<std::int32_t>(n_rows)},
      {values.get(), points.get(), counts.get(), static_cast<std::int64_t>(stride)});
  return nb::make_tuple(to_numpy(std::move(counts), {n_rows}), to_numpy(std::move(values), {n_rows, stride}),
                        to_numpy(std::move(points), {n_rows, stride}));
}

// A CellIndex with the arrays it refers to.
class BoundIndex {
 public:
  BoundIndex(Matrix vectors, Matrix coordinates, const IndexVector& order, const Offsets& starts,
             const std::string& isa, int threads)
      : vectors_(std::move(vectors)), coordinates_(std::move(coordinates)) {
    const auto n = static_cast<std::int64_t>(vectors_.shape(0));
    require(coordinates_.shape(0) == vectors_.shape(0) && order.shape(0) == vectors_.shape(0),
            "coordinates and order must have a row for each of vectors");
    require(coordinates_.shape(1) >= 1 && coordinates_.shape(1) <= 65536, "coordinates must have 1 to 65536 columns");
    require(within(order.data(), order.shape(0), n), "order must lie in [0, n)");
    const std::int64_t* first = starts.data();
    const std::int64_t* last = first + starts.shape(0) - 1;
    require(starts.shape(0) >= 2 && *first == 0 && *last == n, "starts must lead from 0 to n");
    for (const std::int64_t* s = first; s < last; ++s) {
      require(s[1] > s[0] && s[1] - s[0] <= kLargestCell, "a cell must hold 1 to 256 points");
    }
    Partition partition;
    partition.order.assign(order.data(), order.data() + order.shape(0));
    partition.starts.assign(first, last + 1);
    const Kernels& kernels = kernels_for(isa);
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    index_ = std::make_unique<CellIndex>(view(vectors_), view(coordinates_), std::move(partition),
                                         kernels, pool);
  }

  nb::object tune(std::int64_t k, double recall, std::int64_t n_queries, int threads,
                  std::optional<nb::callable> callback) const {
    require(k >= 1 && k < index_->vectors().n && n_queries >= 1, "k must lie in [1, n)");
    Breadth breadth{};
    PythonMonitor monitor(std::move(callback));
    {
      nb::gil_scoped_release unlocked;
      ThreadPool pool(threads);
      breadth = tune_breadth(*index_, k, recall, n_queries, pool, &monitor);
    }
    return nb::make_tuple(breadth.reach, breadth.probes, breadth.keep);
  }

  nb::object search(std::int64_t k, std::int64_t reach, std::int64_t probes, std::int64_t keep, int threads,
                    std::optional<nb::callable> callback) const {
    const auto n = static_cast<std::size_t>(index_->vectors().n);
    require(k >= 1 && k < index_->vectors().n, "k must lie in [1, n)");
    require(reach >= 1 && probes >= 1 && keep > k && keep <= index_->vectors().n, "keep must lie in (k, n]");
    const auto width = static_cast<std::size_t>(k);
    std::unique_ptr<std::int32_t[]> indices(new std::int32_t[n * width]);
    std::unique_ptr<float[]> distances(new float[n * width]);
    PythonMonitor monitor(std::move(callback));
    {
      nb::gil_scoped_release unlocked;
      ThreadPool pool(threads);
      search_cells(*index_, k, {reach, probes, keep}, pool, &monitor, indices.get(), distances.get());
    }
    return nb::make_tuple(to_numpy(std::move(indices), {n, width}), to_numpy(std::move(distances), {n, width}));
  }

  // Copies of what a search for other vectors needs: centres, steps, first, points, codes, norms.
  nb::object arrays() const {
    const CodedCells coded = index_->coded();
    const auto cells = static_cast<std::size_t>(coded.n_cells);
    const auto columns = static_cast<std::size_t>(index_->n_columns());
    const auto axes = static_cast<std::size_t>(coded.n_axes);
    const auto bytes = static_cast<std::size_t>(coded.row_bytes());
    return nb::make_tuple(copied(coded.centres, {cells, axes}), copied(coded.steps, {cells}),
                          copied(coded.first, {cells + 1}), copied(coded.points, {columns}),
                          copied(coded.codes, {columns, bytes}), copied(coded.norms, {columns}));
  }

 private:
  template <typename T>
  static nb::ndarray<nb::numpy, T> copied(const T* from, std::initializer_list<std::size_t> shape) {
    const std::size_t count = std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
    std::unique_ptr<T[]> values(new T[count]);
    std::copy_n(from, count, values.get());
    return to_numpy(std::move(values), shape);
  }

  Matrix vectors_;
  Matrix coordinates_;
  std::unique_ptr<CellIndex> index_;
};

using Codes = nb::ndarray<const std::uint8_t, nb::ndim<2>, nb::c_contig, nb::device::cpu>;

// A QuerySearch with the arrays it refers to.
class BoundQueries {
 public:
  BoundQueries(Matrix vectors, Matrix centres, Vector steps, IndexVector first, IndexVector points, Codes codes,
               Vector norms, const std::string& isa)
      : vectors_(std::move(vectors)), centres_(std::move(centres)), steps_(std::move(steps)),
        first_(std::move(first)), points_(std::move(points)), codes_(std::move(codes)), norms_(std::move(norms)) {
    const CodedCells cells{centres_.data(), steps_.data(), first_.data(),  points_.data(),
                           codes_.data(),   norms_.data(), static_cast<std::int64_t>(centres_.shape(0)),
                           static_cast<std::int64_t>(centres_.shape(1))};
    const std::size_t columns = points_.shape(0);
    require(vectors_.shape(0) >= 1 && centres_.shape(0) >= 1 && centres_.shape(1) >= 1 && centres_.shape(1) <= 65536,
            "there must be vectors, and cells with 1 to 65536 axes");
    require(steps_.shape(0) == centres_.shape(0) && first_.shape(0) == centres_.shape(0) + 1,
            "steps must have an entry a cell, first one more");
    require(norms_.shape(0) == columns && codes_.shape(0) == columns &&
                codes_.shape(1) == static_cast<std::size_t>(cells.row_bytes()),
            "norms and codes must have a row for each of points, codes a byte for each axis in whole groups");
    const std::int32_t* starts = first_.data();
    require(starts[0] == 0 && starts[cells.n_cells] == static_cast<std::int64_t>(columns), "first must lead from 0 to n");
    for (std::int64_t c = 0; c < cells.n_cells; ++c) {
      const std::int32_t size = starts[c + 1] - starts[c];
      require(size > 0 && size <= kLargestCell && size % kColumnBlock == 0, "a cell must hold whole blocks of columns");
    }
    const auto n = static_cast<std::int32_t>(vectors_.shape(0));
    for (std::size_t column = 0; column < columns; ++column) {
      const std::int32_t point = points_.data()[column];
      require(point >= 0 ? point < n : point == -1 && std::isinf(norms_.data()[column]),
              "points must lie in [0, n), or be -1 with an infinite norm");
    }
    search_ = std::make_unique<QuerySearch>(view(vectors_), cells, kernels_for(isa));
  }

  nb::object search(const Matrix& queries, const Matrix& coordinates, std::int64_t k, std::int64_t probes,
                    std::int64_t keep, int threads) const {
    const std::size_t n = queries.shape(0);
    const auto width = static_cast<std::size_t>(k);
    require(queries.shape(1) == vectors_.shape(1) && coordinates.shape(0) == n &&
                coordinates.shape(1) == centres_.shape(1),
            "queries must have the vectors' features, coordinates the cells' axes");
    require(k >= 1 && keep >= k && keep <= static_cast<std::int64_t>(vectors_.shape(0)) && probes >= 1,
            "k must lie in [1, keep], keep in [k, n]");
    std::unique_ptr<std::int32_t[]> indices(new std::int32_t[n * width]);
    std::unique_ptr<float[]> distances(new float[n * width]);
    {
      nb::gil_scoped_release unlocked;
      ThreadPool pool(std::min<int>(threads, static_cast<int>(std::max<std::size_t>(n, 1))));
      pool.run(static_cast<std::int64_t>(n), [&](std::int64_t q) {
        const CellQuery query{queries.data() + q * queries.shape(1), coordinates.data() + q * coordinates.shape(1)};
        const std::vector<Found> found = search_->run(query, k, probes, keep);
        for (std::size_t j = 0; j < width; ++j) {
          indices[q * width + j] = j < found.size() ? found[j].point : -1;
          distances[q * width + j] = j < found.size() ? found[j].distance : INFINITY;
        }
      });
    }
    return nb::make_tuple(to_numpy(std::move(indices), {n, width}), to_numpy(std::move(distances), {n, width}));
  }

 private:
  Matrix vectors_;
  Matrix centres_;
  Vector steps_;
  IndexVector first_;
  IndexVector points_;
  Codes codes_;
  Vector norms_;
  std::unique_ptr<QuerySearch> search_;
};

}  // namespace

void bind_cells(nb::module_& m) {
  m.def("partition", &partition, "coordinates"_a, "cell_size"_a, "seed"_a, "isa"_a, "threads"_a,
        "callback"_a = nb::none());
  m.def("scan_cell", &scan_cell, "rows"_a, "columns"_a, "norms"_a, "gains"_a, "thresholds"_a, "offsets"_a, "isa"_a);
  nb::class_<BoundIndex>(m, "CellIndex")
      .def(nb::init<Matrix, Matrix, const IndexVector&, const Offsets&, const std::string&, int>(), "vectors"_a,
           "coordinates"_a, "order"_a, "starts"_a, "isa"_a, "threads"_a)
      .def("tune", &BoundIndex::tune, "k"_a, "recall"_a, "n_queries"_a, "threads"_a, "callback"_a = nb::none())
      .def("search", &BoundIndex::search, "k"_a, "reach"_a, "probes"_a, "keep"_a, "threads"_a,
           "callback"_a = nb::none())
      .def("arrays", &BoundIndex::arrays);
  nb::class_<BoundQueries>(m, "CellQueries")
      .def(nb::init<Matrix, Matrix, Vector, IndexVector, IndexVector, Codes, Vector, const std::string&>(),
           "vectors"_a, "centres"_a, "steps"_a, "first"_a, "points"_a, "codes"_a, "norms"_a, "isa"_a)
      .def("search", &BoundQueries::search, "queries"_a, "coordinates"_a, "k"_a, "probes"_a, "keep"_a, "threads"_a);
}

}  // namespace terrella::bindings
