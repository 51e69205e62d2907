#include "app/cli/instrument_package.h"

#include "core/inference/model_package.h"
#include "core/serial/safetensors.h"

namespace chladni::cli {

FrontendSpec instrumentFrontend() {
  FrontendSpec spec;
  spec.channelMix = ChannelMix::mean;
  spec.levelTarget = 0.1;
  spec.frameLengthMs = 64.0;
  spec.frameShiftMs = 25.0;
  spec.targetFrames = 64;
  spec.padValue = -15.942385F;  // digital silence
  spec.mean = -5.0F;
  spec.deviation = 2.6F;
  return spec;
}

Result<inference::ModelSpec> writeInstrumentPackage(const InstrumentPackage& package, const std::filesystem::path& folder) {
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem) return fail(ErrorCode::io, folder.string() + ": " + problem.message() + "; choose another folder");
  inference::ModelSpec spec;
  spec.name = folder.filename().string();
  spec.folder = folder;
  spec.family = "ast";
  spec.title = package.title;
  spec.licence = package.licence;
  spec.source = package.source;
  spec.data = package.data;
  spec.tasks = {"instruments"};
  spec.frontend = instrumentFrontend();
  spec.architecture = package.architecture;
  spec.classes = package.classes;
  spec.windowSeconds = spec.frontend.clipSeconds();
  spec.hopSeconds = spec.windowSeconds / 2.0;
  spec.weights.dtype = "fp16";
  spec.metricsJson = package.metricsJson;
  spec.temperature = package.temperature;
  if (auto written = serial::writeSafetensors(folder / spec.weights.file, {package.weights, {}}); !written)
    return fail(written.error());
  return inference::writeModelManifest(spec, folder);
}

}  // namespace chladni::cli
