#include "core/serial/hdf5_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <new>
#include <type_traits>

#include "core/serial/hdf5_rows.h"
#include "core/serial/json_value.h"
#include "core/serial/safetensors_header.h"

namespace chladni::serial {

using hdf5::RowBytes;
using hdf5::StoredDataset;

namespace {

constexpr std::uint64_t kMaxTensorBytes = std::uint64_t{8} << 30;
constexpr std::uint64_t kBlockBytes = std::uint64_t{16} << 20;
// What deflate can make of one byte at the very best.
constexpr std::uint64_t kMaxExpansion = 1032;

double halfToDouble(std::uint64_t bits) {
  const auto mantissa = static_cast<double>(bits & 1023U);
  const int exponent = static_cast<int>(bits >> 10 & 31U);
  const double sign = (bits >> 15 & 1U) != 0 ? -1.0 : 1.0;
  if (exponent == 31)
    return mantissa != 0.0 ? std::numeric_limits<double>::quiet_NaN() : sign * std::numeric_limits<double>::infinity();
  return sign * (exponent == 0 ? std::ldexp(mantissa, -24) : std::ldexp(mantissa + 1024.0, exponent - 25));
}

std::uint64_t bitsAt(const std::byte* at, const StoredDataset& dataset) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < dataset.elementBytes; ++i) {
    const std::size_t place = dataset.bigEndian ? dataset.elementBytes - 1 - i : i;
    bits |= std::to_integer<std::uint64_t>(at[place]) << (8 * i);
  }
  return bits;
}

// One stored number; floats on their way to whole numbers are cut.
template <class Number>
Number numberAt(const std::byte* at, const StoredDataset& dataset) {
  const std::uint64_t bits = bitsAt(at, dataset);
  if (dataset.floating) {
    if (dataset.elementBytes == 2) return static_cast<Number>(halfToDouble(bits));
    if (dataset.elementBytes == 4) return static_cast<Number>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    return static_cast<Number>(std::bit_cast<double>(bits));
  }
  if (!dataset.hasSign) return static_cast<Number>(bits);
  const unsigned unused = 64 - 8 * static_cast<unsigned>(dataset.elementBytes);
  return static_cast<Number>(static_cast<std::int64_t>(bits << unused) >> unused);
}

// Whether stored bytes are the numbers themselves.
template <class Number>
bool isVerbatim(const StoredDataset& dataset) {
  return !dataset.bigEndian && dataset.elementBytes == sizeof(Number) &&
         dataset.floating == std::is_floating_point_v<Number> &&
         (dataset.floating || dataset.hasSign == std::is_signed_v<Number>);
}

template <class Number>
Result<void> readNumbers(RowBytes& rows, std::uint64_t first, std::span<Number> out) {
  const StoredDataset& dataset = rows.dataset();
  if (isVerbatim<Number>(dataset)) return rows.read(first, std::as_writable_bytes(out));
  const std::uint64_t rowBytes = rows.rowValues() * dataset.elementBytes;
  const std::uint64_t block = std::max<std::uint64_t>(1, kBlockBytes / rowBytes);
  const std::uint64_t count = out.size() / rows.rowValues();
  std::vector<std::byte> bytes;
  Number* to = out.data();
  for (std::uint64_t done = 0; done < count; done += block) {
    bytes.resize(std::min(block, count - done) * rowBytes);
    if (auto ok = rows.read(first + done, bytes); !ok) return ok;
    for (std::size_t i = 0; i < bytes.size(); i += dataset.elementBytes) *to++ = numberAt<Number>(&bytes[i], dataset);
  }
  return {};
}

template <class Number>
Result<void> readInto(RowBytes& rows, TensorBlob& blob) {
  return readNumbers(rows, 0,
                     std::span(reinterpret_cast<Number*>(blob.bytes.data()), blob.bytes.size() / sizeof(Number)));
}

