#include "core/analysis/sound_table.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "core/dsp/chroma.h"
#include "core/dsp/kaldi_fbank.h"
#include "core/dsp/logarithm.h"
#include "core/dsp/mel.h"
#include "core/dsp/mfcc.h"
#include "core/dsp/stft.h"
#include "core/media/audio_reader.h"

namespace chladni::analysis {

namespace {

constexpr std::int64_t kMostValues = std::int64_t{1} << 29;  // 2 GiB of floats
constexpr std::int64_t kColumnsAtOnce = 512;
constexpr float kFloorDb = -120.0F;

// A stretch of the sound: samples [start, start + samples.size()) of `total`, which is what was heard so far until the
// sound has ended.
struct Heard {
  std::span<const float> samples;
  std::int64_t start = 0;
  std::int64_t total = 0;
};

// Makes columns from stretches of sound.
class ColumnMaker {
 public:
  virtual ~ColumnMaker() = default;
  [[nodiscard]] virtual std::int64_t bins() const = 0;
  // Columns that `total` samples are enough for; `ended`: no more will come.
  [[nodiscard]] virtual std::int64_t ready(std::int64_t total, bool ended) const = 0;
  // The first sample that column `first` and later ones look at.
  [[nodiscard]] virtual std::int64_t needs(std::int64_t first) const = 0;
  virtual Result<Matrix> make(const Heard& heard, std::int64_t first, std::int64_t last) const = 0;
};

class FbankMaker : public ColumnMaker {
 public:
  explicit FbankMaker(dsp::KaldiFbank fbank) : fbank_(std::move(fbank)) {}
  [[nodiscard]] std::int64_t bins() const override { return fbank_.columns(); }
  [[nodiscard]] std::int64_t ready(std::int64_t total, bool) const override { return fbank_.frames(total); }
  [[nodiscard]] std::int64_t needs(std::int64_t first) const override { return first * fbank_.shiftSamples(); }
  Result<Matrix> make(const Heard& heard, std::int64_t first, std::int64_t last) const override {
    const std::int64_t length = (last - first - 1) * fbank_.shiftSamples() + fbank_.frameSamples();
    return fbank_.compute(heard.samples.subspan(static_cast<std::size_t>(needs(first) - heard.start),
                                                static_cast<std::size_t>(length)));
  }

 private:
  dsp::KaldiFbank fbank_;
};

class StftMaker : public ColumnMaker {
 public:
  StftMaker(dsp::Stft stft, const SoundTableOptions& options, SampleRate rate) : stft_(std::move(stft)) {
    const auto hertz = stft_.binHz(rate);
    lastBin_ = stft_.bins();
    while (firstBin_ < lastBin_ - 1 && hertz[static_cast<std::size_t>(firstBin_)] < options.lowHz) ++firstBin_;
    while (options.highHz > 0.0 && lastBin_ > firstBin_ + 1 && hertz[static_cast<std::size_t>(lastBin_ - 1)] > options.highHz)
      --lastBin_;
  }
  [[nodiscard]] std::int64_t bins() const override { return lastBin_ - firstBin_; }
  [[nodiscard]] std::int64_t ready(std::int64_t total, bool ended) const override {
    if (ended) return stft_.columns(total);
    const std::int64_t ahead = stft_.reach(0, 1).last;  // of column 0, centred at sample 0
    return total < ahead ? 0 : 1 + (total - ahead) / stft_.options().hopSamples;
  }
  [[nodiscard]] std::int64_t needs(std::int64_t first) const override {
    return std::max<std::int64_t>(0, stft_.reach(first, first + 1).first);
  }
  Result<Matrix> make(const Heard& heard, std::int64_t first, std::int64_t last) const override {
    Matrix power(last - first, stft_.bins());
    stft_.compute(heard.samples, heard.start, heard.total, first, last, power.values);
    return folded(std::move(power));
  }

 protected:
  void toDecibels(Matrix& table) const { dsp::powerToDecibels(table.values, stft_.fullScale(), kFloorDb, table.values); }
  virtual Result<Matrix> folded(Matrix power) const {
    toDecibels(power);
    if (bins() == power.columns) return power;
    Matrix cut(power.rows, bins());
    for (std::int64_t r = 0; r < power.rows; ++r) std::copy_n(power.row(r).begin() + firstBin_, bins(), cut.row(r).begin());
    return cut;
  }

