#include "ui/training/painter_tour.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <cmath>

#include "core/analysis/reconstruction.h"
#include "core/runs/first_painter.h"
#include "ui/training/film_strip.h"
#include "ui/training/run_words.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "widgets/reconstruction/plane_images.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

enum Page { kIdea, kData, kLearn, kCompare };
constexpr double kMoment = 22.8;  // of the film: held out from learning
constexpr std::uint64_t kSeed = 3;
constexpr double kHidden = 0.75;
constexpr QSize kPicture{200, 120};

struct TwoModels {
  std::vector<std::pair<QString, analysis::ReconstructedClip>> clips;
};

Result<TwoModels> paint(const TourSetup& setup, const std::filesystem::path& own, const std::stop_token& stop) {
  auto recording = analysis::Recording::open(setup.film);
  if (!recording) return fail(recording.error());
  TwoModels both;
  for (const auto& [title, package] : {std::pair(PainterTour::tr("yours"), own.string()), std::pair(PainterTour::tr("the one that ships"), setup.shipped)}) {
    auto model = setup.registry->load(package, setup.runtime);
    if (!model && package == own.string()) return fail(model.error());
    if (!model) continue;  // a small installation may lack it
    inference::MaskRequest request;
    request.soundRatio = request.pictureRatio = kHidden;
    request.seed = kSeed;
    auto clip = analysis::reconstruct(**recording, **model, MediaTime::fromSeconds(kMoment), request, analysis::PatchStatistics::neighbours, stop);
    if (!clip) return fail(clip.error());
    both.clips.emplace_back(title, std::move(*clip));
  }
  return both;
}

}  // namespace

