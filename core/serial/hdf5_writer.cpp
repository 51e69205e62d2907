#include "core/serial/hdf5_file.h"

// The calls of HDF5 1.10 under their plain names, whichever newer version is installed.
#define H5_USE_110_API
#include <hdf5.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/serial/hdf5_format.h"
#include "core/serial/json_value.h"

namespace chladni::serial {

using hdf5::kMaxDimensions;
using hdf5::product;

namespace {

constexpr std::uint64_t kMaxRowValues = std::uint64_t{1} << 28;
constexpr std::size_t kUsualChunkBytes = std::size_t{1} << 20;

std::recursive_mutex& libraryMutex() {
  static std::recursive_mutex mutex;
  return mutex;
}

// Taken for every use of the library, which Debian builds without locks of its own; the first one silences its messages
// and its plug-ins.
class Library {
 public:
  Library() : lock_(libraryMutex()) {
    static const bool ready = [] {
      H5open();
      H5Eset_auto(H5E_DEFAULT, nullptr, nullptr);
      H5PLset_loading_state(0);
      return true;
    }();
    static_cast<void>(ready);
  }

 private:
  std::unique_lock<std::recursive_mutex> lock_;
};

class Handle {
 public:
  using Close = herr_t (*)(hid_t);
  Handle() = default;
  Handle(hid_t id, Close close) : id_(id), close_(close) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Handle& operator=(Handle&& other) noexcept {
    reset();
    id_ = std::exchange(other.id_, -1);
    close_ = other.close_;
    return *this;
  }
  ~Handle() { reset(); }
  explicit operator bool() const { return id_ >= 0; }
  [[nodiscard]] hid_t get() const { return id_; }
  herr_t reset() {
    if (id_ < 0) return 0;
    const Library library;
    return close_(std::exchange(id_, -1));
  }

 private:
  hid_t id_ = -1;
  Close close_ = nullptr;
};

// The innermost reason on the library's stack of errors.
std::string libraryReason() {
  std::string reason;
  const auto first = [](unsigned, const H5E_error2_t* error, void* text) -> herr_t {
    auto& out = *static_cast<std::string*>(text);
    if (out.empty() && error->desc) out = error->desc;
    return 0;
  };
  H5Ewalk(H5E_DEFAULT, H5E_WALK_UPWARD, first, &reason);
  return reason.empty() ? "no reason given" : printable(reason, 100);
}

hid_t memoryType(const float*) { return H5T_NATIVE_FLOAT; }
hid_t memoryType(const double*) { return H5T_NATIVE_DOUBLE; }
hid_t memoryType(const std::int64_t*) { return H5T_NATIVE_INT64; }

}  // namespace

struct Hdf5Writer::State {
  AtomicFile destination;
  std::string origin;
  Hdf5Layout layout;
  Handle file;
  Handle dataset;
  std::int64_t rows = 0;

