#include "core/serial/hdf5_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <new>

#include "core/serial/hdf5_library.h"
#include "core/serial/json_value.h"
#include "core/serial/safetensors_header.h"

namespace chladni::serial {

using hdf5::Handle;
using hdf5::Library;
using hdf5::OpenDataset;
using hdf5::unreadable;

namespace {

constexpr std::uint64_t kMaxTensorBytes = std::uint64_t{8} << 30;
// What deflate can make of one byte at the very best.
constexpr std::uint64_t kMaxExpansion = 1032;

// The dataset again, with a cache that holds a few of its chunks: rows are often asked for in another order.
Handle withCache(hid_t file, const std::string& name, std::uint64_t chunkBytes) {
  const Handle access(H5Pcreate(H5P_DATASET_ACCESS), H5Pclose);
  H5Pset_chunk_cache(access.get(), 521, std::max<std::size_t>(hdf5::kUsualChunkBytes, 2 * chunkBytes), 1.0);
  return {H5Dopen(file, name.c_str(), access.get()), H5Dclose};
}

// Little-endian and in memory, for tensors read as they are; wide unsigned numbers become i64.
hid_t tensorType(DType kind) {
  switch (kind) {
    case DType::f16:
    case DType::f32: return H5T_NATIVE_FLOAT;
    case DType::f64: return H5T_NATIVE_DOUBLE;
    case DType::i8: return H5T_NATIVE_INT8;
    case DType::u8: return H5T_NATIVE_UINT8;
    case DType::i16: return H5T_NATIVE_INT16;
    case DType::i32: return H5T_NATIVE_INT32;
    default: return H5T_NATIVE_INT64;
  }
}

Result<TensorBlob> readTensor(const OpenDataset& dataset, const std::string& origin, std::uint64_t fileBytes) {
  const std::string what = origin + ": dataset " + printable(dataset.info.name, 60);
  if (auto ok = hdf5::checkStorage(dataset, what); !ok) return fail(ok.error());
  TensorBlob blob{dataset.info.name, dataset.info.dtype, dataset.info.shape, {}};
  if (blob.dtype == DType::f16) blob.dtype = DType::f32;
  const auto bytes = tensorBytes(blob.dtype, blob.shape);
  if (!bytes || *bytes > kMaxTensorBytes || *bytes / kMaxExpansion > fileBytes)
    return fail(ErrorCode::corruptData, what + ": is larger than the file could hold");
  blob.bytes.resize(*bytes);
  if (*bytes != 0 &&
      H5Dread(dataset.handle.get(), tensorType(blob.dtype), H5S_ALL, H5S_ALL, H5P_DEFAULT, blob.bytes.data()) < 0)
    return unreadable(origin, "dataset " + printable(dataset.info.name, 60));
  return blob;
}

// Calls `use` with every dataset of numbers until it fails.
template <class Use>
Result<void> forEachDataset(const std::filesystem::path& path, Use use) {
  const Library library;
  const auto file = hdf5::openForReading(path);
  if (!file) return fail(file.error());
  const auto names = hdf5::datasetNames(file->get(), path.string());
  if (!names) return fail(names.error());
  for (const std::string& name : *names) {
    auto dataset = hdf5::openDataset(file->get(), name, path.string());
    if (!dataset) return fail(dataset.error());
    if (!*dataset) continue;
    if (Result<void> ok = use(**dataset); !ok) return ok;
  }
  return {};
}

}  // namespace

bool looksLikeHdf5(std::span<const std::byte> start) {
  constexpr std::array<unsigned char, 8> kMagic{0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};
  return start.size() >= kMagic.size() &&
         std::equal(kMagic.begin(), kMagic.end(), start.begin(),
                    [](unsigned char wanted, std::byte found) { return std::byte{wanted} == found; });
}

Result<std::vector<Hdf5Dataset>> listHdf5(const std::filesystem::path& path) {
  std::vector<Hdf5Dataset> all;
  const auto ok = forEachDataset(path, [&](OpenDataset& dataset) -> Result<void> {
    all.push_back(std::move(dataset.info));
    return {};
  });
  if (!ok) return fail(ok.error());
  return all;
}

Result<TensorFile> readHdf5Tensors(const std::filesystem::path& path) {
  std::error_code ec;
  const std::uint64_t fileBytes = std::filesystem::file_size(path, ec);
  TensorFile file;
  std::uint64_t total = 0;
  try {
    const auto ok = forEachDataset(path, [&](OpenDataset& dataset) -> Result<void> {
      auto blob = readTensor(dataset, path.string(), fileBytes);
      if (!blob) return fail(blob.error());
      total += blob->bytes.size();
      if (total > kMaxTensorBytes)
        return fail(ErrorCode::unsupported, path.string() + ": holds more than 8 GiB of tensors; split it");
      file.tensors.push_back(*std::move(blob));
      return {};
    });
    if (!ok) return fail(ok.error());
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::outOfMemory, path.string() + ": not enough memory to read it");
  }
  return file;
}

