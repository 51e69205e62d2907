// features FILE|DIR --backbone PKG: per-second features of one file or a folder, several backbones side by side, reduced.
#include <cstdio>
#include <optional>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/analysis/feature_reduction.h"
#include "core/analysis/features.h"
#include "core/analysis/retrieval.h"
#include "core/base/atomic_file.h"
#include "core/datasets/open_data_set.h"
#include "core/serial/hdf5_file.h"
#include "core/serial/safetensors.h"

namespace chladni::cli {

namespace {

struct FeatureCommandOptions {
  std::string source;
  std::vector<std::string> backbones;  // "PKG" or "PKG:TAP"
  std::string reduce;
  std::int64_t rows = 0;  // of every file; 0: as many as it has
};

struct Source {
  std::shared_ptr<const inference::LoadedModel> model;
  std::string tap;
};

using Rows = inference::FeatureBlock;

Result<std::vector<Source>> load(Context& context, const std::vector<std::string>& names) {
  std::vector<Source> sources;
  for (const std::string& name : names) {
    // A folder may hold a colon, so the whole is tried first.
    auto model = context.loadModel(name, "features");
    const auto colon = name.rfind(':');
    std::string tap;
    if (!model && colon != std::string::npos) {
      tap = name.substr(colon + 1);
      model = context.loadModel(name.substr(0, colon), "features");
    }
    if (!model) return fail(model.error());
    const auto* extractor = (*model)->featureExtractor();
    if (!extractor) return fail(ErrorCode::unsupported, name + ": this model gives no features; choose a backbone");
    std::string known;
    bool found = tap.empty();
    for (const auto& one : extractor->taps()) {
      known += (known.empty() ? "" : ", ") + one.name;
      found = found || one.name == tap;
    }
    if (!found) return fail(ErrorCode::invalidArgument, name + ": there is no output \"" + tap + "\"; there are " + known);
    sources.push_back({std::move(*model), tap});
  }
  return sources;
}

// Channels of all backbones side by side; all but the last axis must agree.
Result<Rows> joined(std::vector<Rows> blocks, const std::string& file) {
  Rows all = std::move(blocks.front());
  for (std::size_t i = 1; i < blocks.size(); ++i) {
    const Rows& next = blocks[i];
    if (next.rows != all.rows || next.shape.size() != all.shape.size() ||
        !std::equal(all.shape.begin(), all.shape.end() - 1, next.shape.begin()))
      return fail(ErrorCode::invalidArgument, file + ": the outputs of the backbones do not fit side by side");
    const auto a = static_cast<std::size_t>(all.shape.back());
    const auto b = static_cast<std::size_t>(next.shape.back());
    std::vector<float> values;
    values.reserve(all.values.size() + next.values.size());
    for (std::size_t row = 0; row * a < all.values.size(); ++row) {
      values.insert(values.end(), all.values.begin() + static_cast<std::ptrdiff_t>(row * a), all.values.begin() + static_cast<std::ptrdiff_t>((row + 1) * a));
      values.insert(values.end(), next.values.begin() + static_cast<std::ptrdiff_t>(row * b), next.values.begin() + static_cast<std::ptrdiff_t>((row + 1) * b));
    }
    all.values = std::move(values);
    all.shape.back() += next.shape.back();
  }
  return all;
}

// Exactly `rows` of them: the rest is zero, as the studies fill up short clips.
void bringTo(Rows& block, std::int64_t rows) {
  if (rows <= 0 || block.rows == 0) return;
  const std::size_t width = block.values.size() / static_cast<std::size_t>(block.rows);
  block.values.resize(width * static_cast<std::size_t>(rows), 0.0F);
  block.rows = rows;
}

Result<Rows> featuresOf(const Context& context, const FeatureCommandOptions& options, const std::vector<Source>& sources,
                        const std::filesystem::path& file) {
  auto recording = analysis::Recording::open(file);
  if (!recording) return fail(recording.error());
  std::vector<Rows> blocks;
  for (const Source& source : sources) {
    analysis::FeatureOptions wanted;
    wanted.tap = source.tap;
    if (options.rows > 0) wanted.rows = options.rows;
    auto block = analysis::allFeatures(**recording, *source.model, wanted, context.progressSink(), context.stop);
    if (!block) return fail(block.error());
    bringTo(*block, options.rows);
    blocks.push_back(std::move(*block));
  }
  return joined(std::move(blocks), file.string());
}

// Where reduced rows go: HDF5 row by row, safetensors at the end.
class FeatureOutput {
 public:
  FeatureOutput(std::filesystem::path path, std::int64_t rowsPerFile) : path_(std::move(path)), rowsPerFile_(rowsPerFile) {}

