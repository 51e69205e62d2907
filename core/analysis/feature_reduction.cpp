#include "core/analysis/feature_reduction.h"

#include <charconv>
#include <fstream>
#include <numeric>

#include "core/reduction/channels.h"
#include "core/reduction/streamed_pca.h"

namespace chladni::analysis {

namespace {

constexpr std::size_t kValuesAtOnce = 1 << 20;

std::int64_t product(std::span<const std::int64_t> shape) {
  return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

Result<std::vector<std::int64_t>> reducedShapeOf(const FeatureReduction& reduction, const std::vector<std::int64_t>& shape) {
  std::vector<std::int64_t> reduced = shape;
  const std::int64_t channels = shape.back();
  switch (reduction.kind) {
    case FeatureReduction::Kind::none: break;
    case FeatureReduction::Kind::meanOfRegions: reduced = {channels}; break;
    case FeatureReduction::Kind::meanOfChannels:
      if (channels % reduction.number != 0)
        return fail(ErrorCode::invalidArgument, "--reduce mean:" + std::to_string(reduction.number) + ": " +
                                                    std::to_string(channels) + " channels do not divide into such groups");
      reduced.back() = channels / reduction.number;
      break;
    case FeatureReduction::Kind::pca:
      if (reduction.number > channels)
        return fail(ErrorCode::invalidArgument, "--reduce pca:" + std::to_string(reduction.number) + ": there are only " +
                                                    std::to_string(channels) + " channels");
      reduced.back() = reduction.number;
      break;
  }
  return reduced;
}

std::vector<float> meanOfRegions(std::span<const float> rows, std::int64_t regions, std::int64_t channels) {
  const auto count = static_cast<std::int64_t>(rows.size()) / (regions * channels);
  std::vector<float> means(static_cast<std::size_t>(count * channels));
  for (std::int64_t row = 0; row < count; ++row)
    for (std::int64_t c = 0; c < channels; ++c) {
      double sum = 0.0;
      for (std::int64_t region = 0; region < regions; ++region)
        sum += rows[static_cast<std::size_t>((row * regions + region) * channels + c)];
      means[static_cast<std::size_t>(row * channels + c)] = static_cast<float>(sum / static_cast<double>(regions));
    }
  return means;
}

}  // namespace

Result<FeatureReduction> FeatureReduction::parse(const std::string& text) {
  if (text.empty()) return FeatureReduction{};
  if (text == "mean") return FeatureReduction{Kind::meanOfRegions, 0};
  const auto colon = text.find(':');
  const std::string name = text.substr(0, colon);
  std::int64_t number = 0;
  const char* first = text.data() + (colon == std::string::npos ? text.size() : colon + 1);
  const auto [end, problem] = std::from_chars(first, text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size() || number < 1 || (name != "mean" && name != "pca"))
    return fail(ErrorCode::invalidArgument, "--reduce is mean, mean:G (groups of channels) or pca:N, not \"" + text + "\"");
  return FeatureReduction{name == "pca" ? Kind::pca : Kind::meanOfChannels, number};
}

struct FeatureReducer::State {
  FeatureReduction reduction;
  std::vector<std::int64_t> shape, reduced;
  std::filesystem::path scratch;
  RowSink sink;
  std::ofstream held;
  std::optional<reduction::StreamedPca> pca;
  std::vector<TensorBlob> basis;

