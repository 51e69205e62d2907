// reconstruct FILE --at T --ratio R --mask MODE: what a masked autoencoder paints where it could not look, as pictures,
// tensors and losses.
#include <cmath>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/analysis/listening.h"
#include "core/media/wav_writer.h"
#include "core/analysis/painting.h"
#include "core/analysis/picture.h"
#include "core/analysis/reconstruction.h"
#include "core/base/atomic_file.h"
#include "core/serial/png_writer.h"
#include "core/serial/safetensors.h"

namespace chladni::cli {

namespace {

struct ReconstructOptions {
  std::string file;
  std::string model;
  double at = 0.0;
  double ratio = 0.75;
  double pictureRatio = -1.0;
  std::string mask;  // empty: the first that the model knows
  bool guessStatistics = false;
  bool listen = false;
  std::string listenFile;  // of what was painted alone; empty: three sounds in the folder of --out
};

Result<void> writeSound(const std::filesystem::path& folder, const PlanePictures& planes) {
  const auto range = analysis::valueRange(planes.original);
  for (const auto& [name, table] : {std::pair("original", &planes.original), {"masked", &planes.masked},
                                    {"predicted", &planes.predicted}, {"pasted", &planes.pasted}, {"error", &planes.error}}) {
    const auto shown = std::string(name) == "error" ? analysis::valueRange(*table) : range;
    auto written = analysis::writePicture(folder / (std::string("sound_") + name + ".png"), *table, shown, Colormap::magma);
    if (!written) return written;
  }
  return {};
}

Result<void> writeRgb(const std::filesystem::path& path, const Matrix& plane, const PictureSpec& spec) {
  std::vector<std::uint8_t> bytes(plane.values.size());
  const bool blueFirst = spec.channelOrder == "bgr";
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::size_t channel = i % 3;
    const std::size_t colour = blueFirst ? 2 - channel : channel;
    const float value = (plane.values[i] * spec.deviation[colour] + spec.mean[colour]) / spec.scale;
    bytes[i - channel + colour] = static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L));
  }
  return serial::writePng(path, plane.columns / 3, plane.rows, serial::PngPixels::rgb, bytes);
}

Result<void> writePicture(const std::filesystem::path& folder, const PlanePictures& planes, const PictureSpec& spec) {
  for (const auto& [name, table] : {std::pair("original", &planes.original), {"masked", &planes.masked},
                                    {"predicted", &planes.predicted}, {"pasted", &planes.pasted}}) {
    auto written = writeRgb(folder / (std::string("picture_") + name + ".png"), *table, spec);
    if (!written) return written;
  }
  return {};
}

TensorBlob maskTensor(const std::string& name, const ReconstructedPlane& plane) {
  TensorBlob blob{name, DType::u8, {plane.grid.rows, plane.grid.columns}, {}};
  for (const std::uint8_t hidden : plane.mask) blob.bytes.push_back(static_cast<std::byte>(hidden));
  return blob;
}

Result<void> writeTensors(const std::filesystem::path& folder, const Reconstruction& result) {
  std::vector<TensorBlob> tensors{tensorOf("sound_input", result.soundInput), tensorOf("sound_predicted", result.soundPredicted),
                                  maskTensor("sound_mask", result.sound)};
  if (result.pictureInput.rows > 0) {
    tensors.push_back(tensorOf("picture_input", result.pictureInput));
    tensors.push_back(tensorOf("picture_predicted", result.picturePredicted));
    tensors.push_back(maskTensor("picture_mask", result.picture));
  }
  return serial::writeSafetensors(folder / "reconstruction.safetensors",
                                  {std::move(tensors), {{"sound", "column,bin"}, {"picture", "y,x*3+channel"}}});
}

serial::JsonValue planeJson(const ReconstructedPlane& plane) {
  std::int64_t hidden = 0;
  for (const std::uint8_t one : plane.mask) hidden += one;
  serial::JsonValue json = serial::JsonValue::object();
  json.set("grid", serial::JsonValue::arrayOf(std::vector<int>{plane.grid.rows, plane.grid.columns}));
  json.set("hidden", hidden).set("patches", plane.grid.patches()).set("loss", plane.loss);
  return json;
}

serial::JsonValue toJson(const ReconstructOptions& options, const inference::ModelSpec& spec,
                         const analysis::ReconstructedClip& clip, const std::string& out) {
  serial::JsonValue json = serial::JsonValue::object();
  json.set("model", utf8(spec.name)).set("file", utf8(options.file)).set("title", clip.result.title);
  json.set("start", clip.span.start.seconds()).set("end", clip.span.end.seconds());
  serial::JsonValue losses = serial::JsonValue::object();
  for (const auto& [name, loss] : clip.result.losses) losses.set(name, loss);
  json.set("losses", std::move(losses)).set("true_patch_statistics", clip.result.trueStatistics)
      .set("guessed_patch_statistics", clip.guessedStatistics);
  const auto painting = analysis::paintingOf(clip.result, spec.frontend.picture);
  const auto plane = [](const ReconstructedPlane& shown, const std::optional<metrics::PaintingFigures>& figures) {
    auto described = planeJson(shown);
    return figures ? described.set("painting", analysis::paintingJson(*figures)) : described;
  };
  json.set("sound", plane(clip.result.sound, painting.sound));
  if (clip.result.pictureInput.rows > 0) json.set("picture", plane(clip.result.picture, painting.picture));
  if (!out.empty()) json.set("out", utf8(out));
  return json;
}

