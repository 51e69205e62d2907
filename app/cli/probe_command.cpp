// probe FILE: what a media file holds.
#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/media/media_info.h"

namespace chladni::cli {

namespace {

using serial::JsonValue;

JsonValue audioJson(const media::AudioStreamInfo& stream) {
  JsonValue out = JsonValue::object();
  out.set("codec", utf8(stream.codec)).set("rate", stream.rate.hz()).set("channels", stream.channels);
  out.set("layout", utf8(stream.layout)).set("duration", stream.durationSeconds).set("start", stream.startSeconds);
  if (stream.samples) out.set("samples", *stream.samples);
  return out;
}

JsonValue videoJson(const media::VideoStreamInfo& stream) {
  JsonValue out = JsonValue::object();
  out.set("codec", utf8(stream.codec)).set("width", stream.width).set("height", stream.height).set("fps", stream.fps);
  out.set("frames", stream.frames).set("frames_counted", stream.framesCounted);
  out.set("rotation", stream.rotationDegrees).set("duration", stream.durationSeconds);
  out.set("start", stream.startSeconds).set("pixel_format", utf8(stream.pixelFormat));
  out.set("attached_picture", stream.attachedPicture);
  return out;
}

JsonValue infoJson(const media::MediaInfo& info) {
  JsonValue out = JsonValue::object();
  out.set("path", utf8(info.path)).set("container", utf8(info.container)).set("duration", info.durationSeconds);
  out.set("duration_exact", info.durationExact);
  JsonValue audio = JsonValue::array();
  for (const auto& stream : info.audio) audio.append(audioJson(stream));
  JsonValue video = JsonValue::array();
  for (const auto& stream : info.video) video.append(videoJson(stream));
  JsonValue tags = JsonValue::object();
  for (const auto& [key, value] : info.tags) tags.set(utf8(key), utf8(value));
  out.set("audio", std::move(audio)).set("video", std::move(video)).set("tags", std::move(tags));
  return out;
}

std::string infoText(const media::MediaInfo& info) {
  std::string text = utf8(info.path) + "\n  container  " + utf8(info.container) + "\n  duration   " +
                     seconds(info.durationSeconds) + "\n";
  for (const auto& s : info.audio)
    text += "  audio      " + utf8(s.codec) + ", " + std::to_string(s.rate.hz()) + " Hz, " +
            std::to_string(s.channels) + " channels, " + seconds(s.durationSeconds) + "\n";
  for (const auto& s : info.video)
    text += "  video      " + utf8(s.codec) + ", " + std::to_string(s.width) + " x " + std::to_string(s.height) + ", " +
            std::to_string(s.frames) + " frames, " + seconds(s.durationSeconds) +
            (s.attachedPicture ? ", cover picture" : "") + "\n";
  for (const auto& [key, value] : info.tags) text += "  tag        " + utf8(key) + " = " + utf8(value) + "\n";
  return text;
}

}  // namespace

void addProbe(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("probe", "Streams, codecs, duration, rates, frame count, tags");
  context.printing.push_back(command);
  command->footer("Example: chladni-cli probe clip.mp4 --json");
  const auto file = std::make_shared<std::string>();
  command->add_option("FILE", *file, "Recording or video")->required();
  command->callback([&context, file] {
    context.run = [&context, file]() -> Result<void> {
      auto info = media::probe(*file, media::ProbeDepth::automatic, context.stop);
      if (!info) return fail(info.error());
      return context.json ? printJson(infoJson(*info)) : print(infoText(*info));
    };
  });
}

}  // namespace chladni::cli
