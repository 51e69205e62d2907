// decode FILE: sound to WAV, pictures to PNG.
#include <algorithm>
#include <cstdint>
#include <cstdio>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/media/audio_reader.h"
#include "core/media/media_info.h"
#include "core/media/video_reader.h"
#include "core/media/wav_writer.h"
#include "core/serial/png_writer.h"

namespace chladni::cli {

namespace {

struct DecodeOptions {
  std::string file;
  int rate = 0;
  bool mono = false;
  double from = 0.0;
  double to = 0.0;
  int frames = 0;
  bool framesOnly = false;
};

Result<void> report(const Context& context, const std::string& key, std::int64_t count,
                    const std::filesystem::path& out) {
  serial::JsonValue json = serial::JsonValue::object();
  json.set("out", utf8(out)).set(key, count);
  if (context.json) return printJson(json);
  return context.quiet ? Result<void>() : print(utf8(out) + ": " + std::to_string(count) + " " + key + "\n");
}

Result<void> decodeSound(const Context& context, const DecodeOptions& options) {
  auto out = context.outputFile("the WAV file to write");
  if (!out) return fail(out.error());
  media::AudioReaderOptions wanted;
  if (options.rate > 0) wanted.rate = SampleRate(options.rate);
  if (options.mono) wanted.mix = ChannelMix::mean;
  auto reader = media::AudioReader::open(options.file, wanted, context.stop);
  if (!reader) return fail(reader.error());
  const SampleRate rate = reader->info().rate;
  if (options.from > 0.0) {
    auto sought = reader->seek(MediaTime::fromSeconds(options.from), context.stop);
    if (!sought) return sought;
  }
  const std::int64_t end = options.to > 0.0 ? rate.samples(MediaTime::fromSeconds(options.to)) : INT64_MAX;
  auto writer = media::WavWriter::create(*out, rate, reader->info().channels);
  if (!writer) return fail(writer.error());
  while (reader->position() < end) {
    if (context.stop.stop_requested()) return fail(ErrorCode::cancelled, "decoding was stopped");
    auto block = reader->next(context.stop, std::min<std::int64_t>(65536, end - reader->position()));
    if (!block) return fail(block.error());
    if (!*block) break;
    auto written = writer->write(**block);
    if (!written) return written;
  }
  if (writer->samplesWritten() == 0)
    return fail(ErrorCode::corruptData, options.file + ": no sound in the stretch asked for; change --from and --to");
  auto committed = writer->commit();
  if (!committed) return committed;
  return report(context, "samples", writer->samplesWritten(), *out);
}

Result<void> decodeFrames(const Context& context, const DecodeOptions& options) {
  auto out = context.output("the folder for the pictures");
  if (!out) return fail(out.error());
  auto reader = media::VideoReader::open(options.file, {}, context.stop);
  if (!reader) return fail(reader.error());
  const double start = options.from > 0.0 ? options.from : reader->info().start.seconds();
  const double end = options.to > 0.0 ? options.to : reader->info().end.seconds();
  if (start >= end && options.from > 0.0)
    return fail(ErrorCode::notFound, options.file + ": no pictures from " + std::to_string(options.from) + " s on; it ends at " + std::to_string(end) + " s");
  std::error_code error;
  std::filesystem::create_directories(*out, error);
  if (error) return fail(ErrorCode::io, out->string() + ": " + error.message());
  const int count = std::max(options.frames, 1);
  for (int i = 0; i < count; ++i) {
    if (context.stop.stop_requested()) return fail(ErrorCode::cancelled, "decoding was stopped");
    const double at = start + (end - start) * (i + 0.5) / count;
    auto frame = reader->frameAt(MediaTime::fromSeconds(at), context.stop);
    if (!frame) return fail(frame.error());
    char name[32];
    std::snprintf(name, sizeof name, "frame-%05d.png", i);
    auto written = serial::writePng(*out / name, frame->width, frame->height, serial::PngPixels::rgb, frame->rgb);
    if (!written) return written;
  }
  return report(context, "frames", count, *out);
}

Result<void> decode(const Context& context, const DecodeOptions& options) {
  if (options.to > 0.0 && options.to <= options.from)
    return fail(ErrorCode::invalidArgument, "--to must lie after --from");
  if (options.frames > 0 || options.framesOnly) return decodeFrames(context, options);
  auto info = media::probe(options.file, media::ProbeDepth::header, context.stop);
  if (!info) return fail(info.error());
  if (!info->hasAudio())
    return fail(ErrorCode::notFound, options.file + ": no audio stream; use --frames-only to write the picture alone");
  return decodeSound(context, options);
}

}  // namespace

void addDecode(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("decode", "Decoded sound as WAV, or pictures as PNG");
  command->footer("Example: chladni-cli decode clip.mp4 --rate 16000 --mono --out clip.wav");
  const auto options = std::make_shared<DecodeOptions>();
  command->add_option("FILE", options->file, "Recording or video")->required();
  command->add_option("--rate", options->rate, "Resample to this, in Hz")->check(CLI::Range(1000, 768000));
  command->add_flag("--mono", options->mono, "Mean of all channels");
  command->add_option("--from", options->from, "Start in seconds")->check(CLI::Range(0.0, 1e9));
  command->add_option("--to", options->to, "End in seconds")->check(CLI::Range(0.0, 1e9));
  command->add_option("--frames", options->frames, "Write this many pictures, evenly spread, into --out")
      ->check(CLI::Range(1, 100000));
  command->add_flag("--frames-only", options->framesOnly, "Only pictures; one unless --frames says more");
  command->callback([&context, options] {
    context.run = [&context, options] { return decode(context, *options); };
  });
}

}  // namespace chladni::cli