Result<void> writeAll(const std::filesystem::path& out, const inference::ModelSpec& spec,
                      const analysis::ReconstructedClip& clip, const serial::JsonValue& json) {
  if (out.extension() == ".json") return writeFileAtomically(out, json.prettyText());
  std::error_code error;
  std::filesystem::create_directories(out, error);
  if (error) return fail(ErrorCode::io, out.string() + ": " + error.message() + "; choose another folder for --out");
  if (clip.result.soundInput.rows > 0)
    if (auto written = writeSound(out, clip.sound); !written) return written;
  if (clip.result.pictureInput.rows > 0 && spec.frontend.picture)
    if (auto written = writePicture(out, clip.picture, *spec.frontend.picture); !written)
      return written;
  if (auto written = writeTensors(out, clip.result); !written) return written;
  return writeFileAtomically(out / "reconstruction.json", json.prettyText());
}

Result<void> writeSounds(Context& context, const ReconstructOptions& options, const inference::ModelSpec& spec,
                         const analysis::ReconstructedClip& clip, serial::JsonValue& json) {
  auto listening = analysis::listen(clip, spec.frontend, context.stop);
  if (!listening) return fail(listening.error());
  serial::JsonValue convergence = serial::JsonValue::object();
  convergence.set("original", listening->originalConvergence).set("predicted", listening->predictedConvergence);
  json.set("spectral_convergence", std::move(convergence));
  if (!options.listenFile.empty()) return media::writeWav(options.listenFile, listening->predicted);
  std::error_code error;
  std::filesystem::create_directories(context.out, error);
  if (error) return fail(ErrorCode::io, context.out + ": " + error.message() + "; choose another folder for --out");
  return analysis::writeListening(*listening, context.out);
}

Result<void> check(const Context& context, const ReconstructOptions& options) {
  if (!options.listen) return {};
  if (options.listenFile.empty() && (context.out.empty() || std::filesystem::path(context.out).extension() == ".json"))
    return fail(ErrorCode::invalidArgument, "--listen: say where with X.wav, or with --out DIR for three WAV files");
  if (!options.listenFile.empty() && std::filesystem::path(options.listenFile).extension() != ".wav")
    return fail(ErrorCode::invalidArgument, "--listen: what was painted is written as X.wav, not as " + options.listenFile);
  return {};
}

Result<void> reconstruct(Context& context, const ReconstructOptions& options) {
  if (auto good = check(context, options); !good) return good;
  auto recording = analysis::Recording::open(options.file);
  if (!recording) return fail(recording.error());
  auto model = context.loadModel(options.model, "reconstruction");
  if (!model) return fail(model.error());
  inference::MaskRequest request;
  request.mode = options.mask;
  request.soundRatio = options.ratio;
  request.pictureRatio = options.pictureRatio < 0.0 ? options.ratio : options.pictureRatio;
  request.seed = static_cast<std::uint64_t>(context.seed.value_or(0));
  auto clip = analysis::reconstruct(**recording, **model, MediaTime::fromSeconds(options.at), request,
                                    options.guessStatistics ? analysis::PatchStatistics::neighbours
                                                            : analysis::PatchStatistics::truth,
                                    context.stop);
  if (!clip) return fail(clip.error());
  auto json = toJson(options, (*model)->spec(), *clip, context.out);
  if (options.listen)
    if (auto written = writeSounds(context, options, (*model)->spec(), *clip, json); !written) return written;
  if (!context.out.empty())
    if (auto written = writeAll(context.out, (*model)->spec(), *clip, json); !written) return written;
  if (context.json) return printJson(json);
  if (context.quiet) return {};
  std::string text = utf8(options.file) + ": " + clip->result.title;
  for (const auto& [name, loss] : clip->result.losses) text += ", " + name + " " + std::to_string(loss);
  return print(text + "\n");
}

}  // namespace

void addReconstruct(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("reconstruct", "What a masked autoencoder paints where it could not look");
  command->footer("--out DIR gets pictures (original, masked, predicted, pasted, error), tensors and losses, --out X.json the losses alone.\n"
                  "Example: chladni-cli reconstruct clip.mp4 --model my-cavmae --at 5 --ratio 0.75 --mask time --out shown");
  const auto o = std::make_shared<ReconstructOptions>();
  command->add_option("FILE", o->file, "Recording or video")->required();
  command->add_option("--model", o->model, "Model package, by name or folder")->type_name("PKG");
  command->add_option("--at", o->at, "Middle of the clip, in seconds")->required()->check(CLI::Range(0.0, 1e9));
  command->add_option("--ratio", o->ratio, "Share of patches to hide")->check(CLI::Range(0.0, 1.0));
  command->add_option("--picture-ratio", o->pictureRatio, "The same of the picture, when it differs")->check(CLI::Range(0.0, 1.0));
  command->add_option("--mask", o->mask, "unstructured, time, frequency, time-frequency, block, block-aligned, grid; the model's first when left out");
  auto* listening = command->add_option("--listen", o->listenFile,
                                        "Also write the sound as painted, with phases made up, to X.wav; without a name original.wav, masked.wav and "
                                        "predicted.wav into the folder of --out")
                        ->expected(0, 1)
                        ->type_name("X.wav");
  command->add_flag("--guess-statistics", o->guessStatistics,
                    "Models whose targets are normalised patch by patch: scale with the mean and deviation of visible patches "
                    "near by, not with the true ones, which leak");
  command->callback([&context, o, listening] {
    o->listen = listening->count() > 0;
    context.run = [&context, o] { return reconstruct(context, *o); };
  });
}

}  // namespace chladni::cli
