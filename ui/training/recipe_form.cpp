#include "ui/training/recipe_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <algorithm>

#include "core/runs/field_text.h"
#include "ui/training/recipe_words.h"
#include "ui/training/run_words.h"
#include "ui/workspace/text.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

constexpr int kNameWidth = 152;
constexpr int kEditorWidth = 168;
constexpr int kUnitWidth = 76;
constexpr double kManyAsText = 1e9;  // above this an upper bound is none

QString groupTitle(std::string_view group) {
  static const std::pair<std::string_view, const char*> kTitles[] = {
      {"what", QT_TR_NOOP("What is taught")}, {"data", QT_TR_NOOP("Data")}, {"model", QT_TR_NOOP("Size of the model")},
      {"pretrain", QT_TR_NOOP("Learning without labels")}, {"augment", QT_TR_NOOP("Changes to the examples")},
      {"optimise", QT_TR_NOOP("Learning")}, {"length", QT_TR_NOOP("How long")}, {"machine", QT_TR_NOOP("Machine")},
      {"keep", QT_TR_NOOP("What is told and kept")}};
  for (const auto& [name, title] : kTitles)
    if (name == group) return ui::tr(title);
  return QString::fromUtf8(group.data(), static_cast<qsizetype>(group.size()));
}

QString rangeText(const training::RecipeField& field) {
  if (std::holds_alternative<bool training::Recipe::*>(field.member) || std::holds_alternative<std::string training::Recipe::*>(field.member)) return {};
  const QString least = QString::number(field.least, 'g', 6);
  return field.most >= kManyAsText ? RecipeForm::tr("%1 or more").arg(least) : RecipeForm::tr("%1 to %2").arg(least, QString::number(field.most, 'g', 6));
}

// A wheel over a list in a scrolling form scrolls the form.
class CalmCombo : public QComboBox {
 public:
  using QComboBox::QComboBox;

 protected:
  void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

}  // namespace

QString spokenName(std::string_view field) { return toText(field).replace('_', ' '); }

RecipeForm::RecipeForm(std::vector<std::string_view> leftOut, QWidget* parent) : QScrollArea(parent) {
  setWidgetResizable(true);
  setFrameShape(NoFrame);
  setObjectName("recipeForm");
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 12, 0);
  column->setSpacing(2);
  std::string_view group;
  QLabel* heading = nullptr;
  for (const auto& field : training::recipeFields()) {
    if (std::find(leftOut.begin(), leftOut.end(), field.name) != leftOut.end()) continue;
    if (field.group != group) {
      group = field.group;
      heading = new QLabel(groupTitle(group), page);
      QFont bold = heading->font();
      bold.setWeight(QFont::DemiBold);
      heading->setFont(bold);
      heading->setContentsMargins(0, rows_.empty() ? 0 : 14, 0, 4);
      column->addWidget(heading);
    }
    addRow(field, page, column, heading);
  }
  column->addStretch(1);
  setWidget(page);
}

void RecipeForm::addRow(const training::RecipeField& field, QWidget* parent, QVBoxLayout* column, QLabel* group) {
  Row row;
  row.field = &field;
  row.group = group;
  row.line = new QWidget(parent);
  auto* line = new QHBoxLayout(row.line);
  line->setContentsMargins(0, 1, 0, 1);
  line->setSpacing(8);
  row.name = new QLabel(spokenName(field.name), row.line);
  row.name->setFixedWidth(kNameWidth);
  makeEditor(row, row.line);
  row.editor->setFixedWidth(kEditorWidth);
  row.editor->setObjectName("field." + toText(field.name));
  row.editor->setAccessibleName(spokenName(field.name));
  row.editor->setAccessibleDescription(fieldHelp(field));
  row.name->setBuddy(row.editor);
  auto* unit = new QLabel(toText(field.unit), row.line);
  unit->setFixedWidth(kUnitWidth);
  unit->setProperty("quiet", true);
  unit->setForegroundRole(QPalette::PlaceholderText);
  row.reset = new QToolButton(row.line);
  row.reset->setText(QStringLiteral("↺"));
  row.reset->setProperty("quiet", true);
  row.reset->setToolTip(tr("As the preset has it"));
  row.reset->setAccessibleName(tr("As the preset has it: %1").arg(spokenName(field.name)));
  QSizePolicy keep = row.reset->sizePolicy();
  keep.setRetainSizeWhenHidden(true);
  row.reset->setSizePolicy(keep);
  row.help = new QLabel(fieldHelp(field), row.line);
  row.help->setWordWrap(true);
  const QString tip = QStringList{fieldHelp(field), rangeText(field), toText(field.name)}.join('\n');
  row.editor->setToolTip(tip);
  row.name->setToolTip(tip);
  line->addWidget(row.name);
  line->addWidget(row.editor);
  line->addWidget(unit);
  line->addWidget(row.reset);
  line->addWidget(row.help, 1);
  column->addWidget(row.line);
  const std::size_t index = rows_.size();
  connect(row.reset, &QToolButton::clicked, this, [this, index] {
    rows_[index].setText(QString::fromStdString(runs::fieldText(base_, *rows_[index].field)));
    edited(index);
  });
  rows_.push_back(std::move(row));
}

