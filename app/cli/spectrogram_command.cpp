// spectrogram FILE: a table of time and frequency, as picture or as numbers.
#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/analysis/sound_table.h"

namespace chladni::cli {

namespace {

struct SpectrogramOptions {
  std::string file;
  std::string kind = "stft";
  int rate = 0;
  std::string colormap = "magma";
  double from = 0.0;
  double to = 0.0;
  analysis::SoundTableOptions table;
};

analysis::SoundTableKind kindOf(const std::string& name) {
  if (name == "mel") return analysis::SoundTableKind::mel;
  if (name == "mfcc") return analysis::SoundTableKind::mfcc;
  if (name == "chroma") return analysis::SoundTableKind::chroma;
  return name == "stft" ? analysis::SoundTableKind::stft : analysis::SoundTableKind::fbank;
}

analysis::SoundTableOptions tableOptions(const SpectrogramOptions& options) {
  auto table = options.table;
  table.kind = kindOf(options.kind);
  if (options.rate > 0) table.rate = SampleRate(options.rate);
  if (options.from > 0.0 || options.to > 0.0)
    table.range = TimeRange{MediaTime::fromSeconds(options.from), MediaTime::fromSeconds(options.to > 0.0 ? options.to : 1e9)};
  return table;
}

Result<void> spectrogram(const Context& context, const SpectrogramOptions& options) {
  auto out = context.outputFile("a .png, .npy or .safetensors file to write");
  if (!out) return fail(out.error());
  auto extension = checkTableExtension(*out, true);
  if (!extension) return extension;
  if (options.to > 0.0 && options.to <= options.from)
    return fail(ErrorCode::invalidArgument, "--to must lie after --from");
  const auto made = analysis::soundTable(options.file, tableOptions(options), context.stop);
  if (!made) return fail(made.error());
  const Matrix& table = made->table;
  TableOutput output;
  output.map = *colormapFromName(options.colormap);
  output.tensorName = options.kind;
  output.metadata = {{"kind", options.kind}, {"rate", std::to_string(made->rate.hz())}, {"layout", "column,bin"}};
  auto written = writeTable(*out, table, output);
  if (!written) return written;
  serial::JsonValue json = serial::JsonValue::object();
  json.set("file", utf8(options.file)).set("kind", options.kind).set("columns", table.rows);
  json.set("bins", table.columns).set("rate", made->rate.hz()).set("out", utf8(*out));
  if (context.json) return printJson(json);
  if (context.quiet) return {};
  return print(utf8(*out) + ": " + options.kind + ", " + std::to_string(table.rows) + " columns of " +
               std::to_string(table.columns) + " bins\n");
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
  command->add_option("--window", o->table.windowSamples, "Window in samples")->check(CLI::Range(2, 1 << 20));
  command->add_option("--hop", o->table.hopSamples, "Hop in samples")->check(CLI::Range(1, 1 << 24));
  command->add_option("--fft", o->table.fftSize, "FFT size")->check(CLI::Range(2, 1 << 20));
  command->add_option("--mels", o->table.bands, "Mel bands")->check(CLI::Range(1, 4096));
  command->add_option("--coefficients", o->table.coefficients, "MFCC coefficients")->check(CLI::Range(1, 4096));
  command->add_option("--fmin", o->table.lowHz, "Lowest frequency in Hz")->check(CLI::Range(0.0, 1e6));
  command->add_option("--fmax", o->table.highHz, "Highest frequency in Hz; 0: all")->check(CLI::Range(0.0, 1e6));
  command->add_option("--rate", o->rate, "Resample to this, in Hz")->check(CLI::Range(1000, 768000));
  command->add_option("--colormap", o->colormap, "Colours of a picture")
      ->check(CLI::IsMember(colormapNames()));
  command->add_option("--from", o->from, "Start in seconds")->check(CLI::Range(0.0, 1e9));
  command->add_option("--to", o->to, "End in seconds")->check(CLI::Range(0.0, 1e9));
  command->callback([&context, o] { context.run = [&context, o] { return spectrogram(context, *o); }; });
}

}  // namespace chladni::cli
