// bench [NAME]: this machine's figures of the rows that need no model, each with its floor measured in the same run on a
// minute of made sound: decode-audio (floor: reading the bytes), peaks (floor: decoding alone), stft (floor: the same
// transforms of silence already in memory), fbank (floor: its Fourier transforms alone).
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/base/atomic_file.h"
#include "core/data/min_max_pyramid.h"
#include "core/dsp/fft_plan.h"
#include "core/dsp/kaldi_fbank.h"
#include "core/dsp/stft.h"
#include "core/media/audio_reader.h"
#include "core/media/wav_writer.h"

namespace chladni::cli {

namespace {

constexpr int kSeconds = 60;
constexpr int kRepeats = 5;

struct Row {
  std::string name;
  std::string per;
  double ms = 0.0;
  double floorMs = 0.0;
};

double bestMs(const std::function<void()>& work) {
  double best = 1e30;
  for (int i = 0; i < kRepeats; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

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

Result<std::vector<Row>> soundRows(const std::filesystem::path& file) {
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

Result<std::vector<Row>> signalRows() {
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

Result<void> bench(const Context& context, const std::string& wanted) {
  auto file = AtomicFile::create(std::filesystem::temp_directory_path() / "chladni-bench.wav");
  if (!file) return fail(file.error());
  std::vector<Row> rows;
  for (auto& part : {soundRows(file->temporaryPath()), signalRows()}) {
    if (!part) return fail(part.error());
    rows.insert(rows.end(), part->begin(), part->end());
  }
  serial::JsonValue json = serial::JsonValue::array();
  std::string text;
  for (const Row& row : rows) {
    if (!wanted.empty() && row.name != wanted) continue;
    serial::JsonValue entry = serial::JsonValue::object();
    entry.set("name", row.name).set("ms", row.ms).set("per", row.per).set("floor_ms", row.floorMs);
    entry.set("ratio", row.ms / row.floorMs).set("threads", 1).set("precision", "fp32");
    json.append(std::move(entry));
    char line[160];
    std::snprintf(line, sizeof line, "%-14s %10.2f ms  floor %10.2f ms  x %6.2f  per %s\n", row.name.c_str(), row.ms,
                  row.floorMs, row.ms / row.floorMs, row.per.c_str());
    text += line;
  }
  return context.json ? printJson(json) : print(text);
}

}  // namespace

void addBench(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("bench", "This machine's figures beside their floors");
  command->footer("Example: chladni-cli bench stft --json");
  const auto name = std::make_shared<std::string>();
  command->add_option("NAME", *name, "One row instead of all")
      ->check(CLI::IsMember({"decode-audio", "peaks", "stft", "fbank"}));
  command->callback([&context, name] { context.run = [&context, name] { return bench(context, *name); }; });
}

}  // namespace chladni::cli
