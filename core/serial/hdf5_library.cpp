#include "core/serial/hdf5_library.h"

#include <algorithm>
#include <array>
#include <limits>

#include "core/serial/json_value.h"

namespace chladni::serial::hdf5 {

namespace {

constexpr std::uint64_t kMaxChunkBytes = std::uint64_t{256} << 20;
constexpr std::size_t kMaxDatasets = 100'000;

std::recursive_mutex& libraryMutex() {
  static std::recursive_mutex mutex;
  return mutex;
}

// Nothing for kinds that are no plain numbers.
std::optional<DType> numberKind(hid_t type) {
  const std::size_t size = H5Tget_size(type);
  if (H5Tget_class(type) == H5T_FLOAT) {
    if (size == 2) return DType::f16;
    if (size == 4) return DType::f32;
    if (size == 8) return DType::f64;
  } else if (H5Tget_class(type) == H5T_INTEGER) {
    const bool hasSign = H5Tget_sign(type) == H5T_SGN_2;
    if (size == 1) return hasSign ? DType::i8 : DType::u8;
    if (size == 2) return hasSign ? DType::i16 : DType::i64;
    if (size == 4) return hasSign ? DType::i32 : DType::i64;
    if (size == 8) return DType::i64;
  }
  return std::nullopt;
}

Handle openFile(const std::string& path) {
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  // Reading needs no lock, and a folder that cannot be written to must not stand in its way.
  H5Pset_file_locking(access.get(), false, true);
  return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()), H5Fclose};
}

Result<void> checkFilters(hid_t creation, const std::string& what) {
  for (int i = 0; i < H5Pget_nfilters(creation); ++i) {
    unsigned flags = 0;
    std::size_t values = 0;
    unsigned config = 0;
    char name[64] = {};
    const H5Z_filter_t filter =
        H5Pget_filter(creation, static_cast<unsigned>(i), &flags, &values, nullptr, sizeof name - 1, name, &config);
    if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_FLETCHER32)
      return fail(ErrorCode::unsupported, what + ": is packed with filter " + std::to_string(filter) + " (" +
                                              printable(name, 40) + "), which is not known here; write it again with gzip");
  }
  return {};
}

}  // namespace

Library::Library() : lock_(libraryMutex()) {
  static const bool ready = [] {
    H5open();
    H5Eset_auto(H5E_DEFAULT, nullptr, nullptr);
    H5PLset_loading_state(0);
    return true;
  }();
  static_cast<void>(ready);
}

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

Unexpected unreadable(const std::string& origin, const std::string& what) {
  return fail(ErrorCode::corruptData, origin + ": " + what + " cannot be read (" + libraryReason() +
                                          "); the file is damaged or cut off");
}

std::optional<std::uint64_t> product(std::span<const std::int64_t> shape) {
  std::uint64_t all = 1;
  for (const std::int64_t size : shape) {
    const auto factor = static_cast<std::uint64_t>(size);
    if (size < 0 || (factor != 0 && all > std::numeric_limits<std::int64_t>::max() / factor)) return std::nullopt;
    all *= factor;
  }
  return all;
}

Result<Handle> openForReading(const std::filesystem::path& path) {
  std::error_code ec;
  if (!std::filesystem::is_regular_file(path, ec))
    return fail(ErrorCode::notFound, path.string() + ": there is no such file");
  if (H5Fis_hdf5(path.c_str()) <= 0)
    return fail(ErrorCode::corruptData, path.string() + ": is no HDF5 file (or cannot be read)");
  Handle file = openFile(path.string());
  if (!file) return unreadable(path.string(), "the file");
  return file;
}

Result<std::vector<std::string>> datasetNames(hid_t file, const std::string& origin) {
  std::vector<std::string> names;
  const auto visit = [](hid_t, const char* name, const H5O_info_t* info, void* list) -> herr_t {
    auto& all = *static_cast<std::vector<std::string>*>(list);
    if (info->type == H5O_TYPE_DATASET) all.emplace_back(name);
    return all.size() > kMaxDatasets ? -1 : 0;
  };
  if (H5Ovisit(file, H5_INDEX_NAME, H5_ITER_INC, visit, &names) < 0) {
    if (names.size() > kMaxDatasets)
      return fail(ErrorCode::unsupported, origin + ": holds too many datasets");
    return unreadable(origin, "the list of datasets");
  }
  return names;
}

