#include "app/cli/event_data.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "app/cli/event_examples.h"
#include "core/datasets/ave_folder.h"
#include "core/inference/manifest.h"
#include "core/serial/sha256.h"
#include "core/training/source_groups.h"

namespace chladni::cli {
namespace {

using training::Recipe;

constexpr double kLevelShift = 0.4;  // of the small ear's tables: about 8 dB
constexpr char kUsualSound[] = "vggish";
constexpr char kUsualPicture[] = "vgg19";

class EventData final : public TrainData {
 public:
  Result<void> open(Context& context, const Recipe& recipe, const FrontendSpec& frontend) {
    const std::filesystem::path folder = recipe.data;
    auto opened = datasets::AveFolder::open(folder);
    if (!opened) return fail(opened.error());
    folder_ = std::make_shared<datasets::AveFolder>(std::move(*opened));
    annotations_ = std::shared_ptr<const datasets::AveAnnotations>(folder_, &folder_->annotations());
    classes = annotations_->classes;
    frontend_ = frontend;
    if (auto chosen = choose(context, recipe); !chosen) return chosen;
    if (auto placed = addPlaces(recipe); !placed) return placed;
    const auto& splits = folder_->splits();
    auto trainRows = splits.train, heldRows = splits.validation;
    if (recipe.folds > 0) dealFolds(recipe, trainRows, heldRows);
    if (auto looked = lookAtAll(context, recipe, trainRows, heldRows); !looked) return looked;
    const EventChanges changes{small_, small_, small_ ? kLevelShift : 0.0, recipe.maskBins};
    train_ = std::make_unique<EventExamples>(annotations_, trainRows, modalities_, changes);
    if (!heldRows.empty()) held_ = std::make_unique<EventExamples>(annotations_, heldRows, modalities_, EventChanges{});
    describe(recipe, trainRows, heldRows);
    return {};
  }

  [[nodiscard]] const training::Examples& train() const override { return *train_; }
  [[nodiscard]] const training::Examples* held() const override { return held_.get(); }
  [[nodiscard]] const FrontendSpec& frontend() const override { return frontend_; }
  [[nodiscard]] const training::DataReport* report() const override { return &report_; }

 private:
  // Clips of one id are one source; those for tests are not touched.
  void dealFolds(const Recipe& recipe, std::vector<std::int64_t>& trainRows, std::vector<std::int64_t>& heldRows) const {
    std::vector<std::int64_t> rows = trainRows;
    rows.insert(rows.end(), heldRows.begin(), heldRows.end());
    std::vector<training::SourcedItem> items;
    for (const auto row : rows) {
      const auto& annotation = annotations_->rows[static_cast<std::size_t>(row)];
      const auto found = std::find(classes.begin(), classes.end(), annotation.category) - classes.begin();
      items.push_back({annotation.id, {}, {std::min<std::int64_t>(found, static_cast<std::int64_t>(classes.size()) - 1)}});
    }
    const auto foldOf = training::foldOfEach(items, static_cast<std::int64_t>(classes.size()), recipe.folds, static_cast<std::uint64_t>(recipe.seed));
    trainRows.clear();
    heldRows.clear();
    for (std::size_t n = 0; n < rows.size(); ++n) (foldOf[n] == recipe.fold ? heldRows : trainRows).push_back(rows[n]);
  }

  Result<void> choose(Context& context, const Recipe& recipe) {
    const bool hears = recipe.family != "visual-only", sees = recipe.family != "audio-only";
    const bool features = (!hears || folder_->sound()) && (!sees || folder_->pictures());
    const auto backbone = recipe.backbone != "auto" ? recipe.backbone : features ? "features" : "small";
    if (backbone == "features") {
      if (!features) return fail(ErrorCode::notFound, recipe.data + ": has no audio_feature.h5 or visual_feature.h5; say backbone=small to learn from the media");
      if (hears) addFeatures("sound", *folder_->sound());
      if (sees) addFeatures("picture", *folder_->pictures());
      return {};
    }
    paths_ = std::make_shared<std::vector<std::filesystem::path>>(mediaPaths(recipe));
    cache_ = std::make_shared<training::BlobCache>(recipe.cacheFolder, static_cast<std::uintmax_t>(recipe.cacheMegabytes * 1e6));
    small_ = backbone == "small";
    for (const bool sound : {true, false}) {
      if (sound ? !hears : !sees) continue;
      auto added = small_ ? addSmall(sound) : addPackage(context, sound, sound ? recipe.soundBackbone : recipe.pictureBackbone);
      if (!added) return added;
    }
    return {};
  }

