// spectrogram FILE: a table of time and frequency of the mean of all channels, as picture or as numbers.
#include <algorithm>
#include <optional>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/dsp/chroma.h"
#include "core/dsp/kaldi_fbank.h"
#include "core/dsp/logarithm.h"
#include "core/dsp/mel.h"
#include "core/dsp/mfcc.h"
#include "core/dsp/stft.h"
#include "core/media/audio_reader.h"

namespace chladni::cli {

namespace {

constexpr double kMaxValues = 1 << 29;  // 2 GiB of floats

struct SpectrogramOptions {
  std::string file;
  std::string kind = "stft";
  std::int64_t window = 0;
  std::int64_t hop = 0;
  std::int64_t fft = 0;
  int mels = 0;
  int coefficients = 20;
  double fmin = 0.0;
  double fmax = 0.0;
  int rate = 0;
  std::string colormap = "magma";
  double from = 0.0;
  double to = 0.0;
};

Result<AudioBuffer> readSound(const Context& context, const SpectrogramOptions& options) {
  media::AudioReaderOptions wanted;
  const bool likeModels = options.kind == "fbank" || options.kind == "logmel";
  if (options.rate > 0 || likeModels) wanted.rate = SampleRate(options.rate > 0 ? options.rate : 16000);
  wanted.mix = likeModels ? ChannelMix::first : ChannelMix::mean;
  std::optional<TimeRange> range;
  if (options.from > 0.0 || options.to > 0.0)
    range = TimeRange{MediaTime::fromSeconds(options.from),
                      MediaTime::fromSeconds(options.to > 0.0 ? options.to : 1e9)};
  auto sound = media::readAudio(options.file, wanted, range, context.stop);
  if (sound && sound->samples() == 0)
    return fail(ErrorCode::corruptData, options.file + ": no sound in the stretch asked for; change --from and --to");
  return sound;
}

Result<Matrix> filterBank(const AudioBuffer& sound, const SpectrogramOptions& options) {
  const double msPerSample = 1000.0 / sound.rate.hz();
  dsp::KaldiFbankOptions fbank;
  fbank.rate = sound.rate;
  fbank.window = dsp::WindowKind::hann;
  fbank.melBins = options.mels > 0 ? options.mels : 128;
  if (options.window > 0) fbank.frameLengthMs = static_cast<double>(options.window) * msPerSample;
  if (options.hop > 0) fbank.frameShiftMs = static_cast<double>(options.hop) * msPerSample;
  if (options.fmin > 0.0) fbank.lowHz = options.fmin;
  fbank.highHz = options.fmax;
  auto maker = dsp::KaldiFbank::create(fbank);
  if (!maker) return fail(maker.error());
  return maker->compute(sound.channels.front());
}

void toDecibels(Matrix& power, double fullScale) {
  dsp::powerToDecibels(power.values, fullScale, -120.0F, power.values);
}

Result<Matrix> melPower(const Matrix& power, const SpectrogramOptions& options, SampleRate rate, std::int64_t fftSize) {
  dsp::MelOptions mel;
  mel.bands = options.mels > 0 ? options.mels : 128;
  mel.lowHz = options.fmin;
  mel.highHz = options.fmax;
  mel.norm = dsp::MelNorm::none;
  auto bank = dsp::MelBank::create(mel, rate, fftSize);
  if (!bank) return fail(bank.error());
  Matrix bands(power.rows, bank->bands());
  for (std::int64_t c = 0; c < power.rows; ++c) bank->apply(power.row(c), bands.row(c));
  return bands;
}

Matrix cutBins(const Matrix& table, const std::vector<float>& hertz, const SpectrogramOptions& options) {
  std::int64_t first = 0;
  std::int64_t last = table.columns;
  while (first < last - 1 && hertz[static_cast<std::size_t>(first)] < options.fmin) ++first;
  while (options.fmax > 0.0 && last > first + 1 && hertz[static_cast<std::size_t>(last - 1)] > options.fmax) --last;
  Matrix out(table.rows, last - first);
  for (std::int64_t r = 0; r < table.rows; ++r)
    std::copy_n(table.row(r).begin() + first, last - first, out.row(r).begin());
  return out;
}

Result<Matrix> tableOf(const AudioBuffer& sound, const SpectrogramOptions& options) {
  if (options.kind == "fbank" || options.kind == "logmel") return filterBank(sound, options);
  dsp::StftOptions wanted;
  if (options.window > 0) wanted.windowSamples = options.window;
  wanted.hopSamples = options.hop > 0 ? options.hop : std::max<std::int64_t>(1, wanted.windowSamples / 4);
  wanted.fftSize = options.fft;
  auto stft = dsp::Stft::create(wanted);
  if (!stft) return fail(stft.error());
  if (static_cast<double>(stft->columns(sound.samples())) * static_cast<double>(stft->bins()) > kMaxValues)
    return fail(ErrorCode::invalidArgument, "the table would be larger than 2 GiB; use --from and --to or a longer --hop");
  Matrix power = stft->compute(sound.channels.front());
  if (options.kind == "stft") {
    toDecibels(power, stft->fullScale());
    return cutBins(power, stft->binHz(sound.rate), options);
  }
  if (options.kind == "chroma") {
    dsp::ChromaOptions chroma;
    if (options.fmin > 0.0) chroma.lowHz = options.fmin;
    if (options.fmax > 0.0) chroma.highHz = options.fmax;
    auto bank = dsp::ChromaBank::create(chroma, sound.rate, stft->options().fftSize);
    if (!bank) return fail(bank.error());
    return bank->fold(power);
  }
  auto bands = melPower(power, options, sound.rate, stft->options().fftSize);
  if (!bands) return bands;
  toDecibels(*bands, stft->fullScale());
  return options.kind == "mel" ? bands : dsp::mfcc(*bands, options.coefficients);
}

Result<void> spectrogram(const Context& context, const SpectrogramOptions& options) {
  auto out = context.output("a .png, .npy or .safetensors file to write");
  if (!out) return fail(out.error());
  auto extension = checkTableExtension(*out, true);
  if (!extension) return extension;
  if (options.to > 0.0 && options.to <= options.from)
    return fail(ErrorCode::invalidArgument, "--to must lie after --from");
  auto sound = readSound(context, options);
  if (!sound) return fail(sound.error());
  auto table = tableOf(*sound, options);
  if (!table) return fail(table.error());
  TableOutput output;
  output.map = *colormapFromName(options.colormap);
  output.tensorName = options.kind;
  output.metadata = {{"kind", options.kind}, {"rate", std::to_string(sound->rate.hz())}, {"layout", "column,bin"}};
  auto written = writeTable(*out, *table, output);
  if (!written) return written;
  serial::JsonValue json = serial::JsonValue::object();
  json.set("file", utf8(options.file)).set("kind", options.kind).set("columns", table->rows);
  json.set("bins", table->columns).set("rate", sound->rate.hz()).set("out", utf8(*out));
  if (context.json) return printJson(json);
  if (context.quiet) return {};
  return print(utf8(*out) + ": " + options.kind + ", " + std::to_string(table->rows) + " columns of " +
               std::to_string(table->columns) + " bins\n");
}

}  // namespace

void addSpectrogram(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("spectrogram", "Time and frequency as a picture or as numbers");
  command->footer("fbank and logmel: Kaldi's filter bank of the first channel at 16 kHz, as the models see it.\n"
                  "Example: chladni-cli spectrogram clip.wav --kind mel --mels 128 --out clip.png");
  const auto o = std::make_shared<SpectrogramOptions>();
  command->add_option("FILE", o->file, "Recording or video")->required();
  command->add_option("--kind", o->kind, "What to compute")
      ->check(CLI::IsMember({"stft", "mel", "logmel", "fbank", "mfcc", "chroma"}));
  command->add_option("--window", o->window, "Window in samples")->check(CLI::Range(2, 1 << 20));
  command->add_option("--hop", o->hop, "Hop in samples")->check(CLI::Range(1, 1 << 24));
  command->add_option("--fft", o->fft, "FFT size")->check(CLI::Range(2, 1 << 20));
  command->add_option("--mels", o->mels, "Mel bands")->check(CLI::Range(1, 4096));
  command->add_option("--coefficients", o->coefficients, "MFCC coefficients")->check(CLI::Range(1, 4096));
  command->add_option("--fmin", o->fmin, "Lowest frequency in Hz")->check(CLI::Range(0.0, 1e6));
  command->add_option("--fmax", o->fmax, "Highest frequency in Hz; 0: all")->check(CLI::Range(0.0, 1e6));
  command->add_option("--rate", o->rate, "Resample to this, in Hz")->check(CLI::Range(1000, 768000));
  command->add_option("--colormap", o->colormap, "Colours of a picture")
      ->check(CLI::IsMember({"magma", "inferno", "viridis", "cividis", "grey"}));
  command->add_option("--from", o->from, "Start in seconds")->check(CLI::Range(0.0, 1e9));
  command->add_option("--to", o->to, "End in seconds")->check(CLI::Range(0.0, 1e9));
  command->callback([&context, o] { context.run = [&context, o] { return spectrogram(context, *o); }; });
}

}  // namespace chladni::cli
