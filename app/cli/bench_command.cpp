// bench [NAME]: this machine's figures, each beside a floor measured in the same run. Of a minute of made sound:
// decode-audio (floor: reading the bytes), peaks (decoding alone), stft (the same transforms of silence already in memory),
// fbank (its Fourier transforms alone). Of the bundled demo: decode-video (decoding alone, pictures of 16 pixels). Of
// full-size networks with random weights: those of models/benchmarks.h (their linear layers alone).
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <thread>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/analysis/demo_file.h"
#include "core/base/atomic_file.h"
#include "core/base/best_time.h"
#include "core/data/min_max_pyramid.h"
#include "core/dsp/fft_plan.h"
#include "core/dsp/kaldi_fbank.h"
#include "core/dsp/stft.h"
#include "core/media/audio_reader.h"
#include "core/media/video_reader.h"
#include "core/media/wav_writer.h"
#ifdef CHLADNI_WITH_TORCH
#include "models/benchmarks.h"
#endif

namespace chladni::cli {

namespace {

constexpr int kSeconds = 60;

struct Row {
  std::string name;
  std::string per;
  double ms = 0.0;
  double floorMs = 0.0;
  int threads = 1;
  std::string precision = "fp32";
};
using Rows = Result<std::vector<Row>>;

AudioBuffer madeSound(int rate, int channels, int length) {
  AudioBuffer sound{SampleRate(rate), {}, {}};
  for (int c = 0; c < channels; ++c) {
    std::vector<float> samples(static_cast<std::size_t>(rate) * length);
    for (std::size_t n = 0; n < samples.size(); ++n)
      samples[n] = 0.4F * static_cast<float>(std::sin(2.0 * std::numbers::pi * (220.0 + 110.0 * c) * n / rate));
    sound.channels.push_back(std::move(samples));
  }
  return sound;
}

void transforms(std::int64_t size, std::int64_t count) {
  dsp::FftWorkspace workspace(dsp::FftPlan::forSize(size));
  std::vector<float> power(static_cast<std::size_t>(size / 2 + 1));
  for (std::int64_t i = 0; i < count; ++i) workspace.power(power.data());
}

Result<std::int64_t> decodeAll(const std::filesystem::path& path, MinMaxPyramid* left, MinMaxPyramid* right) {
  auto reader = media::AudioReader::open(path);
  if (!reader) return fail(reader.error());
  for (std::int64_t samples = 0;;) {
    auto block = reader->next();
    if (!block) return fail(block.error());
    if (!*block) return samples;
    samples += (*block)->samples();
    if (left) left->append((*block)->channels[0]);
    if (right) right->append((*block)->channels[1]);
  }
}

Rows soundRows(const std::filesystem::path& file) {
  auto written = media::writeWav(file, madeSound(44100, 2, kSeconds));
  if (!written) return fail(written.error());
  auto once = decodeAll(file, nullptr, nullptr);
  if (!once) return fail(once.error());
  const double reading = bestMs([&] { static_cast<void>(readFile(file, std::uintmax_t{1} << 30).has_value()); });
  const double decoding = bestMs([&] { static_cast<void>(decodeAll(file, nullptr, nullptr).has_value()); });
  const double peaks = bestMs([&] {
    MinMaxPyramid left;
    MinMaxPyramid right;
    static_cast<void>(decodeAll(file, &left, &right).has_value());
  });
  const std::string per = "minute of 44.1 kHz stereo WAV";
  return std::vector<Row>{{"decode-audio", per, decoding, reading}, {"peaks", per, peaks, decoding}};
}

Rows signalRows() {
  const AudioBuffer minute = madeSound(44100, 1, kSeconds);
  auto stft = dsp::Stft::create({});
  if (!stft) return fail(stft.error());
  const double stftMs = bestMs([&] { static_cast<void>(stft->compute(minute.channels[0])); });
  const double stftFloor = bestMs([&] { transforms(2048, stft->columns(minute.samples())); });
  const AudioBuffer clip = madeSound(16000, 1, 10);
  dsp::KaldiFbankOptions options;
  options.melBins = 128;
  auto fbank = dsp::KaldiFbank::create(options);
  if (!fbank) return fail(fbank.error());
  const double fbankMs = bestMs([&] { static_cast<void>(fbank->compute(clip.channels[0]).has_value()); });
  const double fbankFloor = bestMs([&] { transforms(fbank->fftSize(), fbank->frames(clip.samples())); });
  return std::vector<Row>{{"stft", "minute of 44.1 kHz mono, 2048/512", stftMs, stftFloor},
                          {"fbank", "10 s clip", fbankMs, fbankFloor}};
}

std::int64_t decodePictures(const std::filesystem::path& path, int maxWidth, bool quick) {
  auto reader = media::VideoReader::open(path, {.maxWidth = maxWidth, .maxHeight = maxWidth, .quick = quick});
  if (!reader) return 0;
  for (std::int64_t frames = 0;; ++frames) {
    const auto frame = reader->next();
    if (!frame || !*frame) return frames;
  }
}

Rows pictureRows(const std::filesystem::path& demo) {
  const std::int64_t frames = decodePictures(demo, 0, true);
  if (frames == 0) return fail(ErrorCode::notFound, "the bundled demo is not installed; decode-video needs it");
  const double exact = bestMs([&] { decodePictures(demo, 0, false); });
  const double shown = bestMs([&] { decodePictures(demo, 0, true); });
  const double floor = bestMs([&] { decodePictures(demo, 16, true); });
  const int threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const std::string per = std::to_string(frames) + " frames of the demo";
  return std::vector<Row>{{"decode-video", per, exact, floor, threads, "8 bit"}, {"show-video", per, shown, floor, threads, "8 bit"}};
}

#ifdef CHLADNI_WITH_TORCH
Rows modelRow(const Context& context, const std::string& name) {
  auto figure = models::runBenchmark(name, context.runtime(), context.stop);
  if (!figure) return fail(figure.error());
  return std::vector<Row>{{figure->name, figure->per, figure->ms, figure->floorMs, figure->threads, figure->precision}};
}
#endif

// What measures together stands together; a part runs when one of its rows is wanted.
struct Part {
  std::vector<std::string> names;
  std::function<Rows()> measure;
};

std::vector<Part> parts(const Context& context) {
  std::vector<Part> all{
      {{"decode-audio", "peaks"},
       [] {
         auto file = AtomicFile::create(std::filesystem::temp_directory_path() / "chladni-bench.wav");
         return file ? soundRows(file->temporaryPath()) : Rows(fail(file.error()));
       }},
      {{"decode-video", "show-video"}, [&context] { return pictureRows(analysis::findDemo(context.program)); }},
      {{"stft", "fbank"}, signalRows},
  };
#ifdef CHLADNI_WITH_TORCH
  for (const std::string& name : models::benchmarkNames())
    all.push_back({{name}, [&context, name] { return modelRow(context, name); }});
#endif
  return all;
}

serial::JsonValue toJson(const Row& row) {
  serial::JsonValue entry = serial::JsonValue::object();
  entry.set("name", row.name).set("ms", row.ms).set("per", row.per).set("floor_ms", row.floorMs);
  entry.set("ratio", row.ms / row.floorMs).set("threads", row.threads).set("precision", row.precision);
  return entry;
}

std::string toLine(const Row& row) {
  char line[200];
  std::snprintf(line, sizeof line, "%-14s %10.2f ms  floor %10.2f ms  x %6.2f  %d threads, %s, per %s\n", row.name.c_str(),
                row.ms, row.floorMs, row.ms / row.floorMs, row.threads, row.precision.c_str(), row.per.c_str());
  return line;
}

Result<void> measure(const Context& context, const std::string& wanted, serial::JsonValue& json) {
  for (const Part& part : parts(context)) {
    if (!wanted.empty() && std::find(part.names.begin(), part.names.end(), wanted) == part.names.end()) continue;
    if (context.stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    auto rows = part.measure();
    if (!rows) return fail(rows.error());
    for (const Row& row : *rows) {
      if (!wanted.empty() && row.name != wanted) continue;
      if (context.json)
        json.append(toJson(row));
      else if (auto printed = print(toLine(row)); !printed)
        return printed;
    }
  }
  return {};
}

Result<void> bench(const Context& context, const std::string& wanted) {
  serial::JsonValue json = serial::JsonValue::array();
  auto done = measure(context, wanted, json);
  if (!context.json || (!done && json.items()->empty())) return done;
  auto printed = printJson(json);  // also after a failure, so that what was measured is kept
  return done ? printed : done;
}

}  // namespace

void addBench(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("bench", "This machine's figures beside their floors");
  context.printing.push_back(command);
  command->footer("Example: chladni-cli bench vit-b-fp32 --json");
  const auto name = std::make_shared<std::string>();
  std::vector<std::string> names;
  for (const Part& part : parts(context)) names.insert(names.end(), part.names.begin(), part.names.end());
  command->add_option("NAME", *name, "One row instead of all")->check(CLI::IsMember(names));
  command->callback([&context, name] { context.run = [&context, name] { return bench(context, *name); }; });
}

}  // namespace chladni::cli
