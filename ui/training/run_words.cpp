#include "ui/training/run_words.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "ui/workspace/text.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {

using runs::RunPhase;

QString phaseWord(RunPhase phase) {
  switch (phase) {
    case RunPhase::queued: return tr("in the queue");
    case RunPhase::starting: return tr("looking at the data");
    case RunPhase::running: return tr("learning");
    case RunPhase::paused: return tr("paused");
    case RunPhase::finished: return tr("finished");
    case RunPhase::stopped: return tr("stopped");
    case RunPhase::failed: return tr("failed");
    case RunPhase::interrupted: return tr("interrupted");
    case RunPhase::broken: break;
  }
  return tr("unreadable");
}

QColor phaseColour(RunPhase phase) {
  const auto& theme = widgets::theme();
  switch (phase) {
    case RunPhase::running:
    case RunPhase::starting: return theme.accent;
    case RunPhase::finished: return theme.ok;
    case RunPhase::paused:
    case RunPhase::interrupted: return theme.warn;
    case RunPhase::failed:
    case RunPhase::broken: return theme.bad;
    default: return theme.quiet;
  }
}

QString spanText(double seconds) {
  const auto whole = static_cast<qint64>(std::llround(std::max(0.0, seconds)));
  if (whole < 60) return tr("%1 s").arg(whole);
  if (whole < 3600) return tr("%1 min").arg((whole + 30) / 60);
  if (whole < 86400) return tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
  return tr("%1 d %2 h").arg(whole / 86400).arg(whole % 86400 / 3600);
}

QString countText(double count) {
  if (count < 10'000) return QString::number(std::llround(count));
  if (count < 1e6) return tr("%1 k").arg(count / 1e3, 0, 'f', 1);
  return tr("%1 M").arg(count / 1e6, 0, 'f', 1);
}

QString dateText(double secondsSince1970) {
  const auto when = QDateTime::fromSecsSinceEpoch(static_cast<qint64>(secondsSince1970));
  const auto days = when.date().daysTo(QDate::currentDate());
  const QString clock = when.toString(QStringLiteral("HH:mm"));
  if (days == 0) return tr("today %1").arg(clock);
  if (days == 1) return tr("yesterday %1").arg(clock);
  return QLocale(QLocale::English).toString(when.date(), QStringLiteral("d MMM yyyy"));
}

QString figureText(double value) {
  if (!std::isfinite(value)) return QStringLiteral("–");
  const double size = std::abs(value);
  if (size != 0.0 && (size < 1e-3 || size >= 1e5)) return QString::number(value, 'g', 3).replace('-', QChar(0x2212));
  return QString::number(value, 'f', size < 10.0 ? 3 : size < 1000.0 ? 1 : 0).replace('-', QChar(0x2212));
}

QString courseText(const runs::RunSummary& run) {
  QStringList parts;
  if (run.isStudy()) {
    parts << tr("%1 of %2 runs done").arg(run.runsDone).arg(run.runs);
    if (!run.alive()) return parts.join(QString());
    if (!run.runNow.empty()) parts << QString::fromStdString(run.runNow);
  }
  if (run.epochs > 0 && run.epoch > 0) parts << tr("epoch %1 of %2").arg(run.epoch).arg(run.epochs);
  // A run may end before its last step: its minutes were up, or it learned no more.
  const bool toGo = run.steps > 0 && run.phase != RunPhase::finished;
  if (run.step > 0) parts << (toGo ? tr("step %1 of %2").arg(run.step).arg(run.steps) : tr("step %1").arg(run.step));
  if (run.loss) parts << tr("loss %1").arg(figureText(*run.loss));
  if (run.best) parts << tr("best %1 %2").arg(QString::fromStdString(run.metric), figureText(*run.best)).simplified();
  if (run.etaSeconds && run.phase == RunPhase::running) parts << tr("%1 left").arg(spanText(*run.etaSeconds));
  return parts.join(QStringLiteral(" · "));
}

double shareDone(const runs::RunSummary& run) {
  if (run.phase == RunPhase::finished) return 1.0;
  const double within = run.steps > 0 ? std::clamp(static_cast<double>(run.step) / static_cast<double>(run.steps), 0.0, 1.0) : 0.0;
  if (run.isStudy()) return std::clamp((static_cast<double>(run.runsDone) + (run.alive() ? within : 0.0)) / static_cast<double>(run.runs), 0.0, 1.0);
  if (run.steps <= 0 || run.step <= 0) return run.alive() ? 0.0 : -1.0;
  return within;
}

void setTextColour(QLabel& label, const QColor& colour) {
  const QString sheet = QStringLiteral("color: %1").arg(colour.name());
  if (label.styleSheet() != sheet) label.setStyleSheet(sheet);
}

}  // namespace chladni::ui