  template <class Number>
  Result<void> append(std::span<const Number> values);
};

Hdf5Writer::Hdf5Writer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Hdf5Writer::Hdf5Writer(Hdf5Writer&&) noexcept = default;
Hdf5Writer& Hdf5Writer::operator=(Hdf5Writer&&) noexcept = default;
Hdf5Writer::~Hdf5Writer() = default;

namespace {

hid_t fileType(DType kind) {
  if (kind == DType::f64) return H5T_IEEE_F64LE;
  return kind == DType::i64 ? H5T_STD_I64LE : H5T_IEEE_F32LE;
}

Unexpected unwritable(const std::string& origin) {
  return fail(ErrorCode::io, origin + ": writing failed (" + libraryReason() + "); nothing was changed; make room or choose another place");
}

Result<void> checkLayout(const Hdf5Layout& layout, const std::string& origin) {
  const auto values = product(layout.rowShape);
  if (layout.dataset.empty() || layout.dataset.find('/') != std::string::npos || layout.dataset == "." ||
      layout.dataset.find('\0') != std::string::npos)
    return fail(ErrorCode::invalidArgument, origin + ": " + printable(layout.dataset, 60) +
                                                " is no name for a dataset; use a plain word");
  if (layout.dtype != DType::f32 && layout.dtype != DType::f64 && layout.dtype != DType::i64)
    return fail(ErrorCode::unsupported, origin + ": only float32, float64 and int64 are written to HDF5");
  if (!values || *values == 0 || *values > kMaxRowValues || layout.rowShape.size() >= kMaxDimensions)
    return fail(ErrorCode::invalidArgument, origin + ": rows of this shape cannot be written to HDF5");
  if (layout.compression < 0 || layout.compression > 9 || layout.chunkRows < 0)
    return fail(ErrorCode::invalidArgument, origin + ": compression goes from 0 to 9 and chunks have at least one row");
  return {};
}

Handle createDataset(hid_t file, const Hdf5Layout& layout) {
  std::array<hsize_t, kMaxDimensions> size{};
  std::array<hsize_t, kMaxDimensions> most{H5S_UNLIMITED};
  std::array<hsize_t, kMaxDimensions> chunk{};
  const std::uint64_t rowBytes = *product(layout.rowShape) * bytesPerElement(layout.dtype);
  const std::uint64_t usual = std::max<std::uint64_t>(1, kUsualChunkBytes / rowBytes);
  chunk[0] = layout.chunkRows > 0 ? static_cast<hsize_t>(layout.chunkRows) : usual;
  for (std::size_t i = 0; i < layout.rowShape.size(); ++i)
    size[i + 1] = most[i + 1] = chunk[i + 1] = static_cast<hsize_t>(layout.rowShape[i]);
  const int dimensions = static_cast<int>(layout.rowShape.size()) + 1;
  const Handle space(H5Screate_simple(dimensions, size.data(), most.data()), H5Sclose);
  const Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  H5Pset_chunk(creation.get(), dimensions, chunk.data());
  H5Pset_obj_track_times(creation.get(), false);  // the same data is the same file
  if (layout.compression > 0) {
    H5Pset_shuffle(creation.get());
    H5Pset_deflate(creation.get(), static_cast<unsigned>(layout.compression));
  }
  return {H5Dcreate(file, layout.dataset.c_str(), fileType(layout.dtype), space.get(), H5P_DEFAULT, creation.get(),
                    H5P_DEFAULT),
          H5Dclose};
}

}  // namespace

Result<Hdf5Writer> Hdf5Writer::create(const std::filesystem::path& path, const Hdf5Layout& layout) {
  if (auto ok = checkLayout(layout, path.string()); !ok) return fail(ok.error());
  auto destination = AtomicFile::create(path);
  if (!destination) return fail(destination.error());
  const Library library;
  auto state = std::make_unique<State>(State{*std::move(destination), path.string(), layout, {}, {}, 0});
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  H5Pset_file_locking(access.get(), false, true);
  state->file = Handle(
      H5Fcreate(state->destination.temporaryPath().c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.get()), H5Fclose);
  if (!state->file) return unwritable(path.string());
  state->dataset = createDataset(state->file.get(), layout);
  if (!state->dataset) return unwritable(path.string());
  return Hdf5Writer(std::move(state));
}

template <class Number>
Result<void> Hdf5Writer::State::append(std::span<const Number> values) {
  if (!dataset) return fail(ErrorCode::internal, origin + ": is finished, nothing can be added");
  const std::uint64_t rowValues = *product(layout.rowShape);
  if (values.size() % rowValues != 0)
    return fail(ErrorCode::invalidArgument, origin + ": rows have " + std::to_string(rowValues) + " numbers, " +
                                                std::to_string(values.size()) + " are no whole rows");
  const auto added = static_cast<std::int64_t>(values.size() / rowValues);
  if (added == 0) return {};
  const Library library;
  std::array<hsize_t, kMaxDimensions> size{};
  std::array<hsize_t, kMaxDimensions> start{};
  std::array<hsize_t, kMaxDimensions> extent{};
  size[0] = static_cast<hsize_t>(rows + added);
  start[0] = static_cast<hsize_t>(rows);
  extent[0] = static_cast<hsize_t>(added);
  for (std::size_t i = 0; i < layout.rowShape.size(); ++i)
    size[i + 1] = extent[i + 1] = static_cast<hsize_t>(layout.rowShape[i]);
  if (H5Dset_extent(dataset.get(), size.data()) < 0) return unwritable(origin);
  const Handle space(H5Dget_space(dataset.get()), H5Sclose);
  const hsize_t count = values.size();
  const Handle memory(H5Screate_simple(1, &count, nullptr), H5Sclose);
  if (!space || !memory ||
      H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr) < 0 ||
      H5Dwrite(dataset.get(), memoryType(values.data()), memory.get(), space.get(), H5P_DEFAULT, values.data()) < 0)
    return unwritable(origin);
  rows += added;
  return {};
}

Result<void> Hdf5Writer::append(std::span<const float> values) { return state_->append(values); }
Result<void> Hdf5Writer::append(std::span<const double> values) { return state_->append(values); }
Result<void> Hdf5Writer::append(std::span<const std::int64_t> values) { return state_->append(values); }

Result<void> Hdf5Writer::finish() {
  const Library library;
  if (!state_->dataset) return fail(ErrorCode::internal, state_->origin + ": is finished already");
  const bool closed = state_->dataset.reset() >= 0;
  if (state_->file.reset() < 0 || !closed) return unwritable(state_->origin);
  return state_->destination.commit();
}

}  // namespace chladni::serial
