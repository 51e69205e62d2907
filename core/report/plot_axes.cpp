#include "core/report/plot_axes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "core/report/plots.h"

namespace chladni::report {

namespace {

constexpr double kLeft = 56.0;
constexpr double kRight = 14.0;
constexpr double kTop = 8.0;
constexpr double kBottom = 24.0;
constexpr int kMostTimes = 9;

std::vector<double> stepsOf(double last, double step) {
  std::vector<double> at;
  for (int i = 0; i * step <= last * (1.0 + 1e-9); ++i) at.push_back(i * step);
  return at;
}

}  // namespace

std::vector<double> roundSteps(double last, int most) {
  if (!(last > 0.0)) return {0.0};
  double step = std::pow(10.0, std::floor(std::log10(last / most)));
  for (const double factor : {1.0, 2.0, 5.0, 10.0})
    if (last / (step * factor) <= most) return stepsOf(last, step * factor);
  return stepsOf(last, step * 10.0);
}

std::vector<double> timeSteps(double seconds, int most) {
  for (const double step : {15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 14400.0, 28800.0, 86400.0})
    if (seconds > 45.0 && seconds / step <= most) return stepsOf(seconds, step);
  return roundSteps(seconds, most);
}

Box dataBox(double width, double height) { return {kLeft, kTop, width - kLeft - kRight, height - kTop - kBottom}; }

double timeX(const Box& box, double at, double seconds) {
  return box.x + box.width * std::clamp(seconds > 0.0 ? at / seconds : 0.0, 0.0, 1.0);
}

void drawTimeAxis(Canvas& canvas, const Box& box, double seconds) {
  const double floor = box.y + box.height;
  canvas.line(std::array<Point, 2>{{{box.x, floor}, {box.x + box.width, floor}}}, {Ink::faint, 1.0, {}});
  const auto times = timeSteps(seconds, kMostTimes);
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double x = timeX(box, times[i], seconds);
    canvas.line(std::array<Point, 2>{{{x, floor}, {x, floor + 4.0}}}, {Ink::faint, 1.0, {}});
    canvas.text({x, floor + 17.0}, timeText(times[i]) + (i + 1 == times.size() && seconds < 60.0 ? " s" : ""), kLabelSize, Ink::faint,
                x > box.x + box.width - 20.0 ? Align::end : Align::middle);
  }
}

void drawLevel(Canvas& canvas, const Box& box, double y, const std::string& label) {
  canvas.line(std::array<Point, 2>{{{box.x, y}, {box.x + box.width, y}}}, {Ink::grid, 1.0, {}});
  canvas.text({box.x - 6.0, y + 4.0}, label, kLabelSize, Ink::faint, Align::end);
}

std::string timeText(double seconds) {
  const auto hundredths = std::llround(std::max(seconds, 0.0) * 100.0);
  const long long whole = hundredths / 100;
  std::string fraction;
  if (hundredths % 100 != 0) {
    char text[8];
    std::snprintf(text, sizeof text, ".%02lld", hundredths % 100);
    fraction = text;
    if (fraction.back() == '0') fraction.pop_back();
  }
  char text[48];
  if (whole >= 3600)
    std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", whole / 3600, whole / 60 % 60, whole % 60);
  else if (whole >= 60)
    std::snprintf(text, sizeof text, "%lld:%02lld", whole / 60, whole % 60);
  else
    std::snprintf(text, sizeof text, "%lld", whole);
  return text + fraction;
}

std::string percentText(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f %%", 100.0 * share);
  return text;
}

}  // namespace chladni::report
