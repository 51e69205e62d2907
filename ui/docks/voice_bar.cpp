#include "ui/docks/voice_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/playback/clip_player.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "widgets/theme/quiet_label.h"

namespace chladni::ui {

VoiceBar::VoiceBar(const QString& name, const std::vector<Voice>& voices, QWidget* parent)
    : QWidget(parent), player_(new ClipPlayer(this)), post_(this) {
  setObjectName(name + "Bar");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(12, 0, 12, 0);
  column->setSpacing(4);
  line_ = new QHBoxLayout;
  line_->setSpacing(8);
  for (const Voice& voice : voices) {
    auto* button = new QToolButton(this);
    button->setObjectName(voice.objectName);
    button->setText(voice.text);
    button->setToolTip(voice.tip);
    button->setCheckable(true);
    connect(button, &QToolButton::clicked, this, [this, index = static_cast<int>(buttons_.size())] { press(index); });
    line_->addWidget(button);
    buttons_.push_back(button);
    files_ << voice.file;
  }
  line_->addStretch(1);
  column->addLayout(line_);
  note_ = widgets::quietLabel({}, this);
  note_->setObjectName(name + "Note");
  column->addWidget(note_);
  connect(player_, &ClipPlayer::changed, this, &VoiceBar::refresh);
  connect(player_, &ClipPlayer::unavailable, this, [this] { note_->setText(tr("No sound device was found.")); });
  worker_ = std::make_unique<jobs::KeyedWorker<int, Request>>(
      [this, post = post_](int, std::uint64_t generation, Request& request, std::stop_token stop) {
        std::error_code problem;
        std::filesystem::create_directories(request.folder, problem);
        auto made = request.maker(request.folder, stop);
        post([this, generation, folder = request.folder, made = std::move(made)] { accept(generation, folder, made); });
      });
  refresh();
}

std::filesystem::path VoiceBar::fileOf(int voice) const { return made_ / toPath(files_[voice]); }

void VoiceBar::setMaker(Maker maker, const QString& note) {
  player_->stop();
  worker_->cancelAll();
  answered_ = asked_;
  // One set of files at a time.
  std::error_code problem;
  if (!made_.empty()) std::filesystem::remove_all(made_, problem);
  made_.clear();
  wanted_ = -1;
  maker_ = std::move(maker);
  madeNote_ = note;
  note_->clear();
  refresh();
}

void VoiceBar::press(int voice) {
  const bool again = !made_.empty() && !player_->playing().empty() && player_->playing() == fileOf(voice);
  player_->stop();
  wanted_ = again ? -1 : voice;
  if (again || !maker_) return refresh();
  if (!made_.empty()) return start(voice);
  if (!busy()) {
    asked_ = worker_->submit(0, {maker_, toPath(folder_.path()) / std::to_string(++folders_)});
    note_->setText(tr("Making the sounds…"));
    Q_EMIT activityChanged();
  }
  refresh();
}

void VoiceBar::accept(std::uint64_t generation, const std::filesystem::path& folder, const Result<void>& made) {
  if (generation <= answered_) return;
  answered_ = generation;
  if (made) {
    made_ = folder;
    note_->setText(madeNote_);
    if (wanted_ >= 0) start(wanted_);
  } else if (made.error().code != ErrorCode::cancelled) {
    note_->setText(messageText(made.error()));
  }
  refresh();
  Q_EMIT activityChanged();
}

void VoiceBar::start(int voice) {
  Q_EMIT starting();
  player_->play(fileOf(voice));
}

void VoiceBar::refresh() {
  note_->setVisible(!note_->text().isEmpty());
  for (int voice = 0; voice < static_cast<int>(buttons_.size()); ++voice) {
    QToolButton* button = buttons_[static_cast<std::size_t>(voice)];
    button->setEnabled(maker_ != nullptr);
    button->setChecked((busy() && wanted_ == voice) || (!made_.empty() && player_->playing() == fileOf(voice)));
  }
}

}  // namespace chladni::ui