Result<std::uint64_t> checkStorage(const OpenDataset& dataset, const std::string& what) {
  const Handle creation(H5Dget_create_plist(dataset.handle.get()), H5Pclose);
  if (!creation) return unreadable(what, "the layout");
  const H5D_layout_t layout = H5Pget_layout(creation.get());
  if (layout == H5D_VIRTUAL || H5Pget_external_count(creation.get()) != 0)
    return fail(ErrorCode::unsupported, what + ": its numbers lie in other files, which are never opened");
  const auto values = product(dataset.info.shape);
  const std::size_t element = bytesPerElement(dataset.info.dtype);
  if (!values || *values > std::numeric_limits<std::int64_t>::max() / 8)
    return fail(ErrorCode::corruptData, what + ": its shape overflows");
  const std::uint64_t stored = H5Dget_storage_size(dataset.handle.get());
  if (layout != H5D_CHUNKED) {
    // Unsigned numbers are smaller than the kind they are read as.
    const Handle type(H5Dget_type(dataset.handle.get()), H5Tclose);
    if (stored < *values * H5Tget_size(type.get()))
      return fail(ErrorCode::corruptData, what + ": holds fewer numbers than its shape says");
    return std::uint64_t{0};
  }
  if (auto ok = checkFilters(creation.get(), what); !ok) return fail(ok.error());
  std::array<hsize_t, kMaxDimensions> chunk{};
  const int dimensions = H5Pget_chunk(creation.get(), static_cast<int>(chunk.size()), chunk.data());
  if (dimensions < 1 || dimensions > static_cast<int>(kMaxDimensions)) return unreadable(what, "the layout");
  std::uint64_t bytes = element;
  for (int i = 0; i < dimensions; ++i) {
    const auto size = chunk[static_cast<std::size_t>(i)];
    if (size == 0 || size > kMaxChunkBytes / bytes)
      return fail(ErrorCode::unsupported, what + ": its chunks are too large; write it again with chunks of one row");
    bytes *= size;
  }
  if (stored == 0 && *values != 0)
    return fail(ErrorCode::corruptData, what + ": holds fewer numbers than its shape says");
  return bytes;
}

Result<std::optional<OpenDataset>> openDataset(hid_t file, const std::string& name, const std::string& origin) {
  const std::string what = origin + ": dataset " + printable(name, 60);
  OpenDataset dataset;
  dataset.info.name = name;
  dataset.handle = Handle(H5Dopen(file, name.c_str(), H5P_DEFAULT), H5Dclose);
  if (!dataset.handle) return unreadable(origin, "dataset " + printable(name, 60));
  const Handle type(H5Dget_type(dataset.handle.get()), H5Tclose);
  const Handle space(H5Dget_space(dataset.handle.get()), H5Sclose);
  if (!type || !space) return unreadable(origin, "dataset " + printable(name, 60));
  const auto kind = numberKind(type.get());
  const H5S_class_t extent = H5Sget_simple_extent_type(space.get());
  if (!kind || extent == H5S_NULL) return std::optional<OpenDataset>();
  dataset.info.dtype = *kind;
  const int dimensions = H5Sget_simple_extent_ndims(space.get());
  if (dimensions < 0 || dimensions > static_cast<int>(kMaxDimensions))
    return fail(ErrorCode::unsupported, what + ": has more than " + std::to_string(kMaxDimensions) + " axes");
  std::array<hsize_t, kMaxDimensions> sizes{};
  if (dimensions > 0 && H5Sget_simple_extent_dims(space.get(), sizes.data(), nullptr) < 0)
    return unreadable(origin, "dataset " + printable(name, 60));
  for (int i = 0; i < dimensions; ++i) {
    if (sizes[static_cast<std::size_t>(i)] > static_cast<hsize_t>(std::numeric_limits<std::int64_t>::max()))
      return fail(ErrorCode::corruptData, what + ": its shape overflows");
    dataset.info.shape.push_back(static_cast<std::int64_t>(sizes[static_cast<std::size_t>(i)]));
  }
  return std::optional<OpenDataset>(std::move(dataset));
}

}  // namespace chladni::serial::hdf5
