// Group masking (GMML): blocks of a spectrogram are hidden until a share of its pixels is; blocks may overlap. Pictures
// and masks are [column of time, bin], row-major; 1 = hidden. Tensor-free. Draws come from a seed or from a record of
// the draws another program made. Any thread; a DrawSource belongs to one caller.
// Departure: where the authors' loop would never end or fail on a small picture, this one stops after kMaxBlocks blocks,
// and a range of draws without any value gives its lower end.
// Source: Atito et al., ASiT; the authors' data transformations.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/data/matrix.h"

namespace chladni::models::asit {

enum class GroupShape { block, time, frequency };  // a block, all bins of its columns, all columns of its bins
enum class GroupFill { zeros, noise, alien };      // alien: the same place of another picture

struct GroupMaskOptions {
  GroupShape shape = GroupShape::block;
  double ratio = 0.7;           // the target is drawn from min(leastRatio, ratio) to ratio
  double leastRatio = 0.5;
  std::int64_t alignment = 1;   // starts and sides are multiples of this many pixels
  double longestSide = 0.3;     // of the picture's side
};

inline constexpr int kMaxBlocks = 10000;

class DrawSource {
 public:
  virtual ~DrawSource() = default;
  virtual double fraction(double low, double high) = 0;
  // Of low .. high - 1; low when there is no such number.
  virtual std::int64_t whole(std::int64_t low, std::int64_t high) = 0;
  [[nodiscard]] virtual bool exhausted() const { return false; }
};

class SeededDraws final : public DrawSource {
 public:
  explicit SeededDraws(std::uint64_t seed) : random_(seed) {}
  double fraction(double low, double high) override { return random_.uniform(low, high); }
  std::int64_t whole(std::int64_t low, std::int64_t high) override {
    return high > low ? low + random_.below(high - low) : low;
  }

 private:
  Random random_;
};

// First the target, then row, column, height and width of each block, before clamping and rounding.
class RecordedDraws final : public DrawSource {
 public:
  explicit RecordedDraws(std::span<const double> draws) : draws_(draws) {}
  double fraction(double low, double) override { return exhausted() ? low : draws_[next_++]; }
  std::int64_t whole(std::int64_t low, std::int64_t) override {
    return exhausted() ? low : static_cast<std::int64_t>(draws_[next_++]);
  }
  [[nodiscard]] bool exhausted() const override { return next_ >= draws_.size(); }

 private:
  std::span<const double> draws_;
  std::size_t next_ = 0;
};

struct PixelMask {
  std::int64_t columns = 0;  // of time
  std::int64_t bins = 0;
  std::vector<std::uint8_t> hidden;  // [column, bin]
  [[nodiscard]] std::int64_t count() const;
  [[nodiscard]] double share() const;
};

PixelMask drawGroupMask(std::int64_t columns, std::int64_t bins, const GroupMaskOptions& options, DrawSource& draws);
// One flag a token, time first: 1 when any of its pixels is hidden. Precondition: both sides are multiples of `patch`.
std::vector<std::uint8_t> tokenMask(const PixelMask& mask, std::int64_t patch);

// The picture with its hidden pixels replaced. `alien` is looked at for GroupFill::alien only and has the same size;
// noise is Gaussian with the mean and deviation given.
struct FillNoise {
  double mean = 0.0;
  double deviation = 0.5;
  std::uint64_t seed = 0;
};
Matrix corrupted(const Matrix& picture, const PixelMask& mask, GroupFill fill, const Matrix* alien = nullptr,
                 const FillNoise& noise = {});

// What the authors do when a batch is put together: each picture, with probability 1/2, gives up its zero-filled form
// and is filled again from the clean one with `alienRatio` of a random picture of the batch (possibly its own).
struct CorruptedBatch {
  std::vector<Matrix> pictures;
  std::vector<PixelMask> masks;
};
CorruptedBatch corruptBatch(std::span<const Matrix> clean, const GroupMaskOptions& options, double alienRatio, Random& random);

}  // namespace chladni::models::asit
