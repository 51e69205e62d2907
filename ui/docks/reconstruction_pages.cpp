#include "ui/docks/reconstruction_pages.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <array>

#include "core/dsp/mel_inverse.h"
#include "ui/docks/listening_bar.h"
#include "ui/docks/sweep_page.h"
#include "ui/models/figure_words.h"
#include "widgets/theme/quiet_label.h"

namespace chladni::ui {

using namespace widgets;
namespace {

QScrollArea* scrolled(QWidget* content, const QString& name, QWidget* parent) {
  auto* scroll = new QScrollArea(parent);
  scroll->setAccessibleName(name);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(content);
  return scroll;
}

}  // namespace

ReconstructionPages::ReconstructionPages(RatioSweep& sweep, QWidget* parent)
    : QWidget(parent), pages_(new QStackedWidget(this)), view_(new ReconstructionView(this)), strips_(new PatchStrips(this)),
      curve_(new SweepPage(sweep, this)), listening_(new ListeningBar(this)), title_(quietLabel({}, this)), patch_(quietLabel({}, this)) {
  view_->setObjectName("reconstructionView");
  strips_->setObjectName("patchStrips");
  title_->setObjectName("reconstructionTitle");
  title_->setContentsMargins(12, 0, 12, 0);
  title_->hide();
  patch_->setObjectName("reconstructionPatch");
  patch_->setContentsMargins(12, 0, 12, 0);
  patch_->setMinimumHeight(fontMetrics().height());
  pages_->addWidget(scrolled(view_, tr("Pictures of the reconstruction"), pages_));
  pages_->addWidget(scrolled(strips_, tr("Patches one after another"), pages_));
  pages_->addWidget(curve_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  column->addWidget(title_);
  column->addWidget(buildButtons());
  column->addWidget(pages_, 1);
  column->addWidget(patch_);
  column->addWidget(listening_);
  connectCursor();
}

QWidget* ReconstructionPages::buildButtons() {
  auto* line = new QWidget(this);
  auto* layout = new QHBoxLayout(line);
  layout->setContentsMargins(12, 0, 12, 0);
  layout->setSpacing(2);
  const std::array<std::array<QString, 3>, 3> pages = {{
      {"reconstructionPictures", tr("Pictures"), tr("The clip, what was hidden, what the model painted, and how far off it is")},
      {"reconstructionStrips", tr("Patches"), tr("The patches one after another: in order, masked, and shuffled as the encoder gets them")},
      {"reconstructionCurve", tr("Curve"), tr("How the error grows with the share that is hidden")},
  }};
  for (std::size_t i = 0; i < pages.size(); ++i) {
    auto* button = new QToolButton(line);
    button->setObjectName(pages[i][0]);
    button->setText(pages[i][1]);
    button->setToolTip(pages[i][2]);
    button->setCheckable(true);
    button->setAutoExclusive(true);
    connect(button, &QToolButton::clicked, this, [this, i] { showPage(static_cast<Page>(i)); });
    layout->addWidget(button);
    buttons_.push_back(button);
  }
  layout->addStretch(1);
  buttons_.front()->setChecked(true);
  return line;
}

void ReconstructionPages::connectCursor() {
  const auto tell = [this](const QString& text) {
    patch_->setText(text);
    Q_EMIT valueUnderCursor(text);
  };
  connect(view_, &ReconstructionView::valueUnderCursor, this, tell);
  connect(strips_, &PatchStrips::patchUnderCursor, this, [this, tell](int row, int column) {
    tell(row < 0 ? QString() : view_->patchText(ReconstructionView::Plane::sound, row, column));
  });
  connect(curve_, &SweepPage::valueUnderCursor, this, &ReconstructionPages::valueUnderCursor);
}

QString ReconstructionPages::explanation() {
  return tr("Part of the clip is hidden, and the model paints what it expects there: a good guess shows what it has learnt.");
}

void ReconstructionPages::showPage(Page page) {
  pages_->setCurrentIndex(static_cast<int>(page));
  buttons_[static_cast<std::size_t>(page)]->setChecked(true);
  // The curve is about all shares, and needs the room.
  listening_->setVisible(page != Page::curve);
  patch_->setVisible(page != Page::curve);
  refreshTitle();
  Q_EMIT pageChanged(page);
}

void ReconstructionPages::refreshTitle() { title_->setVisible(clip_ && pages_->currentIndex() != static_cast<int>(Page::curve)); }

void ReconstructionPages::setMessage(const QString& text) {
  clip_ = false;
  patch_->clear();
  strips_->setReconstruction(nullptr, nullptr, 0);
  view_->setMessage(text);
  refreshTitle();
}

void ReconstructionPages::showClip(const std::shared_ptr<const analysis::ReconstructedClip>& clip, const inference::ModelSpec& spec, std::uint64_t seed) {
  ShownReconstruction shown;
  // Parts of the clip, which they keep alive.
  shown.result = {clip, &clip->result};
  if (clip->sound.original.rows > 0) shown.sound = {clip, &clip->sound};
  if (clip->picture.original.rows > 0) shown.picture = {clip, &clip->picture};
  shown.pictureSpec = spec.frontend.picture;
  shown.binHz = dsp::binHz(spec.frontend);
  shown.span = clip->span;
  strips_->setReconstruction(shown.result, shown.sound, seed);
  view_->setReconstruction(std::move(shown));
  tellModel(*clip, spec);
  clip_ = true;
  refreshTitle();
}

// In short what the controls do not say; all of it in the tool tip.
void ReconstructionPages::tellModel(const analysis::ReconstructedClip& clip, const inference::ModelSpec& spec) {
  QStringList losses;
  for (const auto& [name, loss] : clip.result.losses) losses << tr("%1 %2").arg(figureName(QString::fromStdString(name))).arg(loss, 0, 'f', 3);
  const QString model = QString::fromStdString(spec.title), told = tr("loss %1").arg(losses.join(QStringLiteral(", ")));
  const QString statistics = clip.result.trueStatistics ? tr("Targets were normalised patch by patch: level and contrast of hidden patches are the true ones.")
                             : clip.guessedStatistics   ? tr("Targets were normalised patch by patch: level and contrast come from visible patches near by.")
                                                        : tr("Targets were not normalised: level and contrast are the model's own.");
  const bool borrowed = clip.result.trueStatistics || clip.guessedStatistics;
  title_->setText(tr("Model output of %1 · %2").arg(model, told) + (borrowed ? QStringLiteral(". ") + statistics : QStringLiteral(" · ") + tr("not normalised")));
  title_->setToolTip(tr("Model output of %1 · %2").arg(model, QString::fromStdString(clip.result.title)) + QStringLiteral(" · ") + told + QStringLiteral(". ") + statistics +
                     QStringLiteral("\n") + explanation());
}

}  // namespace chladni::ui
