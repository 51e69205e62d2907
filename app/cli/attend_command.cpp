// attend FILE --at T: what the model attended to, as picture and tensor.
#include <cstdio>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/analysis/classification.h"
#include "core/analysis/picture.h"
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
  const PatchGrid grid = source.grid();
  char rest = 0;
  request.classToken = false;
  if (std::sscanf(options.query.c_str(), "audio:%d,%d%c", &request.patchColumn, &request.patchRow, &rest) != 2 ||
      request.patchColumn < 0 || request.patchColumn >= grid.columns || request.patchRow < 0 ||
      request.patchRow >= grid.rows)
    return fail(ErrorCode::invalidArgument, "--query is cls or audio:T,F with T 0 to " + std::to_string(grid.columns - 1) +
                                                " and F 0 to " + std::to_string(grid.rows - 1));
  return request;
}

// The patches of the one row, [time, frequency].
Matrix patchesOf(const AttentionMap& map) {
  Matrix patches(map.grid.columns, map.grid.rows);
  for (int r = 0; r < map.grid.rows; ++r)
    for (int c = 0; c < map.grid.columns; ++c)
      patches.row(c)[static_cast<std::size_t>(r)] = map.weights.at(0, map.grid.leadingTokens + r * map.grid.columns + c);
  return patches;
}

Result<void> writeAttention(const std::filesystem::path& out, const analysis::Attention& attention,
                            const Matrix& patches) {
  if (out.extension() == ".png")
    return analysis::writePicture(out, patches, analysis::valueRange(patches), Colormap::magma, kPatchPixels);
  if (out.extension() == ".safetensors")
    return serial::writeSafetensors(out, {{tensorOf("weights", attention.map->weights), tensorOf("patches", patches),
                                           tensorOf("input", *attention.input)},
                                          {{"title", attention.map->title}, {"patches", "time,frequency"}}});
  // Anything else is a folder for both.
  std::error_code error;
  std::filesystem::create_directories(out, error);
  if (error) return fail(ErrorCode::io, out.string() + ": " + error.message());
  auto picture = writeAttention(out / "attention.png", attention, patches);
  return picture ? writeAttention(out / "attention.safetensors", attention, patches) : picture;
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
  const Matrix patches = patchesOf(*attention->map);
  if (!context.out.empty()) {
    auto written = writeAttention(context.out, *attention, patches);
    if (!written) return written;
  }
  const PatchGrid& grid = attention->map->grid;
  if (!context.json) {
    if (context.quiet) return {};
    return print(utf8(options.file) + ": " + attention->map->title + ", " + std::to_string(grid.columns) + " x " +
                 std::to_string(grid.rows) + " patches, " + seconds(attention->map->span.start.seconds()) + " to " +
                 seconds(attention->map->span.end.seconds()) + "\n");
  }
  serial::JsonValue json = serial::JsonValue::object();
  json.set("model", utf8((*model)->spec().name)).set("file", utf8(options.file)).set("title", attention->map->title);
  json.set("start", attention->map->span.start.seconds()).set("end", attention->map->span.end.seconds());
  serial::JsonValue size = serial::JsonValue::array();
  size.append(grid.rows).append(grid.columns);
  json.set("grid", std::move(size)).set("leading_tokens", grid.leadingTokens);
  json.set("weights", serial::JsonValue::arrayOf(attention->map->weights.row(0)));
  if (!context.out.empty()) json.set("out", utf8(context.out));
  return printJson(json);
}

}  // namespace

void addAttend(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("attend", "What the model attended to, as picture and tensor");
  command->footer("--out X.png is the picture, X.safetensors the tensors, a folder both.\n"
                  "Example: chladni-cli attend clip.wav --at 5 --layer last --head mean --out attention.png");
  const auto o = std::make_shared<AttendOptions>();
  command->add_option("FILE", o->file, "Recording or video")->required();
  command->add_option("--model", o->model, "Model package, by name or folder")->type_name("PKG");
  command->add_option("--at", o->at, "Middle of the clip, in seconds")->required()->check(CLI::Range(0.0, 1e9));
  command->add_option("--layer", o->layer, "last, or a number from 0");
  command->add_option("--head", o->head, "mean, rollout, or a number from 0");
  command->add_option("--query", o->query, "cls, or audio:T,F: a patch by column and row");
  command->callback([&context, o] { context.run = [&context, o] { return attend(context, *o); }; });
}

}  // namespace chladni::cli