PainterTour::PainterTour(RunsController& runs, TourSetup setup, QWidget* parent)
    : QDialog(parent), runs_(runs), setup_(std::move(setup)), post_(this), queue_(std::make_unique<jobs::JobQueue>(jobs::QueueOrder::inOrder, 1)) {
  setObjectName("painterTour");
  setWindowTitle(tr("Train your first masked autoencoder"));
  resize(860, 560);
  pages_ = new QStackedWidget(this);
  back_ = new QPushButton(tr("Back"), this);
  next_ = new QPushButton(this);
  next_->setObjectName("tourNext");
  next_->setProperty("primary", true);
  auto* close = new QPushButton(tr("Close"), this);
  for (auto* button : {back_, next_, close}) button->setAutoDefault(false);
  next_->setDefault(true);
  pages_->addWidget(textPage(tr("A machine that fills in what is missing"),
                             tr("<p>A masked autoencoder learns without labels. It is shown two seconds of sound as a spectrogram and one picture of the film, both cut into small "
                                "squares, and three quarters of the squares are <b>hidden</b>. Its task: paint what was hidden from what is left.</p>"
                                "<p>Nobody tells it what a note or a drum is. But to paint well it has to notice that tones are level lines, that their overtones lie above them, "
                                "that a beat is an upright stroke, and that a bright bar in the picture means a note in the sound.</p>"
                                "<p>Here you train a very small one, on the film that comes with this program. It takes a few minutes; the program stays usable meanwhile.</p>")));
  pages_->addWidget(textPage(tr("What it learns from"),
                             tr("<p>The film is 38 seconds long: the Ode to Joy, each part a row of bars. It is cut into overlapping clips. Of every eight seconds, "
                                "<b>the last two are kept aside</b>: the model never learns from them, so that what it paints there is guessed, not remembered.</p>"
                                "<p>After every few rounds through the clips (an <i>epoch</i>) it paints the same clips of those that were kept aside. "
                                "These pictures become a film strip: first grey guesses, then bands, then notes.</p>"
                                "<p>The recipe is the preset <i>tiny-dualmae</i> with two blocks; it is a run like any other and stays in the list of runs.</p>")));
  pages_->addWidget(learnPage());
  pages_->addWidget(comparePage());
  auto* buttons = new QHBoxLayout;
  buttons->setContentsMargins(20, 8, 20, 16);
  buttons->addWidget(close);
  buttons->addStretch(1);
  buttons->addWidget(back_);
  buttons->addWidget(next_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(pages_, 1);
  column->addLayout(buttons);
  connect(close, &QPushButton::clicked, this, &QDialog::close);
  connect(back_, &QPushButton::clicked, this, [this] { showPage(page() - 1); });
  connect(next_, &QPushButton::clicked, this, [this] {
    if (page() == kData && run_.empty() && !waiting_) begin();
    showPage(page() + 1);
  });
  connect(&runs_, &RunsController::runsChanged, this, &PainterTour::follow);
  connect(&runs_, &RunsController::created, this, [this](const QString& folder) {
    if (!std::exchange(waiting_, false)) return;
    run_ = toPath(folder);
    follow();
  });
  connect(&runs_, &RunsController::failed, this, [this](const QString& why) {
    if (!std::exchange(waiting_, false)) return;
    course_->setText(why);
  });
  showPage(kIdea);
}

PainterTour::~PainterTour() = default;

QWidget* PainterTour::textPage(const QString& title, const QString& words) {
  auto* page = new QWidget;
  auto* heading = new QLabel(title, page);
  QFont font = heading->font();
  font.setPointSizeF(font.pointSizeF() * 1.4);
  font.setWeight(QFont::DemiBold);
  heading->setFont(font);
  auto* body = new QLabel(words, page);
  body->setWordWrap(true);
  body->setTextFormat(Qt::RichText);
  body->setAlignment(Qt::AlignTop);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(24, 20, 24, 8);
  column->setSpacing(10);
  column->addWidget(heading);
  column->addWidget(body, words.isEmpty() ? 0 : 1);
  body->setVisible(!words.isEmpty());
  return page;
}

QWidget* PainterTour::learnPage() {
  auto* page = textPage(tr("It learns"), {});
  course_ = new QLabel(page);
  course_->setObjectName("tourCourse");
  course_->setWordWrap(true);
  progress_ = new QProgressBar(page);
  progress_->setFixedHeight(4);
  progress_->setTextVisible(false);
  strip_ = new FilmStrip(page);
  strip_->setEmptyText(tr("The first paintings appear here after the first round through the clips, then new ones after each."));
  stop_ = new QPushButton(tr("That is enough: stop and keep the model"), page);
  stop_->setObjectName("tourStop");
  stop_->setAutoDefault(false);
  auto* column = static_cast<QVBoxLayout*>(page->layout());
  column->addWidget(course_);
  column->addWidget(progress_);
  column->addWidget(strip_, 1);
  column->addWidget(stop_, 0, Qt::AlignLeft);
  connect(stop_, &QPushButton::clicked, this, [this] { runs_.stop(run_); });
  return page;
}

QWidget* PainterTour::comparePage() {
  auto* page = textPage(tr("Yours, and the one that ships"), {});
  pictures_ = new QLabel(page);
  pictures_->setObjectName("tourPictures");
  pictures_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  pictures_->setAccessibleName(tr("What both models paint of the same moment"));
  verdict_ = new QLabel(page);
  verdict_->setObjectName("tourVerdict");
  verdict_->setWordWrap(true);
  auto* column = static_cast<QVBoxLayout*>(page->layout());
  column->addWidget(pictures_, 1);
  column->addWidget(verdict_);
  return page;
}

int PainterTour::page() const { return pages_->currentIndex(); }

void PainterTour::showPage(int page) {
  pages_->setCurrentIndex(std::clamp(page, static_cast<int>(kIdea), static_cast<int>(kCompare)));
  if (this->page() == kCompare && !compared_ && !painting_) compare();
  refresh();
}

void PainterTour::begin() {
  auto recording = analysis::Recording::open(setup_.film);
  if (!recording) {
    course_->setText(toText(recording.error().describe()));
    return;
  }
  auto made = runs::firstPainter(setup_.film, (*recording)->durationSeconds(), runs_.desk().folder() / ".labels" / "first-painter.csv");
  if (!made) {
    course_->setText(toText(made.error().describe()));
    return;
  }
  waiting_ = true;
  compared_ = false;
  runs_.create("first-painter", made->recipe, Beginning::now);
  course_->setText(tr("Preparing %1 clips; %2 more are kept aside…").arg(made->learned).arg(made->held));
  refresh();
}

void PainterTour::follow() {
  const auto* run = run_.empty() ? nullptr : runs_.find(run_);
  if (run == nullptr) return refresh();
  strip_->setRun(run_, static_cast<std::size_t>(std::max<std::int64_t>(run->epoch, 0)), run->epochs > 0 && run->steps > 0 ? std::max<std::int64_t>(run->steps / run->epochs, 1) : 0);
  QStringList said{phaseWord(run->phase), courseText(*run)};
  said.removeAll(QString());
  course_->setText(said.join(QStringLiteral(" · ")) +
                   (run->message.empty() ? QString() : QStringLiteral("\n") + toText(run->message)));
  const double share = shareDone(*run);
  progress_->setRange(0, share < 0.0 ? 0 : 1000);
  progress_->setValue(static_cast<int>(1000.0 * std::max(share, 0.0)));
  progress_->setVisible(run->alive());
  refresh();
}

void PainterTour::compare() {
  painting_ = true;
  verdict_->setText(tr("Both models paint…"));
  queue_->submit([this, setup = setup_, own = run_](const std::stop_token& stop) {
    auto both = paint(setup, own, stop);
    post_([this, both = std::move(both)] {
      painting_ = false;
      if (!both) {
        verdict_->setText(toText(both.error().describe()));
        return;
      }
      compared_ = true;
      std::vector<Painted> painted;
      for (const auto& [title, clip] : both->clips) {
        const auto& sound = clip.sound;
        const auto [low, high] = widgets::valueSpan(sound.original);
        const auto columns = sound.original.rows;
        painted.push_back({title, widgets::tableImage(sound.original, columns, low, high), widgets::maskedTableImage(sound.original, sound.hidden, columns, low, high),
                           widgets::tableImage(sound.pasted, columns, low, high), clip.result.sound.loss});
      }
      showPainted(painted);
    });
  });
}

void PainterTour::showPainted(const std::vector<Painted>& painted) {
  const int line = fontMetrics().height() + 8, gap = 16, name = 130;
  const double scale = devicePixelRatioF();
  QPixmap sheet((QSizeF(name + 3 * (kPicture.width() + gap), line + static_cast<double>(painted.size()) * (kPicture.height() + gap)) * scale).toSize());
  sheet.setDevicePixelRatio(scale);
  sheet.fill(Qt::transparent);
  QPainter painter(&sheet);
  painter.setFont(font());
  const QStringList heads{tr("the sound"), tr("what it saw"), tr("what it painted")};
  for (int n = 0; n < 3; ++n) {
    painter.setPen(widgets::theme().quiet);
    painter.drawText(QRect(name + n * (kPicture.width() + gap), 0, kPicture.width(), line), Qt::AlignVCenter, heads.at(n));
  }
  QStringList words;
  int y = line;
  for (const auto& one : painted) {
    painter.setPen(widgets::theme().text);
    painter.drawText(QRect(0, y, name - 8, kPicture.height()), Qt::AlignVCenter | Qt::TextWordWrap, tr("%1\nerror %2").arg(one.title).arg(one.error, 0, 'f', 2));
    int x = name;
    for (const auto* image : {&one.original, &one.seen, &one.painted}) {
      painter.drawImage(QRect(QPoint(x, y), kPicture), *image);
      x += kPicture.width() + gap;
    }
    y += kPicture.height() + gap;
    words << tr("%1 %2").arg(one.title).arg(one.error, 0, 'f', 2);
  }
  painter.end();
  pictures_->setPixmap(sheet);
  verdict_->setText(tr("Error of the hidden squares (0 is perfect): %1. Yours saw one film for a few minutes and hears two seconds at a time; the other one has learned from far more, and for hours. "
                       "Yours is in the list of models now: the reconstruction dock shows it on any file. More clips, more blocks and more time make it better: clone its run and change them.")
                        .arg(words.join(QStringLiteral(", "))));
  Q_EMIT modelReady(toQString(run_));
}

QString PainterTour::verdict() const { return compared_ ? verdict_->text() : QString(); }

void PainterTour::refresh() {
  const auto* run = run_.empty() ? nullptr : runs_.find(run_);
  const bool done = run != nullptr && !run->alive() && run->hasModel;
  back_->setVisible(page() > kIdea);
  next_->setVisible(page() < kCompare);
  next_->setText(page() == kData && run_.empty() && !waiting_ ? tr("Start learning") : tr("Next"));
  // Else the focus falls on Close, and the next Enter with it.
  if (page() == kLearn && !done && next_->hasFocus()) strip_->setFocus();
  next_->setEnabled(page() != kLearn || done);
  stop_->setVisible(run != nullptr && run->alive() && run->step > 0);
}

}  // namespace chladni::ui
