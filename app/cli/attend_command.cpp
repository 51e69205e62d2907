// attend FILE --at T: what the model attended to, as picture and tensor.
#include <cstdio>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/analysis/classification.h"
#include "core/analysis/picture.h"
#include "core/base/atomic_file.h"
#include "core/serial/safetensors.h"

namespace chladni::cli {

namespace {

constexpr int kPatchPixels = 16;

struct AttendOptions {
  std::string file;
  std::string model;
  double at = 0.0;
  std::string layer = "last";
  std::string head = "mean";
  std::string query = "cls";
};

// audio:T,F or video:X,Y; whether there is such a patch, the model knows.
bool patchAsked(const std::string& query, inference::AttentionRequest& request) {
  char rest = 0;
  request.pictureQuery = query.starts_with("video:");
  const char* form = request.pictureQuery ? "video:%d,%d%c" : "audio:%d,%d%c";
  return std::sscanf(query.c_str(), form, &request.patchColumn, &request.patchRow, &rest) == 2;
}

Result<inference::AttentionRequest> requestFrom(const AttendOptions& options, const inference::AttentionSource& source) {
  inference::AttentionRequest request;
  const auto whole = [](const std::string& text, int& value) {
    char rest = 0;
    return std::sscanf(text.c_str(), "%d%c", &value, &rest) == 1 && value >= 0;
  };
  if (options.layer != "last" && (!whole(options.layer, request.layer) || request.layer >= source.layers()))
    return fail(ErrorCode::invalidArgument, "--layer is last or 0 to " + std::to_string(source.layers() - 1));
  if (options.head == "rollout") {
    request.reduction = inference::HeadReduction::rollout;
  } else if (options.head != "mean") {
    request.reduction = inference::HeadReduction::single;
    if (!whole(options.head, request.head) || request.head >= source.heads())
      return fail(ErrorCode::invalidArgument, "--head is mean, rollout or 0 to " + std::to_string(source.heads() - 1));
  }
  if (options.query == "cls") return request;
  request.classToken = false;
  return patchAsked(options.query, request) ? Result<inference::AttentionRequest>(request)
                                            : fail(ErrorCode::invalidArgument, "--query is cls, audio:T,F (a patch of the sound by column and "
                                                                               "row) or video:X,Y (a patch of the picture by column and row)");
}

// The sound's patches of the one row, [time, frequency].
Matrix soundPatches(const AttentionMap& map) {
  Matrix patches(map.grid.columns, map.grid.rows);
  for (int r = 0; r < map.grid.rows; ++r)
    for (int c = 0; c < map.grid.columns; ++c)
      patches.row(c)[static_cast<std::size_t>(r)] = map.weights.at(0, map.grid.leadingTokens + r * map.grid.columns + c);
  return patches;
}

// The picture's, [x, from the bottom up], which is how a picture of a table is drawn.
Matrix picturePatches(const AttentionMap& map) {
  Matrix patches(map.picture.columns, map.picture.rows);
  const int first = map.grid.leadingTokens + map.grid.patches();
  for (int y = 0; y < map.picture.rows; ++y)
    for (int x = 0; x < map.picture.columns; ++x)
      patches.row(x)[static_cast<std::size_t>(map.picture.rows - 1 - y)] = map.weights.at(0, first + y * map.picture.columns + x);
  return patches;
}

Result<void> writePatches(const std::filesystem::path& out, const Matrix& patches) {
  return analysis::writePicture(out, patches, analysis::valueRange(patches), Colormap::magma, kPatchPixels);
}

// One picture for the sound; that of the frame has "-picture" in its name when there are both.
Result<void> writePictures(const std::filesystem::path& out, const AttentionMap& map) {
  const bool heard = map.grid.patches() > 0;
  if (heard) {
    auto written = writePatches(out, soundPatches(map));
    if (!written) return written;
  }
  if (map.picture.patches() == 0) return {};
  auto beside = out;
  if (heard) beside.replace_filename(out.stem().string() + "-picture.png");
  return writePatches(beside, picturePatches(map));
}

Result<void> writeTensors(const std::filesystem::path& out, const analysis::Attention& attention) {
  const AttentionMap& map = *attention.map;
  serial::TensorFile file{{tensorOf("weights", map.weights)}, {{"title", map.title}}};
  if (map.grid.patches() > 0) {
    file.tensors.push_back(tensorOf("patches", soundPatches(map)));
    file.metadata["patches"] = "time,frequency";
  }
  if (map.picture.patches() > 0) {
    file.tensors.push_back(tensorOf("picture_patches", picturePatches(map)));
    file.metadata["picture_patches"] = "x,from the bottom up";
  }
  if (attention.input) file.tensors.push_back(tensorOf("input", *attention.input));
  return serial::writeSafetensors(out, file);
}

Result<void> writeAttention(const std::filesystem::path& out, const analysis::Attention& attention, const serial::JsonValue& json) {
  if (out.extension() == ".json") return writeFileAtomically(out, json.prettyText());
  if (out.extension() == ".png") return writePictures(out, *attention.map);
  if (out.extension() == ".safetensors") return writeTensors(out, attention);
  // Anything else is a folder for picture and tensors.
  std::error_code error;
  std::filesystem::create_directories(out, error);
  if (error) return fail(ErrorCode::io, out.string() + ": " + error.message());
  auto picture = writePictures(out / "attention.png", *attention.map);
  return picture ? writeTensors(out / "attention.safetensors", attention) : picture;
}

std::string patchesInWords(const AttentionMap& map) {
  const auto size = [](const PatchGrid& grid) { return std::to_string(grid.columns) + " x " + std::to_string(grid.rows); };
  std::string words = map.grid.patches() > 0 ? size(map.grid) + " patches of the sound" : "";
  if (map.picture.patches() == 0) return words;
  return (words.empty() ? "" : words + ", ") + size(map.picture) + " patches of the picture";
}

serial::JsonValue toJson(const Context& context, const AttendOptions& options, const inference::ModelSpec& spec, const AttentionMap& map) {
  serial::JsonValue json = serial::JsonValue::object();
  json.set("model", utf8(spec.name)).set("file", utf8(options.file)).set("title", map.title);
  json.set("start", map.span.start.seconds()).set("end", map.span.end.seconds());
  const auto size = [](const PatchGrid& grid) { return serial::JsonValue(serial::JsonValue::array().append(grid.rows).append(grid.columns)); };
  json.set("grid", size(map.grid)).set("leading_tokens", map.grid.leadingTokens);
  if (map.picture.patches() > 0) json.set("picture_grid", size(map.picture));
  json.set("weights", serial::JsonValue::arrayOf(map.weights.row(0)));
  if (!context.out.empty()) json.set("out", utf8(context.out));
  return json;
}

Result<void> attend(Context& context, const AttendOptions& options) {
  auto recording = analysis::Recording::open(options.file);
  if (!recording) return fail(recording.error());
  auto model = context.loadModel(options.model, "instruments");
  if (!model) return fail(model.error());
  const auto* source = (*model)->attentionSource();
  if (!source) return fail(ErrorCode::unsupported, (*model)->spec().name + ": this model shows no attention");
  auto request = requestFrom(options, *source);
  if (!request) return fail(request.error());
  auto attention =
      analysis::attend(**recording, **model, MediaTime::fromSeconds(options.at), *request, context.stop);
  if (!attention) return fail(attention.error());
  const auto json = toJson(context, options, (*model)->spec(), *attention->map);
  if (!context.out.empty())
    if (auto written = writeAttention(context.out, *attention, json); !written) return written;
  if (context.json) return printJson(json);
  if (context.quiet) return {};
  return print(utf8(options.file) + ": " + attention->map->title + ", " + patchesInWords(*attention->map) + ", " + seconds(attention->map->span.start.seconds()) + " to " +
               seconds(attention->map->span.end.seconds()) + "\n");
}

}  // namespace

void addAttend(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("attend", "What the model attended to, as picture and tensor");
  command->footer("--out X.png is the picture, X.safetensors the tensors, X.json what --json prints, a folder picture and tensors.\n"
                  "Example: chladni-cli attend clip.wav --at 5 --layer last --head mean --out attention.png");
  const auto o = std::make_shared<AttendOptions>();
  command->add_option("FILE", o->file, "Recording or video")->required();
  command->add_option("--model", o->model, "Model package, by name or folder")->type_name("PKG");
  command->add_option("--at", o->at, "Middle of the clip, in seconds")->required()->check(CLI::Range(0.0, 1e9));
  command->add_option("--layer", o->layer, "last, or a number from 0");
  command->add_option("--head", o->head, "mean, rollout, or a number from 0");
  command->add_option("--query", o->query, "cls, or audio:T,F or video:X,Y: a patch by column and row");
  command->callback([&context, o] { context.run = [&context, o] { return attend(context, *o); }; });
}

}  // namespace chladni::cli