Result<TensorBlob> tensorOf(const ByteSource& source, const hdf5::FileFrame& frame, StoredDataset stored) {
  TensorBlob blob{stored.info.name, stored.info.dtype, stored.info.shape, {}};
  if (blob.dtype == DType::f16) blob.dtype = DType::f32;
  const auto bytes = tensorBytes(blob.dtype, blob.shape);
  if (bytes == std::uint64_t{0}) return blob;
  auto rows = RowBytes::open(source, frame, std::move(stored));
  if (!rows) return fail(rows.error());
  if (!bytes || *bytes > kMaxTensorBytes || *bytes / kMaxExpansion / 8 > source.size())
    return fail(ErrorCode::corruptData, rows->what() + ": is larger than the file could hold");
  blob.bytes.resize(*bytes);
  Result<void> ok;
  switch (blob.dtype) {
    case DType::f64: ok = readInto<double>(*rows, blob); break;
    case DType::i64: ok = readInto<std::int64_t>(*rows, blob); break;
    case DType::i32: ok = readInto<std::int32_t>(*rows, blob); break;
    case DType::i16: ok = readInto<std::int16_t>(*rows, blob); break;
    case DType::i8: ok = readInto<std::int8_t>(*rows, blob); break;
    case DType::u8: ok = readInto<std::uint8_t>(*rows, blob); break;
    default: ok = readInto<float>(*rows, blob); break;
  }
  if (!ok) return fail(ok.error());
  return blob;
}

struct OpenFile {
  hdf5::FileFrame frame;
  std::vector<StoredDataset> datasets;  // of numbers
};

Result<OpenFile> openFile(const ByteSource& source) {
  const auto frame = hdf5::readFrame(source);
  if (!frame) return fail(frame.error());
  auto datasets = hdf5::readDatasets(source, *frame);
  if (!datasets) return fail(datasets.error());
  std::erase_if(*datasets, [](const StoredDataset& dataset) { return !dataset.number; });
  return OpenFile{*frame, *std::move(datasets)};
}

Result<TensorFile> tensorsOf(const ByteSource& source) {
  try {
    auto open = openFile(source);
    if (!open) return fail(open.error());
    TensorFile file;
    std::uint64_t total = 0;
    for (StoredDataset& dataset : open->datasets) {
      auto blob = tensorOf(source, open->frame, std::move(dataset));
      if (!blob) return fail(blob.error());
      total += blob->bytes.size();
      if (total > kMaxTensorBytes)
        return fail(ErrorCode::unsupported, source.origin() + ": holds more than 8 GiB of tensors; split it");
      file.tensors.push_back(*std::move(blob));
    }
    return file;
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::outOfMemory, source.origin() + ": not enough memory to read it");
  }
}

// The named dataset, or the only one.
Result<StoredDataset> chosen(std::vector<StoredDataset> datasets, const std::string& wanted, const std::string& origin) {
  std::string list;
  for (StoredDataset& dataset : datasets) {
    if (dataset.info.name == wanted || (wanted.empty() && datasets.size() == 1)) return std::move(dataset);
    if (list.size() < 200) list += (list.empty() ? "" : ", ") + printable(dataset.info.name, 40);
  }
  if (datasets.empty()) return fail(ErrorCode::corruptData, origin + ": holds no dataset of numbers");
  if (wanted.empty())
    return fail(ErrorCode::invalidArgument, origin + ": holds several datasets (" + list + "); say which one");
  return fail(ErrorCode::invalidArgument,
              origin + ": has no dataset of numbers " + printable(wanted, 60) + "; it has " + list);
}

}  // namespace

bool looksLikeHdf5(std::span<const std::byte> start) {
  constexpr std::array<unsigned char, 8> kMagic{0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};
  return start.size() >= kMagic.size() &&
         std::equal(kMagic.begin(), kMagic.end(), start.begin(),
                    [](unsigned char wanted, std::byte found) { return std::byte{wanted} == found; });
}

Result<std::vector<Hdf5Dataset>> listHdf5(const std::filesystem::path& path) {
  const auto source = fileSource(path);
  if (!source) return fail(source.error());
  auto open = openFile(**source);
  if (!open) return fail(open.error());
  std::vector<Hdf5Dataset> all;
  for (StoredDataset& dataset : open->datasets) all.push_back(std::move(dataset.info));
  return all;
}