struct Hdf5Reader::State {
  std::string origin;
  Handle file;
  OpenDataset dataset;
  std::uint64_t rowValues = 1;

  template <class Number>
  Result<void> read(std::int64_t first, std::span<Number> out) const;
};

Hdf5Reader::Hdf5Reader(std::unique_ptr<State> state) : state_(std::move(state)) {}
Hdf5Reader::Hdf5Reader(Hdf5Reader&&) noexcept = default;
Hdf5Reader& Hdf5Reader::operator=(Hdf5Reader&&) noexcept = default;
Hdf5Reader::~Hdf5Reader() = default;

namespace {

// The named dataset, or the only one of numbers.
Result<OpenDataset> chooseDataset(hid_t file, const std::string& wanted, const std::string& origin) {
  const auto names = hdf5::datasetNames(file, origin);
  if (!names) return fail(names.error());
  std::vector<OpenDataset> found;
  std::string list;
  for (const std::string& name : *names) {
    if (!wanted.empty() && name != wanted) {
      list += (list.empty() ? "" : ", ") + printable(name, 40);
      continue;
    }
    auto dataset = hdf5::openDataset(file, name, origin);
    if (!dataset) return fail(dataset.error());
    if (!*dataset) continue;
    list += (list.empty() ? "" : ", ") + printable(name, 40);
    found.push_back(**std::move(dataset));
    if (found.size() > 1)
      return fail(ErrorCode::invalidArgument, origin + ": holds several datasets (" + printable(list, 200) +
                                                  ", ...); say which one");
  }
  if (!found.empty()) return std::move(found.front());
  if (wanted.empty()) return fail(ErrorCode::corruptData, origin + ": holds no dataset of numbers");
  return fail(ErrorCode::invalidArgument, origin + ": has no dataset of numbers " + printable(wanted, 60) +
                                              (list.empty() ? "" : "; it has " + printable(list, 200)));
}

}  // namespace

Result<Hdf5Reader> Hdf5Reader::open(const std::filesystem::path& path, const std::string& dataset) {
  const Library library;
  auto state = std::make_unique<State>();
  state->origin = path.string();
  auto file = hdf5::openForReading(path);
  if (!file) return fail(file.error());
  state->file = *std::move(file);
  auto chosen = chooseDataset(state->file.get(), dataset, state->origin);
  if (!chosen) return fail(chosen.error());
  state->dataset = *std::move(chosen);
  state->origin += ": dataset " + printable(state->dataset.info.name, 60);
  const auto chunkBytes = hdf5::checkStorage(state->dataset, state->origin);
  if (!chunkBytes) return fail(chunkBytes.error());
  const std::vector<std::int64_t>& shape = state->dataset.info.shape;
  if (!shape.empty()) state->rowValues = *hdf5::product(std::span(shape).subspan(1));
  if (state->rowValues == 0 || state->rowValues > hdf5::kMaxRowValues)
    return fail(ErrorCode::corruptData, state->origin + ": a row of " + std::to_string(state->rowValues) +
                                            " numbers makes no sense");
  if (*chunkBytes != 0) state->dataset.handle = withCache(state->file.get(), state->dataset.info.name, *chunkBytes);
  if (!state->dataset.handle) return unreadable(state->origin, "it");
  return Hdf5Reader(std::move(state));
}

