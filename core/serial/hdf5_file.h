// HDF5 files of plain numbers, read and written by rows: the published AVE feature, label and order files, Keras weights,
// and the per-second features that we write. Row i of a dataset is its i-th slice along the first axis, row-major.
// Only what such files need is followed: hard links, whole and floating-point numbers up to 64 bits, contiguous, compact
// or chunked storage, the filters deflate, shuffle and fletcher32. Links to other files, external and virtual storage are
// refused, and no plug-in is ever loaded. Sizes are checked against the file before anything is allocated.
// Numbers are converted to what the caller asks for (a float64 file read as float is rounded).
// Any thread may call, each object from one at a time.
// Fails with notFound, io, invalidArgument (no such dataset or row), unsupported, outOfMemory or corruptData, in one line.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/tensor_blob.h"
#include "core/serial/safetensors.h"

namespace chladni::serial {

struct Hdf5Dataset {
  std::string name;                 // path from the root, without the first slash: "avadataset", "dense_1/kernel:0"
  std::vector<std::int64_t> shape;  // empty: a scalar
  DType dtype = DType::f32;         // as stored; unsigned numbers wider than 8 bits count as i64
};

// Every dataset of numbers, in the order of names; others are passed over.
Result<std::vector<Hdf5Dataset>> listHdf5(const std::filesystem::path& path);

// Every dataset of numbers as a tensor: floats of 4 and 8 bytes and whole numbers keep their kind.
Result<TensorFile> readHdf5Tensors(const std::filesystem::path& path);
// The same from memory; `origin` opens every message.
Result<TensorFile> parseHdf5Tensors(std::span<const std::byte> bytes, const std::string& origin);

// Whether a file begins as HDF5 files do.
bool looksLikeHdf5(std::span<const std::byte> start);

class Hdf5Reader {
 public:
  // Without a name the file must hold exactly one dataset of numbers.
  static Result<Hdf5Reader> open(const std::filesystem::path& path, const std::string& dataset = {});
  Hdf5Reader(Hdf5Reader&&) noexcept;
  Hdf5Reader& operator=(Hdf5Reader&&) noexcept;
  ~Hdf5Reader();

  [[nodiscard]] const Hdf5Dataset& dataset() const;
  [[nodiscard]] std::int64_t rows() const;                       // of a scalar: 1
  [[nodiscard]] std::vector<std::int64_t> rowShape() const;      // shape without the first axis
  [[nodiscard]] std::int64_t rowValues() const;                  // product of rowShape
  // Fills `out` with count = out.size() / rowValues() rows from `first`.
  Result<void> readRows(std::int64_t first, std::span<float> out) const;
  Result<void> readRows(std::int64_t first, std::span<double> out) const;
  // Floats that are no whole numbers fail with corruptData.
  Result<void> readRows(std::int64_t first, std::span<std::int64_t> out) const;

 private:
  struct State;
  explicit Hdf5Reader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

struct Hdf5Layout {
  std::string dataset = "avadataset";  // as the published files call it
  DType dtype = DType::f32;            // f32, f64 or i64
  std::vector<std::int64_t> rowShape;  // empty: one number a row
  int compression = 0;                 // of deflate, 0 (none) to 9
  std::int64_t chunkRows = 0;          // 0: about a megabyte, at least one row
};

// One dataset, grown row by row; the file appears whole at finish(), or not at all.
class Hdf5Writer {
 public:
  static Result<Hdf5Writer> create(const std::filesystem::path& path, const Hdf5Layout& layout);
  Hdf5Writer(Hdf5Writer&&) noexcept;
  Hdf5Writer& operator=(Hdf5Writer&&) noexcept;
  ~Hdf5Writer();

  // Whole rows, converted to the layout's kind of number.
  Result<void> append(std::span<const float> values);
  Result<void> append(std::span<const double> values);
  Result<void> append(std::span<const std::int64_t> values);
  Result<void> finish();

 private:
  struct State;
  explicit Hdf5Writer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace chladni::serial
