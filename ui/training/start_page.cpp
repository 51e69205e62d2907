#include "ui/training/start_page.h"

#include <QLineEdit>
#include <QListWidget>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <filesystem>

#include "ui/training/page_column.h"
#include "ui/training/two_line_delegate.h"
#include "ui/workspace/paths.h"

namespace chladni::ui {

StartPage::StartPage(QWidget* parent)
    : QWidget(parent), starts_(twoLineList(tr("Weights to start from"), this)), title_(new QLineEdit(this)) {
  auto* column = pageColumn(this, tr("Starting from which weights?"), tr("A model that has learned already needs far fewer examples. Its head is made anew when the classes differ."));
  starts_->setObjectName("newRunStarts");
  title_->setPlaceholderText(tr("Title of the model that results"));
  title_->setAccessibleName(tr("Title of the model that results"));
  column->addWidget(starts_, 1);
  column->addWidget(title_);
  connect(starts_, &QListWidget::currentRowChanged, this, &StartPage::changed);
}

void StartPage::add(const QString& title, const QString& about, const QString& start) { addTwoLines(starts_, title, about)->setData(Qt::UserRole, start); }

void StartPage::list(const training::Recipe& recipe, const std::vector<inference::ModelSpec>& models) {
  const QSignalBlocker quiet(starts_);
  starts_->clear();
  // A preset that holds the base or slows its lower blocks only makes sense with weights that know something.
  const bool wantsWeights = recipe.freezeBase || recipe.layerDecay < 1.0;
  const bool made = recipe.task == "pretrain" || wantsWeights;
  add(tr("From nothing"), made ? tr("The weights begin at random.") : tr("The weights begin at random; the preset is made for that."), {});
  int chosen = 0;
  for (const auto& model : models) {
    if (model.family != recipe.family || !model.installed) continue;
    add(QString::fromStdString(model.title.empty() ? model.name : model.title),
        tr("%1 · %n classes", nullptr, static_cast<int>(model.classes.size())).arg(QString::fromStdString(model.name)), toQString(model.folder));
    if (std::filesystem::path(recipe.start) == model.folder || recipe.start == model.name) chosen = starts_->count() - 1;
  }
  if (chosen == 0 && !recipe.start.empty()) {  // of a cloned run, a package that is not among the installed ones
    add(fileName(recipe.start), QString::fromStdString(recipe.start), QString::fromStdString(recipe.start));
    chosen = starts_->count() - 1;
  }
  if (chosen == 0 && starts_->count() > 1 && wantsWeights) chosen = 1;
  starts_->setCurrentRow(chosen);
}

std::string StartPage::start() const {
  const auto* item = starts_->currentItem();
  return item ? item->data(Qt::UserRole).toString().toStdString() : std::string();
}

QString StartPage::startTitle() const {
  const auto* item = starts_->currentItem();
  return item ? item->text().section('\n', 0, 0) : QString();
}

QString StartPage::title() const { return title_->text().trimmed(); }

void StartPage::setTitle(const QString& title) { title_->setText(title); }

}  // namespace chladni::ui
