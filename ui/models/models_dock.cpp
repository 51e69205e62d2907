#include "ui/models/models_dock.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/runs/package_folders.h"
#include "core/serial/json_value.h"
#include "ui/bridge/program_call.h"
#include "ui/models/checkpoint_import.h"
#include "ui/models/genre_note.h"
#include "ui/models/model_facts.h"
#include "ui/training/run_words.h"
#include "ui/training/two_line_delegate.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "ui/workspace/workspace_settings.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

constexpr int kSideWidth = 344;

QString roleName(ModelRole role) { return role == ModelRole::painting ? ModelsDock::tr("reconstruction") : ModelsDock::tr("analysis"); }

}  // namespace

ModelsDock::ModelsDock(std::filesystem::path program, WorkspaceSettings& settings, QWidget* parent)
    : QDockWidget(tr("Models"), parent), settings_(settings), verifying_(new ProgramCall(program, this)), import_(new CheckpointImport(program, this)) {
  setObjectName("models");
  auto* split = new QSplitter(Qt::Horizontal, this);
  split->setChildrenCollapsible(false);
  split->setHandleWidth(1);
  split->addWidget(makeSide());
  split->addWidget(makePage());
  split->setSizes({kSideWidth, 4 * kSideWidth});
  split->setStretchFactor(1, 1);
  setWidget(split);
  connect(verifying_, &ProgramCall::answered, this, [this](const QByteArray& answer) {
    const auto json = serial::parseJson(answer.toStdString(), "answer");
    const auto* name = json ? json->find("name") : nullptr;
    const auto* parameters = json ? json->find("parameters") : nullptr;
    say(tr("✓ %1: checksums, values, names and shapes of all %2 million parameters are right")
            .arg(name && name->string() ? toText(*name->string()) : QString())
            .arg(parameters && parameters->number() ? QString::number(*parameters->number() / 1e6, 'f', 2) : QStringLiteral("?")), false);
  });
  connect(import_, &CheckpointImport::imported, this, [this](const QString& report) {
    say(report, false);
    Q_EMIT listWanted();
  });
  connect(import_, &CheckpointImport::starting, this, [this] { say({}, false); });
  const auto complain = [this](const QString& why) { say(why, true); };
  connect(verifying_, &ProgramCall::failed, this, complain);
  connect(import_, &CheckpointImport::failed, this, complain);
  connect(verifying_, &ProgramCall::ended, this, &ModelsDock::refreshButtons);
  connect(import_, &CheckpointImport::runningChanged, this, &ModelsDock::refreshButtons);
  showCurrent();
}

ModelsDock::~ModelsDock() = default;

bool ModelsDock::busy() const { return text_->busy() || verifying_->running() || import_->running(); }

QString ModelsDock::message() const { return message_->text(); }

QWidget* ModelsDock::makeSide() {
  auto* side = new QWidget;
  auto* import = new QPushButton(tr("Import a checkpoint…"), side);
  import->setObjectName("modelsImport");
  auto* published = new QPushButton(tr("Published models…"), side);
  published->setObjectName("modelsPublished");
  published->setToolTip(tr("Addresses and licences of what others have published"));
  undo_ = new QPushButton(tr("Undo removing"), side);
  undo_->setObjectName("modelsUndo");
  undo_->setProperty("link", true);
  undo_->hide();
  list_ = twoLineList(tr("Models"), side);
  list_->setObjectName("modelsList");
  auto* head = new QHBoxLayout;
  head->setContentsMargins(12, 8, 12, 6);
  head->setSpacing(8);
  head->addWidget(import);
  head->addWidget(published);
  head->addStretch(1);
  head->addWidget(undo_);
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addStrut(240);  // and no less than the buttons need
  column->addLayout(head);
  column->addWidget(list_, 1);
  genreNote_ = new GenreNote(side);
  column->addWidget(genreNote_);
  connect(import, &QPushButton::clicked, this, &ModelsDock::importDialog);
  connect(published, &QPushButton::clicked, this, &ModelsDock::publishedDialog);
  connect(undo_, &QPushButton::clicked, this, &ModelsDock::undoRemove);
  connect(genreNote_, &GenreNote::trainingWanted, this, &ModelsDock::trainingWanted);
  connect(list_, &QListWidget::currentRowChanged, this, &ModelsDock::showCurrent);
  return side;
}

