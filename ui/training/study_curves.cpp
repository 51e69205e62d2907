#include "ui/training/study_curves.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <optional>

#include "ui/training/recipe_form.h"
#include "ui/training/run_words.h"
#include "ui/workspace/text.h"
#include "widgets/theme/class_colours.h"

namespace chladni::ui {
namespace {

using runs::StudyReading;
using training::StudyRow;

constexpr std::size_t kMostPoints = 2000;  // of a mean: more cannot be seen

std::optional<double> asNumber(const std::string& text) {
  bool good = false;
  const double value = QString::fromStdString(text).toDouble(&good);
  return good ? std::optional(value) : std::nullopt;
}

QString meanText(double mean, double deviation, bool several) {
  return several ? QStringLiteral("%1 ± %2").arg(figureText(mean), figureText(deviation)) : figureText(mean);
}

bool sameValues(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](const std::string& one, const std::string& other) {
    const auto x = asNumber(one), y = asNumber(other);
    return x && y ? *x == *y : one == other;
  });
}

std::filesystem::path modelOf(const StudyReading& study, std::size_t point, std::int64_t fold = 0) {
  for (const auto& member : study.members)
    if (member.run.point == point && member.hasModel && (fold == 0 || member.run.recipe.fold == fold)) return study.folder / member.run.folder;
  return {};
}

QStringList texts(const std::vector<std::string>& values) {
  QStringList made;
  for (const auto& value : values) made << QString::fromStdString(value);
  return made;
}

StudyLine publishedLine(const training::PublishedRow& row, const QStringList& names) {
  StudyLine line{true, texts(row.values), row.label.empty() ? tr("published") : tr("published, from %1").arg(QString::fromStdString(row.label)), {}, {}};
  for (const QString& name : names) {
    const auto found = std::find_if(row.figures.begin(), row.figures.end(), [&](const auto& one) { return QString::fromStdString(one.first) == name; });
    line.figures << (found == row.figures.end() ? QString() : figureText(found->second));
  }
  return line;
}

StudyLine ownLine(const StudyRow& row, const QStringList& names) {
  StudyLine line{false, texts(row.values), row.runs == 0 ? tr("not yet") : row.runs == 1 ? tr("1 run") : tr("%1 runs").arg(row.runs), {}, {}};
  for (const QString& name : names) {
    const auto* figure = row.find(name.toStdString());
    line.figures << (figure == nullptr ? QString() : meanText(figure->mean, figure->deviation, figure->values.size() > 1));
  }
  return line;
}

// Of a cross-validation alone: what each fold has, in the order of the runs that have ended.
void addFolds(std::vector<StudyLine>& lines, const StudyReading& study, const QStringList& names) {
  std::size_t place = 0;
  for (const auto& member : study.members) {
    if (member.phase != runs::RunPhase::finished) continue;
    StudyLine line{false, {}, tr("fold %1").arg(member.run.recipe.fold), {}, modelOf(study, 0, member.run.recipe.fold)};
    for (const QString& name : names) {
      const auto* figure = study.table.rows.front().find(name.toStdString());
      line.figures << (figure != nullptr && place < figure->values.size() ? figureText(figure->values[place]) : QString());
    }
    lines.push_back(std::move(line));
    ++place;
  }
}

// At x between two points; NaN outside.
double valueAt(const Line& line, double x) {
  const auto& [xs, ys] = line;
  const std::size_t count = std::min(xs.size(), ys.size());
  const auto right = static_cast<std::size_t>(std::lower_bound(xs.begin(), xs.begin() + static_cast<std::ptrdiff_t>(count), x) - xs.begin());
  if (right == count) return std::numeric_limits<double>::quiet_NaN();
  if (xs[right] == x) return ys[right];
  if (right == 0) return std::numeric_limits<double>::quiet_NaN();
  const double share = (x - xs[right - 1]) / (xs[right] - xs[right - 1]);
  return ys[right - 1] + share * (ys[right] - ys[right - 1]);
}

using LineOf = std::function<Line(const runs::RunHistory&)>;

// One mean for each combination. Runs under way count once the others of their combination are as far.
Curves pointCurves(const StudyReading& study, const LineOf& lineOf) {
  Curves curves;
  for (std::size_t point = 0; point < study.study.points(); ++point) {
    std::vector<Line> lines;
    for (const auto& member : study.members) {
      if (member.run.point != point || !member.history) continue;
      Line line = lineOf(*member.history);
      if (std::any_of(line.second.begin(), line.second.end(), [](double y) { return std::isfinite(y); })) lines.push_back(std::move(line));
    }
    if (lines.empty()) continue;
    MeanLine mean = meanOf(lines);
    widgets::Curve curve{pointName(study.study, point), widgets::seriesColour(static_cast<int>(point)), std::move(mean.x), std::move(mean.mean)};
    curve.spread = std::move(mean.deviation);
    curves.push_back(std::move(curve));
  }
  return curves;
}