 private:
  dsp::Stft stft_;
  std::int64_t firstBin_ = 0, lastBin_ = 0;
};

class MelMaker : public StftMaker {
 public:
  MelMaker(dsp::Stft stft, const SoundTableOptions& options, SampleRate rate, dsp::MelBank bank)
      : StftMaker(std::move(stft), options, rate),
        bank_(std::move(bank)),
        coefficients_(options.kind == SoundTableKind::mfcc ? options.coefficients : 0) {}
  [[nodiscard]] std::int64_t bins() const override { return coefficients_ > 0 ? coefficients_ : bank_.bands(); }

 protected:
  Result<Matrix> folded(Matrix power) const override {
    Matrix bands(power.rows, bank_.bands());
    for (std::int64_t r = 0; r < power.rows; ++r) bank_.apply(power.row(r), bands.row(r));
    toDecibels(bands);
    return coefficients_ > 0 ? dsp::mfcc(bands, coefficients_) : Result<Matrix>(std::move(bands));
  }

 private:
  dsp::MelBank bank_;
  int coefficients_;
};

class ChromaMaker : public StftMaker {
 public:
  ChromaMaker(dsp::Stft stft, const SoundTableOptions& options, SampleRate rate, dsp::ChromaBank bank)
      : StftMaker(std::move(stft), options, rate), bank_(std::move(bank)) {}
  [[nodiscard]] std::int64_t bins() const override { return dsp::kPitchClasses; }

 protected:
  Result<Matrix> folded(Matrix power) const override { return bank_.fold(power); }

 private:
  dsp::ChromaBank bank_;
};

using MakerResult = Result<std::unique_ptr<ColumnMaker>>;

MakerResult fbankMaker(const SoundTableOptions& options, SampleRate rate) {
  const double msPerSample = 1000.0 / rate.hz();
  dsp::KaldiFbankOptions fbank;
  fbank.rate = rate;
  fbank.window = dsp::WindowKind::hann;
  fbank.melBins = options.bands;
  if (options.windowSamples > 0) fbank.frameLengthMs = static_cast<double>(options.windowSamples) * msPerSample;
  if (options.hopSamples > 0) fbank.frameShiftMs = static_cast<double>(options.hopSamples) * msPerSample;
  if (options.lowHz > 0.0) fbank.lowHz = options.lowHz;
  fbank.highHz = options.highHz;
  auto maker = dsp::KaldiFbank::create(fbank);
  if (!maker) return fail(std::move(maker).error());
  return std::make_unique<FbankMaker>(*std::move(maker));
}

MakerResult melMaker(dsp::Stft stft, const SoundTableOptions& options, SampleRate rate) {
  dsp::MelOptions mel;
  mel.bands = options.bands;
  mel.lowHz = options.lowHz;
  mel.highHz = options.highHz;
  mel.norm = dsp::MelNorm::none;
  auto bank = dsp::MelBank::create(mel, rate, stft.options().fftSize);
  if (!bank) return fail(std::move(bank).error());
  return std::make_unique<MelMaker>(std::move(stft), options, rate, *std::move(bank));
}

MakerResult chromaMaker(dsp::Stft stft, const SoundTableOptions& options, SampleRate rate) {
  dsp::ChromaOptions chroma;
  if (options.lowHz > 0.0) chroma.lowHz = options.lowHz;
  if (options.highHz > 0.0) chroma.highHz = options.highHz;
  auto bank = dsp::ChromaBank::create(chroma, rate, stft.options().fftSize);
  if (!bank) return fail(std::move(bank).error());
  return std::make_unique<ChromaMaker>(std::move(stft), options, rate, *std::move(bank));
}

MakerResult makerFor(const SoundTableOptions& options, SampleRate rate) {
  if (options.kind == SoundTableKind::fbank) return fbankMaker(options, rate);
  dsp::StftOptions wanted;
  if (options.windowSamples > 0) wanted.windowSamples = options.windowSamples;
  wanted.hopSamples = options.hopSamples > 0 ? options.hopSamples : std::max<std::int64_t>(1, wanted.windowSamples / 4);
  wanted.fftSize = options.fftSize;
  auto stft = dsp::Stft::create(wanted);
  if (!stft) return fail(std::move(stft).error());
  switch (options.kind) {
    case SoundTableKind::mel:
    case SoundTableKind::mfcc: return melMaker(*std::move(stft), options, rate);
    case SoundTableKind::chroma: return chromaMaker(*std::move(stft), options, rate);
    default: return std::make_unique<StftMaker>(*std::move(stft), options, rate);
  }
}

// Keeps of the sound only what columns to come look at.
class TableBuilder {
 public:
  // expectedSamples: what the header says; room is made for so many.
  TableBuilder(const ColumnMaker& maker, std::int64_t expectedSamples) : maker_(maker) {
    const std::int64_t values = maker.ready(expectedSamples, true) * maker.bins();
    values_.reserve(static_cast<std::size_t>(std::clamp<std::int64_t>(values, 0, kMostValues)));
  }