QWidget* ModelsDock::makePage() {
  auto* page = new QWidget;
  title_ = new QLabel(page);
  QFont bold = title_->font();
  bold.setWeight(QFont::DemiBold);
  bold.setPointSizeF(bold.pointSizeF() * 1.15);
  title_->setFont(bold);
  title_->setTextFormat(Qt::PlainText);
  const auto button = [&](const QString& label, const QString& hint, const char* id) {
    auto* made = new QToolButton(page);
    made->setText(label);
    made->setToolTip(hint);
    made->setObjectName(id);
    return made;
  };
  use_ = button(tr("Use"), tr("Analyse with this model"), "modelsUse");
  use_->setProperty("primary", true);
  default_ = button(tr("Make default"), tr("Windows open with it, whatever was used last"), "modelsDefault");
  verify_ = button(tr("Verify"), tr("Checksums, finite weights, names and shapes"), "modelsVerify");
  remove_ = button(tr("Remove"), tr("Put the package away; Undo brings it back"), "modelsRemove");
  auto* row = new QHBoxLayout;
  row->setContentsMargins(16, 8, 12, 6);
  row->setSpacing(8);
  row->addWidget(title_, 1);
  for (auto* one : {use_, default_, verify_, remove_}) row->addWidget(one);
  progress_ = new QProgressBar(page);
  progress_->setRange(0, 0);
  progress_->setFixedHeight(3);
  progress_->setTextVisible(false);
  message_ = new QLabel(page);
  message_->setObjectName("modelsMessage");
  message_->setWordWrap(true);
  message_->setTextFormat(Qt::PlainText);
  message_->setContentsMargins(16, 2, 16, 6);
  message_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  message_->hide();
  text_ = new ModelFacts(page);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(row);
  column->addWidget(progress_);
  column->addWidget(message_);
  column->addWidget(text_, 1);
  connect(use_, &QToolButton::clicked, this, [this] {
    if (const auto* spec = current()) Q_EMIT useRequested(toQString(spec->folder));
  });
  connect(default_, &QToolButton::clicked, this, &ModelsDock::toggleDefault);
  connect(verify_, &QToolButton::clicked, this, &ModelsDock::verify);
  connect(remove_, &QToolButton::clicked, this, &ModelsDock::remove);
  return page;
}

const inference::ModelSpec* ModelsDock::current() const {
  const auto* item = list_->currentItem();
  if (item == nullptr) return nullptr;
  const auto folder = toPath(item->data(Qt::UserRole).toString());
  const auto place = std::find_if(models_.begin(), models_.end(), [&](const auto& spec) { return spec.folder == folder; });
  return place == models_.end() ? nullptr : &*place;
}

std::vector<ModelRole> ModelsDock::possibleRoles(const inference::ModelSpec& spec) {
  std::vector<ModelRole> roles;
  if (!spec.classes.empty()) roles.push_back(ModelRole::analysis);
  if (spec.hasTask("reconstruction")) roles.push_back(ModelRole::painting);
  return roles;
}

std::vector<ModelRole> ModelsDock::defaultRoles(const inference::ModelSpec& spec) const {
  auto roles = possibleRoles(spec);
  std::erase_if(roles, [&](ModelRole role) { return !isRemembered(settings_, role, spec); });
  return roles;
}

void ModelsDock::toggleDefault() {
  const auto* spec = current();
  if (spec == nullptr) return;
  const bool is = !defaultRoles(*spec).empty();
  for (const ModelRole role : possibleRoles(*spec)) {
    if (is) forgetModel(settings_, role);
    else rememberModel(settings_, role, *spec);
  }
  showCurrent();
}