const Hdf5Dataset& Hdf5Reader::dataset() const { return state_->dataset.info; }

std::int64_t Hdf5Reader::rows() const { return dataset().shape.empty() ? 1 : dataset().shape.front(); }

std::vector<std::int64_t> Hdf5Reader::rowShape() const {
  const auto& shape = dataset().shape;
  return shape.empty() ? shape : std::vector<std::int64_t>(shape.begin() + 1, shape.end());
}

std::int64_t Hdf5Reader::rowValues() const { return static_cast<std::int64_t>(state_->rowValues); }

template <class Number>
Result<void> Hdf5Reader::State::read(std::int64_t first, std::span<Number> out) const {
  const std::vector<std::int64_t>& shape = dataset.info.shape;
  const std::int64_t rows = shape.empty() ? 1 : shape.front();
  if (out.size() % rowValues != 0)
    return fail(ErrorCode::invalidArgument, origin + ": rows have " + std::to_string(rowValues) +
                                                " numbers; the space for them is no multiple of that");
  const auto count = static_cast<std::int64_t>(out.size() / rowValues);
  if (first < 0 || first > rows || count > rows - first)
    return fail(ErrorCode::invalidArgument, origin + ": has no rows " + std::to_string(first) + " to " +
                                                std::to_string(first + count - 1) + ", only " + std::to_string(rows));
  if (count == 0) return {};
  const Library library;
  const Handle space(H5Dget_space(dataset.handle.get()), H5Sclose);
  if (!shape.empty()) {
    std::array<hsize_t, hdf5::kMaxDimensions> start{};
    std::array<hsize_t, hdf5::kMaxDimensions> extent{};
    for (std::size_t i = 0; i < shape.size(); ++i) extent[i] = static_cast<hsize_t>(shape[i]);
    start[0] = static_cast<hsize_t>(first);
    extent[0] = static_cast<hsize_t>(count);
    if (H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr) < 0)
      return unreadable(origin, "rows");
  }
  const hsize_t size = out.size();
  const Handle memory(H5Screate_simple(1, &size, nullptr), H5Sclose);
  if (!space || !memory || H5Dread(dataset.handle.get(), hdf5::memoryType(out.data()), memory.get(), space.get(),
                                   H5P_DEFAULT, out.data()) < 0)
    return unreadable(origin, "row " + std::to_string(first));
  return {};
}

Result<void> Hdf5Reader::readRows(std::int64_t first, std::span<float> out) const { return state_->read(first, out); }

Result<void> Hdf5Reader::readRows(std::int64_t first, std::span<double> out) const { return state_->read(first, out); }

Result<void> Hdf5Reader::readRows(std::int64_t first, std::span<std::int64_t> out) const {
  const DType kind = dataset().dtype;
  if (kind != DType::f16 && kind != DType::f32 && kind != DType::f64) return state_->read(first, out);
  std::vector<double> values(out.size());
  if (auto ok = state_->read(first, std::span(values)); !ok) return ok;
  constexpr double kExact = 9007199254740992.0;  // beyond 2^53 not every whole number is a double
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!(std::abs(values[i]) <= kExact) || values[i] != std::floor(values[i]))
      return fail(ErrorCode::corruptData, state_->origin + ": whole numbers are needed, row " +
                                              std::to_string(first + static_cast<std::int64_t>(i / state_->rowValues)) +
                                              " has others");
    out[i] = static_cast<std::int64_t>(values[i]);
  }
  return {};
}

}  // namespace chladni::serial
