#include "ui/training/preset_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "core/training/recipe_presets.h"
#include "ui/training/page_column.h"
#include "ui/training/recipe_words.h"
#include "ui/training/two_line_delegate.h"
#include "ui/workspace/text.h"

namespace chladni::ui {

PresetPage::PresetPage(QWidget* parent) : QWidget(parent), family_(new QComboBox(this)), presets_(twoLineList(tr("Presets"), this)) {
  auto* column = pageColumn(this, tr("What should be taught?"), tr("A preset is a complete recipe; everything in it can be changed later."));
  family_->setAccessibleName(tr("Family of models"));
  family_->setObjectName("newRunFamily");
  for (const auto& preset : training::recipePresets()) {
    const QString name = QString::fromStdString(preset.recipe.family);
    if (family_->findText(name) < 0) family_->addItem(name);
  }
  presets_->setObjectName("newRunPresets");
  auto* row = new QHBoxLayout;
  row->addWidget(new QLabel(tr("Family"), this));
  row->addWidget(family_);
  row->addStretch(1);
  column->addLayout(row);
  column->addWidget(presets_, 1);
  connect(family_, &QComboBox::currentIndexChanged, this, &PresetPage::listPresets);
  connect(presets_, &QListWidget::currentRowChanged, this, &PresetPage::chosen);
  connect(presets_, &QListWidget::itemActivated, this, &PresetPage::activated);
}

void PresetPage::listPresets() {
  const std::string family = family_->currentText().toStdString();
  {
    const QSignalBlocker quiet(presets_);
    presets_->clear();
    for (const auto& preset : training::recipePresets())
      if (preset.recipe.family == family) addTwoLines(presets_, toText(preset.name), presetSummary(preset.summary))->setData(Qt::UserRole, toText(preset.name));
  }
  presets_->setCurrentRow(0);
}

void PresetPage::choose(const QString& preset) {
  const auto recipe = training::presetRecipe(preset.toStdString());
  if (!recipe) return;
  const QString family = QString::fromStdString(recipe->family);
  if (family_->currentText() != family) {
    family_->setCurrentText(family);
  } else if (presets_->count() == 0) {
    listPresets();
  }
  for (int row = 0; row < presets_->count(); ++row)
    if (presets_->item(row)->data(Qt::UserRole).toString() == preset) presets_->setCurrentRow(row);
}

QString PresetPage::preset() const {
  const auto* item = presets_->currentItem();
  return item ? item->data(Qt::UserRole).toString() : QString();
}

}  // namespace chladni::ui