void ModelsDock::setModels(std::vector<inference::ModelSpec> models, const QString& current) {
  const QString before = list_->currentItem() != nullptr ? list_->currentItem()->data(Qt::UserRole).toString() : QString();
  models_ = std::move(models);
  used_ = current;
  {
    const QSignalBlocker quiet(list_);
    list_->clear();
    for (const auto& spec : models_) {
      QStringList second{toText(spec.family)};
      if (!spec.classes.empty()) second << tr("%n classes", nullptr, static_cast<int>(spec.classes.size()));
      if (!spec.installed) second << tr("weights not installed");
      if (toText(spec.name) == used_) second << tr("in use");
      auto* item = addTwoLines(list_, toText(spec.title.empty() ? spec.name : spec.title), second.join(QStringLiteral(" · ")));
      item->setData(Qt::UserRole, toQString(spec.folder));
      item->setToolTip(toQString(spec.folder));
    }
  }
  genreNote_->setVisible(!GenreNote::genresIn(models_));
  int row = models_.empty() ? -1 : 0;
  for (int n = 0; n < list_->count(); ++n) {
    const auto& spec = models_[static_cast<std::size_t>(n)];
    if (before.isEmpty() ? toText(spec.name) == used_ : toQString(spec.folder) == before) row = n;
  }
  list_->setCurrentRow(row);
  showCurrent();
}

void ModelsDock::select(const QString& folder) {
  for (int n = 0; n < list_->count(); ++n)
    if (list_->item(n)->data(Qt::UserRole).toString() == folder) list_->setCurrentRow(n);
}

void ModelsDock::showCurrent() {
  const auto* spec = current();
  refreshButtons();
  if (spec == nullptr) {
    title_->setText(tr("No models yet"));
    text_->showText(tr("Import a published checkpoint that you have, train one of your own, or put a model package into %1.").arg(toQString(runs::usualModelFolder())));
    return;
  }
  title_->setText(toText(spec->title.empty() ? spec->name : spec->title));
  QStringList defaults;
  for (const ModelRole role : defaultRoles(*spec)) defaults << roleName(role);
  text_->showModel(*spec, defaults);
}

void ModelsDock::colourMessage() { setTextColour(*message_, messageBad_ ? widgets::theme().bad : widgets::theme().ok); }

void ModelsDock::changeEvent(QEvent* event) {
  QDockWidget::changeEvent(event);
  if (event->type() != QEvent::PaletteChange || text_ == nullptr) return;
  colourMessage();
  showCurrent();
}

void ModelsDock::say(const QString& what, bool bad) {
  message_->setText(what);
  message_->setVisible(!what.isEmpty());
  messageBad_ = bad;
  colourMessage();
  if (bad) Q_EMIT failed(what);
}

void ModelsDock::refreshButtons() {
  const auto* spec = current();
  const bool working = verifying_->running() || import_->running();
  progress_->setVisible(working);
  for (auto* button : {use_, default_, verify_, remove_}) button->setVisible(spec != nullptr);
  if (spec == nullptr) return;
  use_->setEnabled(spec->installed && !spec->classes.empty() && toText(spec->name) != used_);
  default_->setEnabled(spec->installed && !possibleRoles(*spec).empty());
  default_->setText(defaultRoles(*spec).empty() ? tr("Make default") : tr("No longer default"));
  verify_->setEnabled(spec->installed && !working);
  const bool own = runs::canPutAway(spec->folder);
  remove_->setEnabled(own && toText(spec->name) != used_);
  remove_->setToolTip(!own ? tr("It was installed with the program and cannot be removed here")
                           : toText(spec->name) == used_ ? tr("It is in use; use another one first") : tr("Put the package away; Undo brings it back"));
}

void ModelsDock::verify() {
  const auto* spec = current();
  if (spec == nullptr) return;
  say({}, false);
  verifying_->start({"models", "verify", toQString(spec->folder), "--json"});
  refreshButtons();
}

void ModelsDock::importDialog() { import_->ask(families_, this); }

void ModelsDock::publishedDialog() { import_->askPublished(this); }

void ModelsDock::remove() {
  const auto* spec = current();
  if (spec == nullptr) return;
  auto lies = runs::putAway(spec->folder);
  if (!lies) return say(toText(lies.error().describe()), true);
  removed_ = {spec->folder, *lies};
  undo_->show();
  say({}, false);
  Q_EMIT listWanted();
}

void ModelsDock::undoRemove() {
  undo_->hide();
  if (auto back = runs::bringBack(removed_.second, removed_.first); !back) return say(toText(back.error().describe()), true);
  Q_EMIT listWanted();
}

}  // namespace chladni::ui