  // By row of the annotations.
  [[nodiscard]] std::vector<std::filesystem::path> mediaPaths(const Recipe& recipe) const {
    std::vector<std::filesystem::path> paths;
    for (const auto& row : annotations_->rows) paths.push_back(eventMedia(recipe.data, row.id));
    return paths;
  }

  // Where sounds come from, if the folder says so and the recipe teaches it.
  Result<void> addPlaces(const Recipe& recipe) {
    const auto table = std::filesystem::path(recipe.data) / "positions.csv";
    std::error_code ignored;
    if (recipe.pointingWeight <= 0.0 || recipe.family == "audio-only" || !std::filesystem::exists(table, ignored)) return {};
    auto read = analysis::readSourcePlaces(table);
    if (!read) return fail(read.error());
    std::vector<std::string> paths;
    for (const auto& path : paths_ ? *paths_ : mediaPaths(recipe)) paths.push_back(path.lexically_relative(recipe.data).generic_string());
    modalities_.push_back(placesModality(std::make_shared<analysis::SourcePlaces>(std::move(*read)), std::move(paths)));
    return {};
  }

  void addFeatures(const std::string& name, const serial::Hdf5Reader& reader) {
    EventModality modality;
    modality.field = {name, reader.rowShape()};
    const auto folder = folder_;
    const auto lock = std::make_shared<std::mutex>();
    modality.read = [folder, lock, &reader](std::int64_t row) -> Result<std::vector<float>> {
      const std::scoped_lock held(*lock);
      std::vector<float> values(static_cast<std::size_t>(reader.rowValues()));
      if (auto read = reader.readRows(row, std::span<float>(values)); !read) return fail(read.error());
      return values;
    };
    modalities_.push_back(std::move(modality));
  }

  Result<void> addSmall(bool sound) {
    if (!sound && !frontend_.picture) return fail(ErrorCode::invalidArgument, "frontend: it says nothing about pictures; small backbones take small-av");
    auto input = secondInputs(frontend_, sound);
    const auto tap = input->featureExtractor()->taps().front();
    modalities_.push_back(mediaModality(tap.name, input, tap, paths_, cache_, inference::frontendToJson(input->spec().frontend).text()));
    return {};
  }

  Result<void> addPackage(Context& context, bool sound, std::string package) {
    if (package.empty()) package = sound ? kUsualSound : kUsualPicture;
    auto model = context.loadModel(package, "features");
    if (!model) return fail(model.error(), "loading the backbone " + package);
    const auto* extractor = (*model)->featureExtractor();
    const auto dimensions = sound ? 1U : 3U;
    if (extractor)
      for (const auto& tap : extractor->taps())
        if (tap.shape.size() == dimensions && extractor->hopSeconds() == 1.0) {
          modalities_.push_back(mediaModality(sound ? "sound" : "picture", *model, tap, paths_, cache_, (*model)->spec().weights.sha256 + tap.name));
          return {};
        }
    return fail(ErrorCode::incompatibleModel, package + ": gives no " + (sound ? "vector" : "grid") + " a second; choose another backbone");
  }

