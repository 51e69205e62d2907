#include "ui/docks/attention_dock.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/analysis/attended_sound.h"
#include "core/dsp/mel_inverse.h"
#include "ui/docks/attention_words.h"
#include "ui/docks/head_choice.h"
#include "ui/docks/voice_bar.h"
#include "ui/playback/clip_player.h"
#include "ui/workspace/text.h"
#include "widgets/attention/attention_grid.h"
#include "widgets/attention/attention_view.h"
#include "widgets/attention/picture_attention_view.h"

namespace chladni::ui {

using namespace widgets;
namespace {

// A pause this long after the last move of the playhead sends the question; clicks and choices are asked at once.
constexpr int kRestMs = 40;
constexpr double kMovedSeconds = 0.02;

std::vector<Voice> voices() {
  return {{"hearOriginal", AttentionDock::tr("▶ Original"), AttentionDock::tr("Hear the stretch that the model heard, as it is"), "original.wav"},
          {"hearAttended", AttentionDock::tr("▶ Attended part"),
           AttentionDock::tr("Hear only what was attended to: each patch as loud as the attention paid to it, the whole as loud as the original"),
           "attended.wav"}};
}

// Attends to regions of the picture, second by second: the video dock shows that.
bool looksAtPicture(const inference::ModelSpec& model) { return model.hasTask("audio-visual-events"); }

}  // namespace

AttentionDock::AttentionDock(AnalysisController& analysis, QWidget* parent)
    : QDockWidget(tr("Attention"), parent), analysis_(analysis) {
  setObjectName("attention");
  auto* body = new QWidget(this);
  view_ = new AttentionView(body);
  grid_ = new AttentionGrid(body);
  grid_->setObjectName("attentionGrid");
  picture_ = new PictureAttentionView(body);
  picture_->setObjectName("attentionPicture");
  picture_->hide();
  pages_ = new QStackedWidget(body);
  auto* large = new QWidget(pages_);
  auto* both = new QVBoxLayout(large);
  both->setContentsMargins(0, 0, 0, 0);
  both->addWidget(view_, 1);
  both->addWidget(picture_, 1);
  pages_->addWidget(large);
  pages_->addWidget(grid_);
  listening_ = new VoiceBar("attended", voices(), body);
  buildControls(body);
  setWidget(body);
  soon_.setSingleShot(true);
  soon_.setInterval(kRestMs);
  connect(&soon_, &QTimer::timeout, this, &AttentionDock::ask);
  connect(view_, &AttentionView::patchClicked, this, [this](int row, int column) { choosePatch(row, column, false); });
  connect(picture_, &PictureAttentionView::patchClicked, this, [this](int row, int column) { choosePatch(row, column, true); });
  connect(picture_, &PictureAttentionView::valueUnderCursor, this, &AttentionDock::valueUnderCursor);
  connect(&analysis_, &AnalysisController::cancelled, this, &AttentionDock::stopped);
  connect(&analysis_, &AnalysisController::modelChosen, this, &AttentionDock::refreshModel);
  connect(&analysis_, &AnalysisController::attentionArrived, this, &AttentionDock::accept);
  connect(view_, &AttentionView::valueUnderCursor, this, &AttentionDock::valueUnderCursor);
  connect(grid_, &AttentionGrid::chosen, this, &AttentionDock::chooseHead);
  connect(&analysis_, &AnalysisController::overviewArrived, this, &AttentionDock::acceptOverview);
  connect(&analysis_, &AnalysisController::attentionFailed, this, [this](FileId file, const Error& error) {
    if (file != file_) return;
    setMessage(messageText(error));
    refreshListening();
    // That a kind of model has no attention is no failure: it is said here, where the attention would be.
    if (error.code != ErrorCode::unsupported) Q_EMIT failed(messageText(error));
  });
  setMessage(stateText());
}

void AttentionDock::setMessage(const QString& text) {
  view_->setMessage(text);
  view_->show();
  picture_->clear();
  picture_->hide();
  grid_->setMessage(text);
  tellEmpty(text);
}

void AttentionDock::tellEmpty(const QString& text) {
  Q_EMIT emptied(isVisible() || !file_ ? text : tr("While the Attention dock is open, what the model attended to appears here over time."));
}

void AttentionDock::forgetPatch() {
  request_.classToken = true;
  request_.pictureQuery = false;
  classToken_->setChecked(true);
  view_->setQuery({});
  picture_->setQuery({});
}

// What is on show stays; where nothing is, nobody must wait for it.
void AttentionDock::stopped() {
  soon_.stop();
  askedAt_.reset();
  const QString text = tr("Stopped. It is asked again when the playhead moves or a choice changes.");
  if (!file_ || !askable()) return;
  if (!view_->map()) setMessage(text);
  if (!grid_->map()) grid_->setMessage(text);
}

// Models without a class token answer for the mean of all patches instead.
void AttentionDock::nameWholeQuery(bool hasToken) {
  classToken_->setText(hasToken ? tr("Class token") : tr("All patches"));
  classToken_->setToolTip(hasToken ? tr("Ask for the token that the classes are read from; click a patch to ask for the patch")
                                   : tr("Ask for the mean of all patches, for want of a class token; click a patch to ask for the patch"));
}

bool AttentionDock::pending() const { return soon_.isActive() || listening_->busy(); }

void AttentionDock::makeQueryButtons(QWidget* body) {
  classToken_ = new QToolButton(body);
  classToken_->setObjectName("attentionClassToken");
  classToken_->setCheckable(true);
  classToken_->setChecked(true);
  nameWholeQuery(true);
  patches_ = new QToolButton(body);
  patches_->setObjectName("attentionPatches");
  patches_->setText(tr("Patches"));
  patches_->setCheckable(true);
  patches_->setToolTip(tr("The model sees the sound cut into these patches; under the pointer each tells its time and band"));
  follow_ = new QCheckBox(tr("Follow the playhead"), body);
  follow_->setObjectName("attentionFollow");
  follow_->setChecked(true);
  connect(classToken_, &QToolButton::clicked, this, [this] {
    forgetPatch();
    ask();
  });
  connect(patches_, &QToolButton::toggled, view_, &AttentionView::setPatchesShown);
  connect(patches_, &QToolButton::toggled, picture_, &PictureAttentionView::setPatchesShown);
  connect(follow_, &QCheckBox::toggled, this, [this](bool on) {
    if (on) askSoon();
  });
}

void AttentionDock::makeHeadChoice(QWidget* body) {
  heads_ = new HeadChoice(body);
  overview_ = new QToolButton(body);
  overview_->setObjectName("attentionOverview");
  overview_->setText(tr("All heads"));
  overview_->setCheckable(true);
  overview_->setToolTip(tr("Every head of every layer as a small picture; a click shows one large"));
  connect(heads_, &HeadChoice::changed, this, [this] {
    heads_->readInto(request_);
    ask();
  });
  connect(overview_, &QToolButton::toggled, this, &AttentionDock::showOverview);
}

void AttentionDock::buildControls(QWidget* body) {
  makeHeadChoice(body);
  makeQueryButtons(body);
  title_ = new QLabel(body);
  title_->setObjectName("attentionTitle");
  title_->setTextFormat(Qt::PlainText);
  title_->setForegroundRole(QPalette::PlaceholderText);
  title_->setWordWrap(true);
  title_->setContentsMargins(12, 0, 12, 0);
  title_->hide();
  auto* choices = new QHBoxLayout;
  choices->setContentsMargins(12, 0, 12, 0);
  choices->setSpacing(6);
  choices->addWidget(heads_, 1);
  choices->addWidget(overview_);
  choices->addStretch(0);
  auto* query = new QHBoxLayout;
  query->setContentsMargins(12, 0, 12, 0);
  query->setSpacing(8);
  query->addWidget(classToken_);
  query->addWidget(patches_);
  query->addWidget(follow_);
  query->addStretch(1);
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(0, 4, 0, 8);
  column->setSpacing(8);
  column->addLayout(choices);
  column->addLayout(query);
  column->addWidget(title_);
  column->addWidget(pages_, 1);
  column->addWidget(listening_);
  refreshModel();
}

void AttentionDock::refreshModel() {
  const inference::ModelSpec* model = analysis_.model();
  const int layers = model != nullptr ? static_cast<int>(model->number("depth").value_or(0.0)) : 0;
  const int heads = model != nullptr ? static_cast<int>(model->number("heads").value_or(0.0)) : 0;
  heads_->setModel(layers, heads);
  for (QWidget* one : std::initializer_list<QWidget*>{classToken_, patches_}) one->setEnabled(model == nullptr || !looksAtPicture(*model));
  view_->setBinHz(model != nullptr ? dsp::binHz(model->frontend) : std::vector<float>());
  request_ = {};
  forgetPatch();
  // On show the old map stays until the new one is there.
  const bool stays = view_->map() && isVisible() && askable();
  if (stays) tellEmpty(stateText());
  else setMessage(stateText());
  overview_->setEnabled(layers > 0 && heads > 0);
  grid_->setMessage(stateText());
  refreshListening();
  askedAt_.reset();
  askSoon();
}

QString AttentionDock::stateText() const {
  if (!analysis_.modelsKnown()) return tr("Models are being listed…");
  if (analysis_.model() == nullptr) return tr("With a model installed, what it attended to appears here, over the sound it heard.");
  if (looksAtPicture(*analysis_.model())) return tr("This model attends to parts of the picture: where it looked in each second lies over the video.");
  if (file_ && !analysis_.canAsk(*file_)) return tr("This file has nothing that the model could hear or see.");
  if (!file_) return tr("What the model attended to around the playhead appears here. Click a patch to see what it looked at.");
  return tr("Asking the model…");
}

void AttentionDock::setFile(std::optional<FileId> file, std::shared_ptr<const analysis::Recording> recording) {
  file_ = file;
  recording_ = file ? std::move(recording) : nullptr;
  askedAt_.reset();
  soon_.stop();
  title_->hide();
  forgetPatch();
  setMessage(stateText());
  refreshListening();
  if (file_) askSoon();
}

void AttentionDock::setPlayhead(double seconds, bool playing) {
  playhead_ = seconds;
  playing_ = playing;
  view_->setPlayhead(seconds);
  if (playing || !follow_->isChecked()) return;
  if (!askedAt_ || std::abs(*askedAt_ - seconds) > kMovedSeconds) askSoon();
}

void AttentionDock::choosePatch(int row, int column, bool ofPicture) {
  request_.classToken = false;
  request_.pictureQuery = ofPicture;
  request_.patchRow = row;
  request_.patchColumn = column;
  classToken_->setChecked(false);
  const std::optional<std::pair<int, int>> asks(std::pair(row, column)), none;
  view_->setQuery(ofPicture ? none : asks);
  picture_->setQuery(ofPicture ? asks : none);
  overview_->setChecked(false);
  // About the clip on show, wherever the playhead has gone since.
  if (!askedAt_) askedAt_ = playhead_;
  analysis_.attend(*file_, *askedAt_, request_);
}

void AttentionDock::showEvent(QShowEvent* event) {
  QDockWidget::showEvent(event);
  if (!view_->map() || !askedAt_ || (follow_->isChecked() && std::abs(*askedAt_ - playhead_) > kMovedSeconds)) askSoon();
}

bool AttentionDock::askable() const { return file_ && analysis_.canAsk(*file_) && !looksAtPicture(*analysis_.model()); }

void AttentionDock::askSoon() {
  // Restarting would starve the view while the playhead keeps moving.
  if (isVisible() && askable() && !soon_.isActive()) soon_.start();
}

void AttentionDock::ask() {
  if (!isVisible() || playing_ || !askable()) return;
  askedAt_ = playhead_;
  if (overview_->isChecked()) analysis_.attendOverview(*file_, playhead_);
  else analysis_.attend(*file_, playhead_, request_);
}

void AttentionDock::showOverview(bool on) {
  const QSignalBlocker quiet(overview_);
  overview_->setChecked(on);
  pages_->setCurrentIndex(on ? 1 : 0);
  for (QWidget* one : std::initializer_list<QWidget*>{heads_, classToken_, patches_}) one->setVisible(!on);
  listening_->setVisible(!on);
  if (on) {
    title_->setText(tr("Each small picture is one head of one layer: orange where its class token looks. Rows are layers, the first below; columns are heads. Click one to see it large."));
    title_->show();
    grid_->setFocus();
  } else {
    title_->setVisible(view_->map() != nullptr);
    title_->setText(words_);
  }
  ask();
}

void AttentionDock::chooseHead(int layer, int head) {
  heads_->choose(layer, head);
  heads_->readInto(request_);
  forgetPatch();
  grid_->setChosen(std::pair(layer, head));
  showOverview(false);
}

void AttentionDock::acceptOverview(const AttentionAnswer& answer) {
  if (answer.file != file_) return;
  grid_->setOverview(answer.attention.map, std::max(1, answer.attention.heads));
}

// Not every family says in model.json how many layers and heads it has; the loaded model does.
void AttentionDock::learnSize(const analysis::Attention& attention) {
  if (heads_->layers() == attention.layers) return;
  heads_->setModel(attention.layers, attention.heads);
  overview_->setEnabled(attention.layers > 0 && attention.heads > 0);
}

void AttentionDock::refreshListening() {
  const inference::ModelSpec* model = analysis_.model();
  const auto map = view_->map();
  if (!map || !recording_ || model == nullptr || map->grid.patches() == 0) return listening_->setMaker({}, {});
  listening_->setMaker(
      [recording = recording_, map, frontend = model->frontend](const std::filesystem::path& folder, std::stop_token stop) -> Result<void> {
        auto sounds = analysis::attendedSound(*recording, *map, 0, frontend, stop);
        if (!sounds) return fail(sounds.error());
        return analysis::writeAttended(*sounds, folder);
      },
      tr("Each patch is as loud as the attention paid to it; then the whole is made as loud as the original. Attention is where the model looked, not proof of why it decided."));
}

void AttentionDock::accept(const AttentionAnswer& answer) {
  if (answer.file != file_) return;
  learnSize(answer.attention);
  nameWholeQuery(answer.attention.map->grid.leadingTokens > 0);
  view_->setAttention(answer.attention.map, answer.attention.input);
  picture_->setAttention(answer.attention.map, answer.attention.picture);
  picture_->setVisible(picture_->map() != nullptr);
  view_->setVisible(answer.attention.map->grid.patches() > 0);
  const QString question = attentionWords(answer.request, *answer.attention.map, heads_->layers());
  const QString shares = attentionShares(*answer.attention.map);
  words_ = shares.isEmpty() ? question : question + QStringLiteral(" · ") + shares;
  Q_EMIT attended(answer.attention.map, question);
  refreshListening();
  if (overview_->isChecked()) return;
  title_->setText(words_);
  title_->show();
}

}  // namespace chladni::ui