  Result<void> begin(const std::vector<std::int64_t>& shape) {
    shape_ = shape;
    if (rowsPerFile_ > 0) shape_.insert(shape_.begin(), rowsPerFile_);
    if (path_.extension() != ".h5") return {};
    serial::Hdf5Layout layout;
    layout.rowShape = shape_;
    auto writer = serial::Hdf5Writer::create(path_, layout);
    if (!writer) return fail(writer.error());
    writer_ = std::move(*writer);
    return {};
  }
  Result<void> append(std::span<const float> rows) {
    // Principal components come in blocks that know nothing of files: whole entries are passed on, the rest is held.
    held_.insert(held_.end(), rows.begin(), rows.end());
    if (!writer_) return {};
    std::size_t entry = 1;
    for (const std::int64_t size : shape_) entry *= static_cast<std::size_t>(size);
    const std::size_t whole = held_.size() / entry * entry;
    auto written = writer_->append(std::span<const float>(held_).first(whole));
    held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(whole));
    return written;
  }
  Result<void> finish() {
    if (writer_) return writer_->finish();
    TensorBlob blob{"features", DType::f32, shape_, {}};
    std::int64_t entry = 1;
    for (const std::int64_t size : shape_) entry *= size;
    blob.shape.insert(blob.shape.begin(), static_cast<std::int64_t>(held_.size()) / std::max<std::int64_t>(entry, 1));
    const auto* bytes = reinterpret_cast<const std::byte*>(held_.data());
    blob.bytes.assign(bytes, bytes + held_.size() * sizeof(float));
    return serial::writeSafetensors(path_, {{std::move(blob)}, {}});
  }
  [[nodiscard]] const std::vector<std::int64_t>& entryShape() const { return shape_; }

