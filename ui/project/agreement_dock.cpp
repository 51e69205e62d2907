#include "ui/project/agreement_dock.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

#include "ui/project/label_controller.h"
#include "ui/workspace/text.h"
#include "widgets/time_axis/time_axis.h"

namespace chladni::ui {
namespace {

constexpr int kSettlesMs = 150;
constexpr double kAround = 1.0;  // seconds shown to each side of a disagreement

QString shown(const std::optional<Label>& label) {
  if (!label) return QStringLiteral("–");
  return label->text.empty() ? AgreementDock::tr("(no class)") : QString::fromStdString(label->text);
}

QString lineOf(const metrics::Disagreement& one) {
  const QString when = QStringLiteral("%1 – %2 s").arg(one.span.start.seconds(), 0, 'f', 2).arg(one.span.end.seconds(), 0, 'f', 2);
  switch (one.kind) {
    case metrics::DisagreementKind::onlyFirst: return AgreementDock::tr("%1   only the first: %2").arg(when, shown(one.first));
    case metrics::DisagreementKind::onlySecond: return AgreementDock::tr("%1   only the second: %2").arg(when, shown(one.second));
    case metrics::DisagreementKind::otherText: return AgreementDock::tr("%1   %2 or %3").arg(when, shown(one.first), shown(one.second));
    case metrics::DisagreementKind::boundaries: return AgreementDock::tr("%1   edges of %2").arg(when, shown(one.first));
  }
  return when;
}

QString summaryOf(const metrics::LabelAgreement& a) {
  const auto number = [](double value) { return QString::number(value, 'f', 2); };
  const QString kappa = a.kappa ? number(*a.kappa) : AgreementDock::tr("undefined");
  return AgreementDock::tr("kappa %1 · overlap %2\nevents: F1 %3, precision %4, recall %5\nedges apart: start %6 s, end %7 s, most %8 s")
      .arg(kappa, a.overlap ? number(*a.overlap) : QStringLiteral("–"), number(a.events.f1), number(a.events.precision), number(a.events.recall))
      .arg(a.boundaries.meanAbsoluteStart, 0, 'f', 3)
      .arg(a.boundaries.meanAbsoluteEnd, 0, 'f', 3)
      .arg(a.boundaries.largest, 0, 'f', 3);
}

}  // namespace

AgreementDock::AgreementDock(LabelController& labels, widgets::TimeAxis& axis, QWidget* parent)
    : QDockWidget(tr("Agreement"), parent), labels_(labels), axis_(axis), first_(new QComboBox(this)), second_(new QComboBox(this)),
      tolerance_(new QDoubleSpinBox(this)), summary_(new QLabel(this)), list_(new QListWidget(this)) {
  setObjectName("agreement");
  first_->setObjectName("agreementFirst");
  second_->setObjectName("agreementSecond");
  first_->setAccessibleName(tr("First voice, which counts as the truth"));
  second_->setAccessibleName(tr("Second voice"));
  for (QComboBox* box : {first_, second_}) {
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(box, &QComboBox::activated, this, &AgreementDock::compare);
  }
  tolerance_->setRange(0.001, 60.0);
  tolerance_->setDecimals(3);
  tolerance_->setSingleStep(0.05);
  tolerance_->setSuffix(tr(" s"));
  tolerance_->setValue(metrics::LabelAgreementOptions().tolerance.seconds);
  tolerance_->setAccessibleName(tr("How far edges may lie apart"));
  summary_->setObjectName("agreementSummary");
  summary_->setWordWrap(true);
  summary_->setTextFormat(Qt::PlainText);
  list_->setObjectName("disagreements");
  list_->setAccessibleName(tr("Disagreements"));
  list_->setFrameShape(QFrame::NoFrame);
  auto* body = new QWidget(this);
  auto* form = new QFormLayout;
  form->addRow(tr("First"), first_);
  form->addRow(tr("Second"), second_);
  form->addRow(tr("Tolerance"), tolerance_);
  auto* column = new QVBoxLayout(body);
  column->addLayout(form);
  column->addWidget(summary_);
  column->addWidget(list_, 1);
  setWidget(body);
  soon_.setSingleShot(true);
  soon_.setInterval(kSettlesMs);
  connect(&labels_, &LabelController::changed, &soon_, qOverload<>(&QTimer::start));
  connect(&soon_, &QTimer::timeout, this, &AgreementDock::refreshVoices);
  connect(this, &QDockWidget::visibilityChanged, this, &AgreementDock::refreshVoices);
  connect(tolerance_, &QDoubleSpinBox::valueChanged, this, &AgreementDock::compare);
  connect(list_, &QListWidget::currentRowChanged, this, &AgreementDock::showDisagreement);
}

void AgreementDock::addActions(ActionCatalogue& actions, QMenu* menu) {
  actions.add(menu, {"nextDisagreement", tr("Next &disagreement"), tr("Where two tracks or annotators differ, one after the other"), {QKeySequence(Qt::Key_F8)}, [this] { walk(1); }});
  actions.add(menu, {"previousDisagreement", tr("Previous disagreement"), {}, {QKeySequence(Qt::SHIFT | Qt::Key_F8)}, [this] { walk(-1); }});
}

// Tracks as they are, and authors across tracks where there is more than one.
std::vector<AgreementDock::Voice> AgreementDock::voices() const {
  std::vector<Voice> voices;
  std::map<std::string, LabelTrack> authors;
  for (const store::StoredTrack& stored : labels_.tracks()) {
    voices.push_back({QString::fromStdString(stored.track.name), {{stored.track}, {}, {}}});
    for (const Label& label : stored.track.labels)
      if (!label.author.empty()) authors[label.author].labels.push_back(label);
  }
  if (authors.size() < 2) return voices;
  for (auto& [author, track] : authors) {
    std::stable_sort(track.labels.begin(), track.labels.end(), [](const Label& a, const Label& b) { return a.span.start < b.span.start; });
    track.name = author;
    voices.push_back({tr("by %1").arg(QString::fromStdString(author)), {{std::move(track)}, {}, {}}});
  }
  return voices;
}

void AgreementDock::refreshVoices() {
  if (!isVisible()) return;
  voices_ = voices();
  const auto& tracks = labels_.tracks();
  const auto reference = std::find_if(tracks.begin(), tracks.end(), [](const store::StoredTrack& one) { return one.track.reference; });
  const int truth = reference == tracks.end() ? 0 : static_cast<int>(reference - tracks.begin());
  const int other = truth == 0 ? std::min(1, static_cast<int>(voices_.size()) - 1) : 0;
  for (QComboBox* box : {first_, second_}) {
    const QSignalBlocker quiet(box);
    const QString before = box->currentText();
    box->clear();
    for (const Voice& voice : voices_) box->addItem(voice.name);
    const int place = box->findText(before);
    box->setCurrentIndex(place >= 0 ? place : box == first_ ? truth : other);
  }
  compare();
}

void AgreementDock::choose(const QString& first, const QString& second) {
  refreshVoices();
  first_->setCurrentIndex(first_->findText(first));
  second_->setCurrentIndex(second_->findText(second));
  compare();
}

void AgreementDock::compare() {
  const QSignalBlocker quiet(list_);
  const int row = list_->currentRow();
  list_->clear();
  agreement_.reset();
  const auto one = static_cast<std::size_t>(first_->currentIndex());
  const auto other = static_cast<std::size_t>(second_->currentIndex());
  if (one >= voices_.size() || other >= voices_.size() || one == other) {
    summary_->setText(voices_.size() < 2 ? tr("Agreement needs two tracks: yours and a model's proposals, or two people's. Labels > New track makes one.")
                                         : tr("Choose two different tracks or annotators."));
    return;
  }
  metrics::LabelAgreementOptions options;
  options.tolerance.seconds = tolerance_->value();
  LabelSet first = voices_[one].set;
  first.length = MediaTime::fromSeconds(axis_.duration());  // what both leave silent at the end counts, too
  auto agreement = metrics::labelAgreement(first, voices_[other].set, options);
  if (!agreement) return summary_->setText(messageText(agreement.error()));
  agreement_ = std::move(*agreement);
  summary_->setText(summaryOf(*agreement_));
  for (const metrics::Disagreement& disagreement : agreement_->disagreements) list_->addItem(lineOf(disagreement));
  if (row >= 0) list_->setCurrentRow(std::min(row, list_->count() - 1));
}

void AgreementDock::walk(int step) {
  if (!isVisible()) {
    show();
    raise();
    refreshVoices();
  }
  if (list_->count() == 0) return;
  const int row = list_->currentRow() < 0 ? (step > 0 ? 0 : list_->count() - 1) : list_->currentRow() + step;
  if (row >= 0 && row < list_->count()) list_->setCurrentRow(row);
}

void AgreementDock::showDisagreement(int row) {
  if (!agreement_ || row < 0 || static_cast<std::size_t>(row) >= agreement_->disagreements.size()) return;
  const TimeRange span = agreement_->disagreements[static_cast<std::size_t>(row)].span;
  const double from = span.start.seconds();
  const double to = span.end.seconds();
  axis_.setSelection(std::pair(from, to));
  if (from < axis_.from() || to > axis_.to()) axis_.setVisible(from - kAround, to + kAround);
  Q_EMIT labels_.seekRequested(from);
}

}  // namespace chladni::ui