void RecipeForm::makeEditor(Row& row, QWidget* parent) {
  const std::size_t index = rows_.size();
  const auto& field = *row.field;
  if (std::holds_alternative<bool training::Recipe::*>(field.member)) {
    auto* box = new QCheckBox(parent);
    row.editor = box;
    row.text = [box] { return box->isChecked() ? QStringLiteral("true") : QStringLiteral("false"); };
    row.setText = [box](const QString& text) { box->setChecked(text == QStringLiteral("true")); };
    connect(box, &QCheckBox::toggled, this, [this, index] { edited(index); });
  } else if (!field.choices.empty()) {
    auto* box = new CalmCombo(parent);
    for (const auto choice : field.choices) box->addItem(toText(choice));
    row.editor = box;
    row.text = [box] { return box->currentText(); };
    row.setText = [box](const QString& text) { box->setCurrentText(text); };
    connect(box, &QComboBox::currentIndexChanged, this, [this, index] { edited(index); });
  } else {
    auto* line = new QLineEdit(parent);
    row.editor = line;
    row.text = [line] { return line->text().trimmed(); };
    row.setText = [line](const QString& text) {
      line->setText(text);
      line->setCursorPosition(0);
    };
    connect(line, &QLineEdit::textChanged, this, [this, index] { edited(index); });
  }
}

void RecipeForm::setRecipe(const training::Recipe& recipe, const training::Recipe& base) {
  start_ = recipe;
  base_ = base;
  filling_ = true;
  for (auto& row : rows_) row.setText(QString::fromStdString(runs::fieldText(recipe, *row.field)));
  filling_ = false;
  for (auto& row : rows_) refresh(row);
}

Result<training::Recipe> RecipeForm::recipe() const {
  training::Recipe made = start_;
  for (const auto& row : rows_)
    if (auto set = training::setField(made, std::string(row.field->name) + "=" + row.text().toStdString()); !set) return fail(set.error());
  return made;
}

void RecipeForm::edited(std::size_t row) {
  if (filling_) return;
  refresh(rows_[row]);
  Q_EMIT changed();
}

void RecipeForm::refresh(Row& row) {
  training::Recipe probe = start_;
  const auto set = training::setField(probe, std::string(row.field->name) + "=" + row.text().toStdString());
  const bool differs = !set || runs::fieldText(probe, *row.field) != runs::fieldText(base_, *row.field);
  row.reset->setVisible(differs);
  QFont font = row.name->font();
  font.setWeight(differs ? QFont::DemiBold : QFont::Normal);
  row.name->setFont(font);
  setTextColour(*row.name, differs ? widgets::theme().accent : widgets::theme().text);
  row.help->setText(set ? fieldHelp(*row.field) : messageText(set.error()));
  setTextColour(*row.help, set ? widgets::theme().quiet : widgets::theme().bad);
}

void RecipeForm::setFilter(const QString& words, bool changedOnly) {
  std::vector<QLabel*> full;
  for (auto& row : rows_) {
    const QString text = spokenName(row.field->name) + ' ' + toText(row.field->name) + ' ' + fieldHelp(*row.field);
    bool shown = !changedOnly || !row.reset->isHidden();
    for (const QString& word : words.split(' ', Qt::SkipEmptyParts)) shown = shown && text.contains(word, Qt::CaseInsensitive);
    row.line->setVisible(shown);
    if (shown) full.push_back(row.group);
  }
  for (auto& row : rows_) row.group->setVisible(std::find(full.begin(), full.end(), row.group) != full.end());
}

int RecipeForm::changedFields() const {
  return static_cast<int>(std::count_if(rows_.begin(), rows_.end(), [](const Row& row) { return !row.reset->isHidden(); }));
}

}  // namespace chladni::ui