  // Reads every clip once; those that cannot be read are left out and told.
  Result<void> lookAtAll(Context& context, const Recipe& recipe, std::vector<std::int64_t>& trainRows, std::vector<std::int64_t>& heldRows) {
    std::vector<std::int64_t> rows = trainRows;
    rows.insert(rows.end(), heldRows.begin(), heldRows.end());
    std::vector<std::optional<Error>> problems(annotations_->rows.size());
    std::vector<std::string> sums(annotations_->rows.size());
    std::atomic<std::size_t> next{0}, done{0};
    const auto progress = context.progressSink();
    {
      std::vector<std::jthread> threads;
      for (std::int64_t n = 0; n < recipe.loaders; ++n)
        threads.emplace_back([&] {
          for (auto k = next.fetch_add(1); k < rows.size() && !context.stop.stop_requested(); k = next.fetch_add(1)) {
            const auto row = static_cast<std::size_t>(rows[k]);
            for (const auto& modality : modalities_)
              if (auto read = modality.read(rows[k]); !read) problems[row] = read.error();
            if (paths_) sums[row] = serial::sha256OfFile((*paths_)[row]).value_or("");
            if (progress) progress({"reading clips", static_cast<std::int64_t>(++done), static_cast<std::int64_t>(rows.size())});
          }
        });
    }
    if (context.stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    const auto bad = [&](std::int64_t row) { return problems[static_cast<std::size_t>(row)].has_value(); };
    std::string signature;
    for (const auto row : rows) {
      const auto& annotation = annotations_->rows[static_cast<std::size_t>(row)];
      if (bad(row)) report_.broken.push_back({annotation.id, problems[static_cast<std::size_t>(row)]->describe()});
      signature += annotation.category + "|" + annotation.id + "|" + std::to_string(annotation.start) + "|" + std::to_string(annotation.end) + "|" + sums[static_cast<std::size_t>(row)] + "\n";
    }
    std::erase_if(trainRows, bad);
    std::erase_if(heldRows, bad);
    report_.signature = serial::sha256OfText(signature);
    report_.items = static_cast<std::int64_t>(rows.size());
    if (trainRows.empty())
      return fail(ErrorCode::corruptData, recipe.data + ": no clip can be learned from" + (report_.broken.empty() ? "; train_order.h5 is empty" : "; the first: " + report_.broken.front().reason));
    return {};
  }

  void describe(const Recipe& recipe, const std::vector<std::int64_t>& trainRows, const std::vector<std::int64_t>& heldRows) {
    report_.train = static_cast<std::int64_t>(trainRows.size());
    report_.validation = static_cast<std::int64_t>(heldRows.size());
    report_.test = static_cast<std::int64_t>(folder_->splits().test.size());
    report_.seconds = static_cast<double>(report_.train * datasets::kAveSegments);
    report_.classes = classes;
    description = std::filesystem::path(recipe.data).filename().string() + ": " + std::to_string(annotations_->rows.size()) + " clips of " + std::to_string(classes.size() - 1) +
                  " events; " + std::to_string(report_.train) + " were learned from, " + std::to_string(report_.validation) + " held out.";
  }

  std::shared_ptr<datasets::AveFolder> folder_;
  std::shared_ptr<const datasets::AveAnnotations> annotations_;
  std::shared_ptr<std::vector<std::filesystem::path>> paths_;
  std::shared_ptr<training::BlobCache> cache_;
  std::vector<EventModality> modalities_;
  FrontendSpec frontend_;
  bool small_ = false;
  training::DataReport report_;
  std::unique_ptr<training::Examples> train_, held_;
};

}  // namespace

std::filesystem::path eventMedia(const std::filesystem::path& folder, const std::string& id) {
  const auto inside = folder / "AVE" / (id + ".mp4");
  std::error_code ignored;
  return std::filesystem::exists(inside, ignored) ? inside : folder / (id + ".mp4");
}

Result<std::unique_ptr<TrainData>> openEventData(Context& context, const Recipe& recipe, const FrontendSpec& frontend) {
  auto data = std::make_unique<EventData>();
  if (auto opened = data->open(context, recipe, frontend); !opened) return fail(opened.error());
  return std::unique_ptr<TrainData>(std::move(data));
}

}  // namespace chladni::cli