Result<TensorFile> readHdf5Tensors(const std::filesystem::path& path) {
  const auto source = fileSource(path);
  if (!source) return fail(source.error());
  return tensorsOf(**source);
}

Result<TensorFile> parseHdf5Tensors(std::span<const std::byte> bytes, const std::string& origin) {
  return tensorsOf(*memorySource(bytes, origin));
}

struct Hdf5Reader::State {
  std::unique_ptr<ByteSource> source;
  RowBytes rows;

  template <class Number>
  Result<void> read(std::int64_t first, std::span<Number> out);
};

Hdf5Reader::Hdf5Reader(std::unique_ptr<State> state) : state_(std::move(state)) {}
Hdf5Reader::Hdf5Reader(Hdf5Reader&&) noexcept = default;
Hdf5Reader& Hdf5Reader::operator=(Hdf5Reader&&) noexcept = default;
Hdf5Reader::~Hdf5Reader() = default;

Result<Hdf5Reader> Hdf5Reader::open(const std::filesystem::path& path, const std::string& dataset) {
  auto source = fileSource(path);
  if (!source) return fail(source.error());
  auto file = openFile(**source);
  if (!file) return fail(file.error());
  auto stored = chosen(std::move(file->datasets), dataset, path.string());
  if (!stored) return fail(stored.error());
  auto rows = RowBytes::open(**source, file->frame, *std::move(stored));
  if (!rows) return fail(rows.error());
  return Hdf5Reader(std::make_unique<State>(State{*std::move(source), *std::move(rows)}));
}

const Hdf5Dataset& Hdf5Reader::dataset() const { return state_->rows.dataset().info; }

std::int64_t Hdf5Reader::rows() const { return static_cast<std::int64_t>(state_->rows.rows()); }

std::vector<std::int64_t> Hdf5Reader::rowShape() const {
  const auto& shape = dataset().shape;
  return shape.empty() ? shape : std::vector<std::int64_t>(shape.begin() + 1, shape.end());
}

std::int64_t Hdf5Reader::rowValues() const { return static_cast<std::int64_t>(state_->rows.rowValues()); }

template <class Number>
Result<void> Hdf5Reader::State::read(std::int64_t first, std::span<Number> out) {
  if (out.size() % rows.rowValues() != 0)
    return fail(ErrorCode::invalidArgument, rows.what() + ": rows have " + std::to_string(rows.rowValues()) +
                                                " numbers; the space for them is no multiple of that");
  const std::uint64_t count = out.size() / rows.rowValues();
  if (first < 0 || static_cast<std::uint64_t>(first) > rows.rows() ||
      count > rows.rows() - static_cast<std::uint64_t>(first))
    return fail(ErrorCode::invalidArgument, rows.what() + ": has no " + std::to_string(count) + " rows from " +
                                                std::to_string(first) + " on, only " + std::to_string(rows.rows()));
  try {
    return readNumbers(rows, static_cast<std::uint64_t>(first), out);
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::outOfMemory, rows.what() + ": not enough memory to read it");
  }
}

Result<void> Hdf5Reader::readRows(std::int64_t first, std::span<float> out) const { return state_->read(first, out); }

Result<void> Hdf5Reader::readRows(std::int64_t first, std::span<double> out) const { return state_->read(first, out); }

Result<void> Hdf5Reader::readRows(std::int64_t first, std::span<std::int64_t> out) const {
  if (!state_->rows.dataset().floating) return state_->read(first, out);
  std::vector<double> values(out.size());
  if (auto ok = state_->read(first, std::span(values)); !ok) return ok;
  constexpr double kExact = 9007199254740992.0;  // beyond 2^53 not every whole number is a double
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!(std::abs(values[i]) <= kExact) || values[i] != std::floor(values[i]))
      return fail(ErrorCode::corruptData,
                  state_->rows.what() + ": whole numbers are needed, row " +
                      std::to_string(first + static_cast<std::int64_t>(i / state_->rows.rowValues())) + " has others");
    out[i] = static_cast<std::int64_t>(values[i]);
  }
  return {};
}

}  // namespace chladni::serial