Curves stepCurves(const StudyReading& study, const CurveChoice& choice, std::vector<double> runs::StepColumns::*column, bool smooth) {
  return pointCurves(study, [&](const runs::RunHistory& history) {
    const auto& values = history.steps.*column;
    return Line(stepAxis(history, choice.axis), smooth ? smoothed(values, smoothingFor(choice, values.size())) : values);
  });
}

SweepPicture foldPicture(const StudyReading& study, const std::string& figure) {
  SweepPicture picture;
  picture.x = tr("fold");
  const auto* found = study.table.rows.empty() ? nullptr : study.table.rows.front().find(figure);
  if (found == nullptr) return picture;
  widgets::Curve folds{tr("each fold"), widgets::seriesColour(0), {}, found->values};
  for (std::size_t n = 0; n < found->values.size(); ++n) folds.x.push_back(static_cast<double>(n));
  for (const auto& member : study.members)
    if (member.phase == runs::RunPhase::finished) picture.words << QString::number(member.run.recipe.fold);
  folds.marked = true;
  widgets::Curve mean{tr("mean and deviation"), widgets::seriesColour(1), folds.x, std::vector<double>(folds.x.size(), found->mean), false, true};
  mean.spread.assign(folds.x.size(), found->deviation);
  picture.curves = {mean, folds};
  return picture;
}

}  // namespace

MeanLine meanOf(const std::vector<Line>& lines) {
  MeanLine made;
  const auto longest = std::max_element(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.first.empty() || (!b.first.empty() && a.first.back() < b.first.back()); });
  if (longest == lines.end() || longest->first.empty()) return made;
  if (lines.size() == 1) return {longest->first, longest->second, {}};
  const std::size_t step = std::max<std::size_t>(1, longest->first.size() / kMostPoints);
  for (std::size_t i = 0; i < longest->first.size(); i += step) {
    const double x = longest->first[i];
    double mean = 0.0, square = 0.0;
    std::size_t count = 0;
    for (const Line& line : lines) {
      const double y = valueAt(line, x);
      if (!std::isfinite(y)) continue;
      mean += y;
      square += y * y;
      ++count;
    }
    if (count * 2 < lines.size() || count == 0) continue;
    mean /= static_cast<double>(count);
    made.x.push_back(x);
    made.mean.push_back(mean);
    made.deviation.push_back(std::sqrt(std::max(0.0, square / static_cast<double>(count) - mean * mean)));
  }
  return made;
}

QString pointName(const training::Study& study, std::size_t point) {
  QStringList parts;
  const auto values = study.valuesAt(point);
  for (std::size_t n = 0; n < values.size(); ++n) parts << spokenName(study.axes()[n].field) + ' ' + QString::fromStdString(values[n]);
  return parts.isEmpty() ? tr("mean of the folds") : parts.join(QStringLiteral(", "));
}

QStringList studyFigures(const training::StudyTable& table) {
  QStringList names = texts(table.mainFigures());
  for (const auto& name : table.figureNames())
    if (!names.contains(QString::fromStdString(name))) names << QString::fromStdString(name);
  return names;
}

