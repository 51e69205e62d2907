// frontend NAME|PKG FILE: exactly the tensor that a model sees.
#include <optional>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/dsp/frontend.h"
#include "core/dsp/frontend_presets.h"
#include "core/media/audio_reader.h"

namespace chladni::cli {

namespace {

std::string available() {
  std::string names;
  for (const std::string& name : dsp::frontendPresetNames()) names += (names.empty() ? "" : ", ") + name;
  return names;
}

// A published front end by its name, or that of a model package.
Result<FrontendSpec> frontendNamed(Context& context, const std::string& name) {
  if (const auto preset = dsp::frontendPreset(name)) return *preset;
  const auto package = context.registry().find(name);
  if (!package)
    return fail(ErrorCode::invalidArgument, "no front end or model package is called \"" + name + "\"; front ends are " + available());
  if (!package->frontend.sound) return fail(ErrorCode::unsupported, name + ": this model hears no sound; choose another");
  return package->frontend;
}

Result<void> frontend(Context& context, const std::string& name, const std::string& file) {
  auto out = context.outputFile("a .safetensors or .npy file to write");
  if (!out) return fail(out.error());
  auto extension = checkTableExtension(*out, false);
  if (!extension) return extension;
  const auto spec = frontendNamed(context, name);
  if (!spec) return fail(spec.error());
  media::AudioReaderOptions wanted{spec->rate, spec->channelMix};
  auto sound = media::readAudio(file, wanted, std::nullopt, context.stop);
  if (!sound) return fail(sound.error());
  if (sound->samples() == 0) return fail(ErrorCode::corruptData, file + ": the file holds no sound; choose another");
  auto maker = dsp::Frontend::create(*spec);
  if (!maker) return fail(maker.error());
  auto input = maker->modelInput(*sound);
  if (!input) return fail(ErrorCode::corruptData, file + ": " + input.error().describe());
  TableOutput output;
  output.tensorName = "input";
  output.metadata = {{"frontend", name}, {"rate", std::to_string(spec->rate.hz())}, {"layout", "frame,bin"}};
  auto written = writeTable(*out, *input, output);
  if (!written) return written;
  serial::JsonValue json = serial::JsonValue::object();
  json.set("frontend", name).set("file", utf8(file)).set("frames", input->rows).set("bins", input->columns);
  json.set("out", utf8(*out));
  if (context.json) return printJson(json);
  if (context.quiet) return {};
  return print(utf8(*out) + ": " + name + ", " + std::to_string(input->rows) + " frames of " +
               std::to_string(input->columns) + " bins\n");
}

}  // namespace

void addFrontend(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("frontend", "Exactly the tensor a model sees");
  command->footer("Names: " + available() + "; or a model package, by name or folder\nExample: chladni-cli frontend ast clip.wav --out clip.safetensors");
  const auto name = std::make_shared<std::string>();
  const auto file = std::make_shared<std::string>();
  command->add_option("NAME", *name, "Front end, or a model package that has one")->required();
  command->add_option("FILE", *file, "Recording or video")->required();
  command->callback([&context, name, file] {
    context.run = [&context, name, file] { return frontend(context, *name, *file); };
  });
}

}  // namespace chladni::cli