 private:
  std::filesystem::path path_;
  std::int64_t rowsPerFile_;
  std::vector<std::int64_t> shape_;
  std::vector<float> held_;
  std::optional<serial::Hdf5Writer> writer_;
};

struct Extracted {
  std::vector<std::string> files;
  std::vector<std::int64_t> rows;
  std::vector<std::string> skipped;
  std::vector<TensorBlob> basis;
};

// The clips of AVE annotations in their rows' order, which is how a localiser finds its features again; of any other
// folder every file, in the order of names.
Result<std::vector<std::filesystem::path>> filesOf(const std::filesystem::path& folder, bool& annotated) {
  annotated = std::filesystem::exists(folder / "Annotations.txt");
  if (!annotated) return analysis::filesBelow(folder);
  auto set = datasets::openDataSet(folder);
  if (!set) return fail(set.error());
  std::vector<std::filesystem::path> files;
  for (const auto& item : set->items) files.push_back(item.media);
  return files;
}

Result<Extracted> extract(const Context& context, const FeatureCommandOptions& options, const std::vector<Source>& sources,
                          const std::vector<std::filesystem::path>& files, const analysis::FeatureReduction& reduction,
                          FeatureOutput& output, bool needsAll) {
  const bool folder = files.size() > 1 || std::filesystem::is_directory(options.source);
  Extracted done;
  std::optional<analysis::FeatureReducer> reducer;
  for (const auto& file : files) {
    auto block = featuresOf(context, options, sources, file);
    if (!block && (!folder || block.error().code == ErrorCode::cancelled)) return fail(block.error());
    if (!block && needsAll) return fail(block.error(), "a file of features has an entry for each row of Annotations.txt");
    if (!block) {
      done.skipped.push_back(block.error().describe());
      continue;
    }
    if (!reducer) {
      auto made = analysis::FeatureReducer::create(reduction, block->shape, std::filesystem::path(context.out) += ".rows",
                                                   [&output](std::span<const float> rows) { return output.append(rows); });
      if (!made) return fail(made.error());
      reducer = std::move(*made);
      if (auto begun = output.begin(reducer->reducedShape()); !begun) return fail(begun.error());
    }
    if (auto added = reducer->add(block->values); !added) return fail(added.error());
    done.files.push_back(utf8(file));
    done.rows.push_back(block->rows);
  }
  if (!reducer) return fail(ErrorCode::corruptData, options.source + ": none of its files could be used");
  if (auto finished = reducer->finish(); !finished) return fail(finished.error());
  done.basis = reducer->basis();
  return done;
}

Result<void> features(Context& context, FeatureCommandOptions options) {
  auto out = context.outputFile("a .h5 or .safetensors file to write");
  if (!out) return fail(out.error());
  if (out->extension() != ".h5" && out->extension() != ".safetensors")
    return fail(ErrorCode::invalidArgument, out->string() + ": features are written to .h5 or .safetensors");
  auto reduction = analysis::FeatureReduction::parse(options.reduce);
  if (!reduction) return fail(reduction.error());
  std::vector<std::filesystem::path> files{options.source};
  bool annotated = false;
  if (std::filesystem::is_directory(options.source)) {
    auto found = filesOf(options.source, annotated);
    if (!found) return fail(found.error());
    files = std::move(*found);
    if (options.rows == 0) options.rows = 10;  // as the published feature files: ten seconds a clip
  }
  auto sources = load(context, options.backbones);
  if (!sources) return fail(sources.error());
  FeatureOutput output(*out, options.rows);
  auto done = extract(context, options, *sources, files, *reduction, output, annotated);
  if (!done) return fail(done.error());
  if (auto written = output.finish(); !written) return written;
  serial::JsonValue json = serial::JsonValue::object();
  json.set("out", utf8(*out)).set("files", serial::JsonValue::arrayOf(done->files));
  json.set("rows", serial::JsonValue::arrayOf(done->rows)).set("entry_shape", serial::JsonValue::arrayOf(output.entryShape()));
  json.set("skipped", serial::JsonValue::arrayOf(done->skipped));
  if (!done->basis.empty()) {
    const std::filesystem::path basis = out->parent_path() / (out->stem().string() + ".pca.safetensors");
    if (auto written = serial::writeSafetensors(basis, {done->basis, {}}); !written) return written;
    json.set("basis", utf8(basis));
  }
  if (context.json) return printJson(json);
  return context.quiet ? Result<void>{} : print(utf8(*out) + ": features of " + std::to_string(done->files.size()) + (done->files.size() == 1 ? " file\n" : " files\n"));
}

}  // namespace

void addFeatures(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("features", "Per-second features of a file or a folder");
  command->footer("Several --backbone stand side by side; PKG:OUTPUT names one of its outputs. A folder gives one entry of --rows\n"
                  "seconds (10) for each file, in the order of names; files that cannot be used are named under \"skipped\".\n"
                  "A folder with AVE's Annotations.txt gives them in the order of its rows: audio_feature.h5 and\n"
                  "visual_feature.h5 in that folder are what train av-att reads.\n"
                  "Example: chladni-cli features clips --backbone vggish --reduce pca:64 --out clips.h5");
  const auto o = std::make_shared<FeatureCommandOptions>();
  command->add_option("SOURCE", o->source, "Recording, video or folder of them")->required();
  command->add_option("--backbone", o->backbones, "Model package, by name or folder, with :OUTPUT when not the first")
      ->required()->type_name("PKG")->allow_extra_args(false);
  command->add_option("--reduce", o->reduce, "mean (over regions), mean:G (groups of channels) or pca:N");
  command->add_option("--rows", o->rows, "Seconds of every file; short ones are filled up with zeros")->check(CLI::Range(1, 1000000));
  command->callback([&context, o] { context.run = [&context, o] { return features(context, *o); }; });
}

}  // namespace chladni::cli
