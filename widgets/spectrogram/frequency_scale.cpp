#include "widgets/spectrogram/frequency_scale.h"

#include <algorithm>
#include <cmath>

namespace chladni::widgets {
namespace {

constexpr double kLowestHz = 30.0;  // of the logarithmic axis

}  // namespace

FrequencyScale::FrequencyScale(Kind kind, std::vector<float> bins) : kind_(kind), bins_(std::move(bins)) {
  if (bins_.empty()) return;
  low_ = kind_ == Kind::linear ? 0.0 : kind_ == Kind::logarithmic ? std::max(kLowestHz, static_cast<double>(bins_.front())) : bins_.front();
  high_ = bins_.back();
  if (bins_.size() == 1) high_ = low_ + 1.0;
}

double FrequencyScale::valueAt(double share) const {
  share = std::clamp(share, 0.0, 1.0);
  if (kind_ == Kind::linear) return share * high_;
  if (kind_ == Kind::logarithmic) return low_ * std::pow(high_ / low_, share);
  const double place = std::clamp(share * static_cast<double>(bins_.size()) - 0.5, 0.0, static_cast<double>(bins_.size() - 1));
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, bins_.size() - 1);
  return bins_[below] + (place - static_cast<double>(below)) * (bins_[above] - bins_[below]);
}

double FrequencyScale::shareOf(double value) const {
  if (kind_ == Kind::linear) return value / high_;
  if (kind_ == Kind::logarithmic) return std::log(value / low_) / std::log(high_ / low_);
  const auto above = std::lower_bound(bins_.begin(), bins_.end(), static_cast<float>(value));
  const auto index = static_cast<double>(above - bins_.begin());
  const auto count = static_cast<double>(bins_.size());
  if (above == bins_.begin()) return 0.5 / count;
  if (above == bins_.end()) return (count - 0.5) / count;
  const double below = *(above - 1);
  return (index + 0.5 - (*above - value) / std::max(1e-9, *above - below)) / count;
}

int FrequencyScale::binAt(double share) const {
  const auto last = static_cast<int>(bins_.size()) - 1;
  if (kind_ == Kind::rows) return std::clamp(static_cast<int>(share * static_cast<double>(bins_.size())), 0, last);
  const auto value = static_cast<float>(valueAt(share));
  const auto above = static_cast<int>(std::lower_bound(bins_.begin(), bins_.end(), value) - bins_.begin());
  if (above <= 0 || above > last) return std::clamp(above, 0, last);
  return value - bins_[static_cast<std::size_t>(above - 1)] < bins_[static_cast<std::size_t>(above)] - value ? above - 1 : above;
}

std::vector<FrequencyScale::Row> FrequencyScale::rows(int count) const {
  std::vector<Row> result(empty() ? 0 : static_cast<std::size_t>(std::max(1, count)));
  const auto last = static_cast<int>(bins_.size()) - 1;
  const auto pixel = 1.0 / std::max(1, count);
  for (std::size_t r = 0; r < result.size(); ++r) {
    const double topShare = 1.0 - static_cast<double>(r) * pixel;
    const double bottomShare = topShare - pixel;
    if (kind_ == Kind::rows) {
      const int below = binAt(bottomShare + pixel * 1e-6);
      result[r] = {below, std::max(below, binAt(topShare - pixel * 1e-6)), 0.0F};
      continue;
    }
    const double top = valueAt(topShare);
    const double bottom = valueAt(bottomShare);
    const auto above = static_cast<int>(std::upper_bound(bins_.begin(), bins_.end(), static_cast<float>(top)) - bins_.begin());
    const auto below = static_cast<int>(std::lower_bound(bins_.begin(), bins_.end(), static_cast<float>(bottom)) - bins_.begin());
    if (above - below >= 2) {
      result[r] = {below, std::min(above - 1, last), 0.0F};
      continue;
    }
    // Fewer bins than rows here: between two of them.
    const double middle = (top + bottom) / 2.0;
    const auto upper = static_cast<int>(std::upper_bound(bins_.begin(), bins_.end(), static_cast<float>(middle)) - bins_.begin());
    const int left = std::clamp(upper - 1, 0, last);
    const int right = std::clamp(upper, 0, last);
    const double width = bins_[static_cast<std::size_t>(right)] - bins_[static_cast<std::size_t>(left)];
    const double mix = width > 0.0 ? (middle - bins_[static_cast<std::size_t>(left)]) / width : 0.0;
    result[r] = {left, right, static_cast<float>(std::max(1e-3, mix))};
  }
  return result;
}

}  // namespace chladni::widgets