  Result<void> hear(std::span<const float> samples) {
    kept_.insert(kept_.end(), samples.begin(), samples.end());
    total_ += static_cast<std::int64_t>(samples.size());
    return makeColumns(maker_.ready(total_, false));
  }
  Result<Matrix> finish() {
    if (auto made = makeColumns(maker_.ready(total_, true)); !made) return fail(std::move(made).error());
    Matrix table;
    table.rows = columns_;
    table.columns = maker_.bins();
    table.values = std::move(values_);
    return table;
  }
  [[nodiscard]] std::int64_t heardSamples() const { return total_; }

 private:
  Result<void> makeColumns(std::int64_t until) {
    if (until * maker_.bins() > kMostValues)
      return fail(ErrorCode::invalidArgument,
                  "the table would be larger than 2 GiB; ask for a shorter stretch or a longer hop");
    while (columns_ < until) {
      const std::int64_t last = std::min(until, columns_ + kColumnsAtOnce);
      auto made = maker_.make({kept_, keptFrom_, total_}, columns_, last);
      if (!made) return fail(std::move(made).error());
      values_.insert(values_.end(), made->values.begin(), made->values.end());
      columns_ = last;
    }
    const std::int64_t needed = std::min(maker_.needs(columns_), total_);
    if (needed > keptFrom_) {
      kept_.erase(kept_.begin(), kept_.begin() + (needed - keptFrom_));
      keptFrom_ = needed;
    }
    return {};
  }

  const ColumnMaker& maker_;
  std::vector<float> kept_;
  std::int64_t keptFrom_ = 0;
  std::int64_t total_ = 0;
  std::int64_t columns_ = 0;
  std::vector<float> values_;
};

// Gives the builder the samples of the range, or all.
Result<void> hearAll(media::AudioReader& reader, const std::optional<TimeRange>& range, TableBuilder& builder,
                     const std::stop_token& stop) {
  const SampleRate rate = reader.info().rate;
  if (range)
    if (auto there = reader.seek(range->start, stop); !there) return there;
  for (;;) {
    auto block = reader.next(stop);
    if (!block) return fail(std::move(block).error());
    if (!*block) return {};
    std::span<const float> samples = (*block)->channels.front();
    const std::int64_t left = range ? rate.samples(range->end) - rate.samples(range->start) - builder.heardSamples()
                                    : static_cast<std::int64_t>(samples.size());
    if (left <= 0) return {};
    if (auto heard = builder.hear(samples.first(std::min(samples.size(), static_cast<std::size_t>(left)))); !heard) return heard;
  }
}

}  // namespace

Result<SoundTable> soundTable(const std::filesystem::path& file, const SoundTableOptions& options, std::stop_token stop) {
  const bool asModels = options.kind == SoundTableKind::fbank;
  media::AudioReaderOptions wanted;
  wanted.mix = asModels ? ChannelMix::first : ChannelMix::mean;
  wanted.rate = options.rate;
  if (asModels && !wanted.rate) wanted.rate = SampleRate(16000);
  auto reader = media::AudioReader::open(file, wanted, stop);
  if (!reader) return fail(std::move(reader).error());
  const auto maker = makerFor(options, reader->info().rate);
  if (!maker) return fail(maker.error());
  TableBuilder builder(**maker, options.range ? 0 : reader->info().approximateSamples.value_or(0));
  if (auto heard = hearAll(*reader, options.range, builder, stop); !heard) return fail(std::move(heard).error());
  if (builder.heardSamples() == 0)
    return fail(ErrorCode::corruptData, file.string() + ": no sound in the stretch asked for; ask for another");
  auto table = builder.finish();
  if (!table) return fail(std::move(table).error());
  if (table->rows == 0)
    return fail(ErrorCode::corruptData, file.string() + ": the sound is shorter than one window; use a shorter window");
  return SoundTable{*std::move(table), reader->info().rate};
}

}  // namespace chladni::analysis
