#include "ui/training/sweep_editor.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/training/recipe_form.h"
#include "ui/workspace/text.h"

namespace chladni::ui {
namespace {

constexpr int kMostFolds = 100;
constexpr std::size_t kMostRows = 3;
constexpr std::size_t kManyValues = 64;

// What makes a run another one, not what it is made of.
bool canBeSwept(const training::RecipeField& field) {
  static const std::vector<std::string_view> kNot{"preset", "family", "task", "title", "data", "source", "folds", "fold"};
  return std::find(kNot.begin(), kNot.end(), field.name) == kNot.end();
}

}  // namespace

SweepEditor::SweepEditor(QWidget* parent) : QWidget(parent), folds_(new QSpinBox(this)), more_(new QToolButton(this)), column_(new QVBoxLayout(this)) {
  setObjectName("sweepEditor");
  folds_->setObjectName("sweepFolds");
  folds_->setRange(0, kMostFolds);
  folds_->setSpecialValueText(tr("none"));
  folds_->setAccessibleName(tr("Folds"));
  folds_->setToolTip(tr("Cross-validation: the data are dealt out to so many folds, each held out in a run of its own"));
  more_->setObjectName("sweepMore");
  more_->setText(tr("Try several values of a setting…"));
  more_->setToolTip(tr("A run for each value, and a table and a figure of them all"));
  auto* label = new QLabel(tr("&Folds"), this);
  label->setBuddy(folds_);
  auto* head = new QHBoxLayout;
  head->setSpacing(8);
  head->addWidget(label);
  head->addWidget(folds_);
  head->addSpacing(12);
  head->addWidget(more_);
  head->addStretch(1);
  column_->setContentsMargins(0, 6, 0, 0);
  column_->setSpacing(6);
  column_->addLayout(head);
  connect(folds_, &QSpinBox::valueChanged, this, [this](int now) {
    // One fold is none: every recording would be held out.
    if (now == 1) return folds_->setValue(2);
    Q_EMIT changed();
  });
  connect(more_, &QToolButton::clicked, this, [this] {
    addRow().values->setFocus();
    refresh();
    Q_EMIT changed();
  });
}

SweepEditor::Row& SweepEditor::addRow() {
  Row row;
  row.line = new QWidget(this);
  row.field = new QComboBox(row.line);
  row.field->setObjectName(QStringLiteral("sweepField%1").arg(rows_.size()));
  row.field->setAccessibleName(tr("Setting to try values of"));
  for (const auto& field : training::recipeFields())
    if (canBeSwept(field)) row.field->addItem(spokenName(field.name), toText(field.name));
  row.values = new QLineEdit(row.line);
  row.values->setObjectName(QStringLiteral("sweepValues%1").arg(rows_.size()));
  row.values->setAccessibleName(tr("Values, separated by commas"));
  row.values->setPlaceholderText(tr("values, separated by commas: 0.25, 0.5, 0.75"));
  row.field->setCurrentIndex(std::max(0, row.field->findData(rows_.empty() ? usual_ : QStringLiteral("batch"))));
  auto* gone = new QToolButton(row.line);
  gone->setText(QStringLiteral("×"));
  gone->setProperty("quiet", true);
  gone->setToolTip(tr("Without this one"));
  gone->setAccessibleName(tr("Without this one"));
  auto* line = new QHBoxLayout(row.line);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(8);
  line->addWidget(new QLabel(tr("Try"), row.line));
  line->addWidget(row.field);
  line->addWidget(row.values, 1);
  line->addWidget(gone);
  column_->addWidget(row.line);
  connect(row.field, &QComboBox::currentIndexChanged, this, &SweepEditor::changed);
  connect(row.values, &QLineEdit::textChanged, this, &SweepEditor::changed);
  connect(gone, &QToolButton::clicked, this, [this, of = row.line] { removeRow(of); });
  rows_.push_back(row);
  return rows_.back();
}

void SweepEditor::removeRow(QWidget* line) {
  std::erase_if(rows_, [&](const Row& row) { return row.line == line; });
  line->hide();
  line->deleteLater();
  refresh();
  Q_EMIT changed();
}

void SweepEditor::clearRows() {
  for (const Row& row : rows_) {
    row.line->hide();
    row.line->deleteLater();
  }
  rows_.clear();
}

void SweepEditor::refresh() { more_->setEnabled(rows_.size() < kMostRows); }

void SweepEditor::setFolds(std::int64_t folds) { folds_->setValue(static_cast<int>(std::clamp<std::int64_t>(folds, 0, kMostFolds))); }

std::int64_t SweepEditor::folds() const { return folds_->value(); }

void SweepEditor::setAxes(const std::vector<training::SweepAxis>& axes) {
  {
    const QSignalBlocker quiet(this);
    clearRows();
    for (const auto& axis : axes) {
      Row& row = addRow();
      row.field->setCurrentIndex(std::max(0, row.field->findData(QString::fromStdString(axis.field))));
      row.values->setText(text(axis).section('=', 1));
    }
    refresh();
  }
  Q_EMIT changed();
}

Result<std::vector<training::SweepAxis>> SweepEditor::axes() const {
  std::vector<training::SweepAxis> made;
  for (const Row& row : rows_) {
    QStringList values;
    for (const QString& one : row.values->text().split(',', Qt::SkipEmptyParts))
      if (!one.trimmed().isEmpty()) values << one.trimmed();
    if (values.isEmpty()) continue;
    if (static_cast<std::size_t>(values.size()) > kManyValues) return fail(ErrorCode::invalidArgument, tr("too many values of one setting; try at most %1").arg(kManyValues).toStdString());
    auto axis = training::sweepAxis((row.field->currentData().toString() + '=' + values.join(',')).toStdString());
    if (!axis) return fail(axis.error());
    made.push_back(std::move(*axis));
  }
  return made;
}

QString SweepEditor::problem(const training::Recipe* recipe) const {
  const auto made = axes();
  if (!made) return messageText(made.error()).remove(QStringLiteral("--sweep "));
  if (recipe == nullptr || (made->empty() && (recipe->folds == 0 || recipe->fold > 0))) return {};
  const auto study = training::Study::create(*recipe, *made);
  return study ? QString() : toText(study.error()).remove(QStringLiteral("--sweep "));
}

QString SweepEditor::words() const {
  QStringList parts;
  if (const auto made = axes(); made)
    for (const auto& axis : *made) parts << spokenName(axis.field) + ' ' + text(axis).section('=', 1).replace(QStringLiteral(","), QStringLiteral(", "));
  if (folds() > 0) parts << tr("%1 folds").arg(folds());
  return parts.join(QStringLiteral(" · "));
}

QString SweepEditor::text(const training::SweepAxis& axis) {
  QStringList values;
  for (const auto& value : axis.values) values << QString::fromStdString(value);
  return QString::fromStdString(axis.field) + '=' + values.join(',');
}

}  // namespace chladni::ui