  [[nodiscard]] std::int64_t channels() const { return shape.back(); }
  [[nodiscard]] Error scratchFailure() const {
    return {ErrorCode::io, scratch.string() + ": the rows for the principal components cannot be kept; free some disk space", {}};
  }
  Result<void> hold(std::span<const float> rows) {
    auto added = pca->add(reduction::Rows(rows, channels()));
    if (!added) return added;
    held.write(reinterpret_cast<const char*>(rows.data()), static_cast<std::streamsize>(rows.size_bytes()));
    return held ? Result<void>{} : fail(scratchFailure());
  }
  // Calls `take` with whole observations, block after block.
  Result<void> replay(const std::function<Result<void>(const reduction::Rows&)>& take) const {
    std::ifstream in(scratch, std::ios::binary);
    const auto width = static_cast<std::size_t>(channels());
    std::vector<float> block(std::max<std::size_t>(1, kValuesAtOnce / width) * width);
    for (;;) {
      in.read(reinterpret_cast<char*>(block.data()), static_cast<std::streamsize>(block.size() * sizeof(float)));
      const auto values = static_cast<std::size_t>(in.gcount()) / sizeof(float);
      if (values == 0) return in.eof() ? Result<void>{} : fail(scratchFailure());
      auto taken = take(reduction::Rows(std::span(block).first(values), channels()));
      if (!taken) return taken;
    }
  }
  Result<void> finishPca() {
    held.close();
    if (!held) return fail(scratchFailure());
    auto fitted = pca->fit(reduction.number);
    if (!fitted) return fail(fitted.error());
    reduction::ScoreSigns signs(*fitted);
    auto looked = replay([&](const reduction::Rows& rows) { return signs.add(rows); });
    if (!looked) return looked;
    const reduction::Pca settled = signs.settled();
    basis = reduction::toBlobs(settled);
    return replay([&](const reduction::Rows& rows) -> Result<void> {
      auto scores = reduction::project(settled, rows);
      if (!scores) return fail(scores.error());
      return sink(std::vector<float>(scores->values.begin(), scores->values.end()));
    });
  }
};

FeatureReducer::FeatureReducer(std::unique_ptr<State> state) : state_(std::move(state)) {}
FeatureReducer::FeatureReducer(FeatureReducer&&) noexcept = default;
FeatureReducer& FeatureReducer::operator=(FeatureReducer&&) noexcept = default;
FeatureReducer::~FeatureReducer() {
  if (!state_ || !state_->pca) return;
  state_->held.close();
  std::error_code ignored;
  std::filesystem::remove(state_->scratch, ignored);
}

Result<FeatureReducer> FeatureReducer::create(const FeatureReduction& reduction, std::vector<std::int64_t> rowShape,
                                              const std::filesystem::path& scratch, RowSink sink) {
  auto reduced = reducedShapeOf(reduction, rowShape);
  if (!reduced) return fail(reduced.error());
  auto state = std::make_unique<State>();
  state->reduction = reduction;
  state->shape = std::move(rowShape);
  state->reduced = std::move(*reduced);
  state->scratch = scratch;
  state->sink = std::move(sink);
  if (reduction.kind == FeatureReduction::Kind::pca) {
    auto pca = reduction::StreamedPca::create(state->channels());
    if (!pca) return fail(pca.error());
    state->pca = std::move(*pca);
    state->held.open(scratch, std::ios::binary | std::ios::trunc);
    if (!state->held) return fail(state->scratchFailure());
  }
  return FeatureReducer(std::move(state));
}

const std::vector<std::int64_t>& FeatureReducer::reducedShape() const { return state_->reduced; }
const std::vector<TensorBlob>& FeatureReducer::basis() const { return state_->basis; }

Result<void> FeatureReducer::add(std::span<const float> rows) {
  State& state = *state_;
  switch (state.reduction.kind) {
    case FeatureReduction::Kind::none: return state.sink(rows);
    case FeatureReduction::Kind::meanOfRegions:
      return state.sink(meanOfRegions(rows, product(state.shape) / state.channels(), state.channels()));
    case FeatureReduction::Kind::meanOfChannels: {
      auto means = reduction::meanOfGroups(reduction::Rows(rows, state.channels()), state.reduction.number);
      if (!means) return fail(means.error());
      return state.sink(means->values);
    }
    case FeatureReduction::Kind::pca: return state.hold(rows);
  }
  return {};
}

Result<void> FeatureReducer::finish() { return state_->pca ? state_->finishPca() : Result<void>{}; }

}  // namespace chladni::analysis