SweepPicture sweepPicture(const StudyReading& study, const QString& figure) {
  SweepPicture picture;
  const auto name = figure.toStdString();
  const auto& table = study.table;
  if (study.study.axes().empty()) return foldPicture(study, name);
  const auto& axis = study.study.axes().front();
  picture.x = spokenName(axis.field);
  const bool numbers = std::all_of(axis.values.begin(), axis.values.end(), [](const auto& value) { return asNumber(value).has_value(); });
  if (!numbers) picture.words = texts(axis.values);
  const auto place = [&](const std::string& value) {
    return numbers ? *asNumber(value) : static_cast<double>(std::find(axis.values.begin(), axis.values.end(), value) - axis.values.begin());
  };
  const auto curveNamed = [&](const QString& title, bool published) -> widgets::Curve& {
    const auto found = std::find_if(picture.curves.begin(), picture.curves.end(), [&](const auto& curve) { return curve.name == title; });
    if (found != picture.curves.end()) return *found;
    widgets::Curve made{title, widgets::seriesColour(static_cast<int>(picture.curves.size())), {}, {}, published, published};
    made.marked = true;
    return picture.curves.emplace_back(std::move(made));
  };
  struct Point {
    double x, y, deviation;
  };
  std::map<QString, std::vector<Point>> points;
  for (const auto& row : table.rows) {
    const auto* found = row.find(name);
    if (found == nullptr) continue;
    QStringList others;
    for (std::size_t n = 1; n < row.values.size(); ++n) others << spokenName(table.fields[n]) + ' ' + QString::fromStdString(row.values[n]);
    const QString title = others.isEmpty() ? tr("this study") : others.join(QStringLiteral(", "));
    curveNamed(title, false);
    points[title].push_back({place(row.values.front()), found->mean, found->values.size() > 1 ? found->deviation : 0.0});
  }
  for (const auto& row : table.published) {
    const auto found = std::find_if(row.figures.begin(), row.figures.end(), [&](const auto& one) { return one.first == name; });
    if (found == row.figures.end() || !numbers || !asNumber(row.values.front())) continue;
    const QString title = row.label.empty() ? tr("published") : tr("published, from %1").arg(QString::fromStdString(row.label));
    curveNamed(title, true);
    points[title].push_back({*asNumber(row.values.front()), found->second, 0.0});
  }
  for (auto& curve : picture.curves) {
    auto& own = points[curve.name];
    std::sort(own.begin(), own.end(), [](const Point& a, const Point& b) { return a.x < b.x; });
    const bool several = std::any_of(own.begin(), own.end(), [](const Point& one) { return one.deviation > 0.0; });
    for (const Point& one : own) {
      curve.x.push_back(one.x);
      curve.y.push_back(one.y);
      if (several) curve.spread.push_back(one.deviation);
    }
  }
  return picture;
}

std::vector<StudyLine> studyLines(const StudyReading& study) {
  std::vector<StudyLine> lines;
  const QStringList names = studyFigures(study.table);
  std::vector<bool> placed(study.table.published.size(), false);
  for (std::size_t point = 0; point < study.table.rows.size(); ++point) {
    const auto& row = study.table.rows[point];
    if (study.study.axes().empty()) addFolds(lines, study, names);
    lines.push_back(ownLine(row, names));
    if (study.study.axes().empty()) lines.back().origin = tr("mean of %1").arg(lines.back().origin);
    lines.back().model = modelOf(study, point);
    for (std::size_t n = 0; n < study.table.published.size(); ++n) {
      if (placed[n] || !sameValues(study.table.published[n].values, row.values)) continue;
      placed[n] = true;
      lines.push_back(publishedLine(study.table.published[n], names));
    }
  }
  for (std::size_t n = 0; n < study.table.published.size(); ++n)
    if (!placed[n]) lines.push_back(publishedLine(study.table.published[n], names));
  return lines;
}

std::vector<ShownRun> runsOf(const StudyReading& study) {
  std::vector<ShownRun> shown;
  for (const auto& member : study.members)
    if (member.history) shown.push_back({QString::fromStdString(member.run.folder), {}, member.history});
  return shown;
}

Curves studyLossCurves(const StudyReading& study, const CurveChoice& choice) {
  Curves curves = stepCurves(study, choice, &runs::StepColumns::loss, true);
  for (auto& held : pointCurves(study, [&](const runs::RunHistory& history) {
         const auto* column = history.figure("loss");
         return column == nullptr ? Line() : Line(epochAxis(history, choice.axis), column->values);
       })) {
    // Held out: dashed, told apart by the line alone, as with several runs.
    held.dashed = true;
    held.name.clear();
    held.spread.clear();
    curves.push_back(std::move(held));
  }
  return curves;
}

Curves studyFigureCurves(const StudyReading& study, const CurveChoice& choice) {
  return pointCurves(study, [&](const runs::RunHistory& history) {
    const auto* column = history.figure(choice.figure.isEmpty() ? history.metric : choice.figure.toStdString());
    return column == nullptr ? Line() : Line(epochAxis(history, choice.axis), column->values);
  });
}

Curves studyRateCurves(const StudyReading& study, const CurveChoice& choice) { return stepCurves(study, choice, &runs::StepColumns::rate, false); }

Curves studySpeedCurves(const StudyReading& study, const CurveChoice& choice) { return stepCurves(study, choice, &runs::StepColumns::samplesPerSecond, false); }

}  // namespace chladni::ui
