#include "ui/docks/listening_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/playback/clip_player.h"
#include "ui/workspace/paths.h"

namespace chladni::ui {
namespace {

constexpr std::array kFiles = {"original.wav", "masked.wav", "predicted.wav"};

}  // namespace

ListeningBar::ListeningBar(QWidget* parent) : QWidget(parent), player_(new ClipPlayer(this)), post_(this) {
  setObjectName("listeningBar");
  const std::array names = {tr("▶ Original"), tr("▶ Shown"), tr("▶ Painted")};
  const std::array tips = {
      tr("Hear the sound as the model knows it: its spectrum, with phases made up"),
      tr("Hear only what was shown to the model; what was hidden is silent"),
      tr("Hear what was shown together with what the model painted into the gaps")};
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(12, 0, 12, 0);
  column->setSpacing(4);
  auto* line = new QHBoxLayout;
  line->setSpacing(8);
  for (int voice = 0; voice < 3; ++voice) {
    auto* button = new QToolButton(this);
    button->setObjectName(QString("listen%1").arg(voice));
    button->setText(names[static_cast<std::size_t>(voice)]);
    button->setToolTip(tips[static_cast<std::size_t>(voice)]);
    button->setCheckable(true);
    connect(button, &QToolButton::clicked, this, [this, voice] { press(voice); });
    line->addWidget(button);
    buttons_[static_cast<std::size_t>(voice)] = button;
  }
  line->addStretch(1);
  column->addLayout(line);
  note_ = new QLabel(this);
  note_->setObjectName("listeningNote");
  note_->setForegroundRole(QPalette::PlaceholderText);
  note_->setWordWrap(true);
  column->addWidget(note_);
  connect(player_, &ClipPlayer::changed, this, &ListeningBar::refresh);
  connect(player_, &ClipPlayer::unavailable, this, [this] { note_->setText(tr("No sound device was found.")); });
  worker_ = std::make_unique<jobs::KeyedWorker<int, Request>>(
      [this, post = post_](int, std::uint64_t generation, Request& request, std::stop_token stop) {
        auto made = analysis::listen(*request.clip, request.spec, stop);
        if (made) {
          std::error_code problem;
          std::filesystem::create_directories(request.folder, problem);
          if (auto written = analysis::writeListening(*made, request.folder); !written) made = fail(written.error());
        }
        post([this, generation, folder = request.folder, made = std::move(made)] { accept(generation, folder, made); });
      });
  refresh();
}

void ListeningBar::setClip(std::shared_ptr<const analysis::ReconstructedClip> clip, const FrontendSpec& spec) {
  if (clip == clip_) return;
  player_->stop();
  worker_->cancelAll();
  answered_ = asked_;
  // One clip's files at a time.
  std::error_code problem;
  if (!made_.empty()) std::filesystem::remove_all(made_, problem);
  made_.clear();
  listening_.reset();
  wanted_ = -1;
  clip_ = clip && clip->sound.original.rows > 0 ? std::move(clip) : nullptr;
  spec_ = spec;
  note_->clear();
  refresh();
}

void ListeningBar::press(int voice) {
  const bool again = !player_->playing().empty() && player_->playing() == made_ / kFiles[static_cast<std::size_t>(voice)];
  player_->stop();
  wanted_ = again ? -1 : voice;
  if (again || !clip_) return refresh();
  if (!made_.empty()) return start(voice);
  if (!busy()) {
    asked_ = worker_->submit(0, {clip_, spec_, toPath(files_.path()) / std::to_string(++folders_)});
    note_->setText(tr("Making the sounds…"));
    Q_EMIT activityChanged();
  }
  refresh();
}

void ListeningBar::accept(std::uint64_t generation, const std::filesystem::path& folder,
                          const Result<analysis::Listening>& made) {
  if (generation <= answered_) return;
  answered_ = generation;
  if (made) {
    listening_ = *made;
    made_ = folder;
    note_->setText(tr("Heard through the model's ears: phases are made up, so even the original sounds a little rough."));
    if (wanted_ >= 0) start(wanted_);
  } else if (made.error().code != ErrorCode::cancelled) {
    note_->setText(QString::fromStdString(made.error().message));
  }
  refresh();
  Q_EMIT activityChanged();
}

void ListeningBar::start(int voice) {
  Q_EMIT starting();
  player_->play(made_ / kFiles[static_cast<std::size_t>(voice)]);
}

void ListeningBar::refresh() {
  note_->setVisible(!note_->text().isEmpty());
  for (std::size_t voice = 0; voice < buttons_.size(); ++voice) {
    buttons_[voice]->setEnabled(clip_ != nullptr);
    const bool waits = busy() && wanted_ == static_cast<int>(voice);
    buttons_[voice]->setChecked(waits || (!made_.empty() && player_->playing() == made_ / kFiles[voice]));
  }
}

}  // namespace chladni::ui
