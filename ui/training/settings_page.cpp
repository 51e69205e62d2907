#include "ui/training/settings_page.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/training/page_column.h"
#include "ui/training/recipe_form.h"
#include "ui/training/sweep_editor.h"

namespace chladni::ui {

SettingsPage::SettingsPage(QWidget* parent)
    : QWidget(parent), filter_(new QLineEdit(this)), changedOnly_(new QCheckBox(tr("Only what was changed"), this)),
      form_(new RecipeForm({"preset", "family", "task", "title", "start", "data", "source", "folds"}, this)), sweep_(new SweepEditor(this)) {
  auto* column = pageColumn(this, tr("With which settings?"), tr("As the preset has them. What you change is marked and can be set back."));
  filter_->setPlaceholderText(tr("Find a setting: rate, batch, mask…"));
  filter_->setAccessibleName(tr("Find a setting"));
  filter_->setClearButtonEnabled(true);
  auto* row = new QHBoxLayout;
  row->addWidget(filter_, 1);
  row->addWidget(changedOnly_);
  column->addLayout(row);
  column->addWidget(form_, 1);
  column->addWidget(sweep_);
  const auto filter = [this] { form_->setFilter(filter_->text(), changedOnly_->isChecked()); };
  connect(filter_, &QLineEdit::textChanged, this, filter);
  connect(changedOnly_, &QCheckBox::toggled, this, filter);
  connect(form_, &RecipeForm::changed, this, &SettingsPage::changed);
  connect(sweep_, &SweepEditor::changed, this, &SettingsPage::changed);
}

void SettingsPage::setRecipe(const training::Recipe& recipe, const training::Recipe& preset) {
  form_->setRecipe(recipe, preset);
  sweep_->setFolds(recipe.folds);
}

}  // namespace chladni::ui
