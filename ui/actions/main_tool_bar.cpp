#include "ui/actions/main_tool_bar.h"

#include <QComboBox>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QToolButton>
#include <algorithm>
#include <utility>

#include "core/base/assert.h"
#include "ui/actions/action_catalogue.h"
#include "ui/actions/action_search.h"
#include "ui/workspace/elided_label.h"

namespace chladni::ui {

MainToolBar::MainToolBar(const ActionCatalogue& actions, QWidget* parent)
    : QToolBar(tr("Tool bar"), parent), actions_(actions), speeds_(new QComboBox(this)), models_(new QComboBox(this)),
      search_(new ActionSearch(actions, this)), title_(new ElidedLabel(this)) {
  setObjectName("mainToolBar");
  setMovable(false);
  setIconSize(QSize(18, 18));
  setContextMenuPolicy(Qt::PreventContextMenu);
  speeds_->setObjectName("speedChooser");
  speeds_->setAccessibleName(tr("Speed"));
  for (const double speed : {0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0}) speeds_->addItem(tr("%1×").arg(speed), speed);
  setSpeed(1.0);
  models_->setObjectName("modelChooser");
  models_->setAccessibleName(tr("Model"));
  models_->setMinimumWidth(170);
  models_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  search_->setMinimumWidth(110);
  search_->setMaximumWidth(220);
  title_->setObjectName("toolBarTitle");
  title_->setForegroundRole(QPalette::PlaceholderText);
  title_->setContentsMargins(8, 0, 12, 0);
  title_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  title_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);

  addWidget(button("open"));
  addSeparator();
  addWidget(button("play"));
  addWidget(button("loop"));
  addWidget(speeds_);
  addSeparator();
  addWidget(button("fit"));
  addWidget(button("zoomSelection"));
  addSeparator();
  addWidget(models_);
  QToolButton* run = button("analyse");
  run->setProperty("primary", true);
  addWidget(run);
  for (const char* id : {"propose", "snap"}) {
    QToolButton* toggle = button(id);
    toggle->setToolButtonStyle(Qt::ToolButtonIconOnly);
    addWidget(toggle);
  }
  addSeparator();
  addWidget(search_);
  addWidget(title_);

  connect(speeds_, &QComboBox::activated, this, [this](int row) { Q_EMIT speedChosen(speeds_->itemData(row).toDouble()); });
  connect(models_, &QComboBox::activated, this, [this](int row) {
    const QString name = models_->itemData(row).toString();
    if (!name.isEmpty()) Q_EMIT modelChosen(name);
  });
  connect(search_, &ActionSearch::left, this, &MainToolBar::coverAgain);
  connect(&actions_, &ActionCatalogue::keysChanged, this, &MainToolBar::nameKeys);
  nameKeys();
  setModels({}, nullptr);
}

void MainToolBar::nameKeys() {
  speeds_->setToolTip(tr("Speed of playing, at the same pitch (%1 and %2)").arg(keyOf(*this, "slower"), keyOf(*this, "faster")));
  models_->setToolTip(tr("Model that analyses the sound (%1)").arg(keyOf(*this, "chooseModel")));
}

QToolButton* MainToolBar::button(const QString& id) {
  QAction* action = actions_.find(id);
  CHLADNI_ASSERT(action != nullptr);
  auto* made = new QToolButton(this);
  made->setDefaultAction(action);
  made->setAutoRaise(false);
  made->setToolButtonStyle(action->icon().isNull() ? Qt::ToolButtonTextOnly : Qt::ToolButtonTextBesideIcon);
  made->setObjectName("button." + id);
  made->setFocusPolicy(Qt::TabFocus);
  return made;
}

void MainToolBar::setModels(const std::vector<inference::ModelSpec>& models, const inference::ModelSpec* chosen) {
  const QSignalBlocker quiet(models_);
  models_->clear();
  for (const inference::ModelSpec& spec : models) {
    QString title = QString::fromStdString(spec.title.empty() ? spec.name : spec.title);
    // A run is titled as its recipe is.
    const auto alike = std::count_if(models.begin(), models.end(), [&](const inference::ModelSpec& other) { return other.title == spec.title; });
    if (alike > 1 && !spec.title.empty()) title += QStringLiteral(" (%1)").arg(QString::fromStdString(spec.name));
    if (!spec.installed) title += tr(" · not installed");
    models_->addItem(title, QString::fromStdString(spec.name));
    const int row = models_->count() - 1;
    QStringList tasks;
    for (const std::string& task : spec.tasks) tasks << QString::fromStdString(task);
    models_->setItemData(row, tr("%1\nfamily %2 · tasks: %3 · %n classes\n%4", nullptr, static_cast<int>(spec.classes.size()))
                                  .arg(QString::fromStdString(spec.name), QString::fromStdString(spec.family),
                                       tasks.isEmpty() ? tr("none") : tasks.join(", "),
                                       QString::fromStdString(spec.folder.string())),
                         Qt::ToolTipRole);
    if (!spec.installed) qobject_cast<QStandardItemModel*>(models_->model())->item(row)->setEnabled(false);
    if (chosen != nullptr && spec.name == chosen->name) models_->setCurrentIndex(row);
  }
  if (models.empty()) models_->addItem(tr("No model installed"));
  if (chosen == nullptr && !models.empty()) models_->setCurrentIndex(-1);
  models_->setEnabled(!models.empty());
}

void MainToolBar::setSpeed(double speed) {
  const QSignalBlocker quiet(speeds_);
  speeds_->setCurrentIndex(speeds_->findData(speed));
}

void MainToolBar::setTitle(const QString& text) { title_->setWhole(text); }

// A narrow bar hides what does not fit behind a button.
void MainToolBar::reveal(const QWidget& part) {
  auto* more = findChild<QToolButton*>("qt_toolbar_ext_button");
  revealed_ = !part.isVisible() && more != nullptr && more->isVisible();
  if (revealed_) more->click();
}

void MainToolBar::coverAgain() {
  auto* more = findChild<QToolButton*>("qt_toolbar_ext_button");
  if (std::exchange(revealed_, false) && more->isChecked()) more->click();
}

void MainToolBar::beginSearch() {
  reveal(*search_);
  search_->begin();
}

void MainToolBar::focusModels() {
  reveal(*models_);
  models_->setFocus(Qt::ShortcutFocusReason);
  models_->showPopup();
}

}  // namespace chladni::ui
