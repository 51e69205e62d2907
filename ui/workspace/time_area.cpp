#include "ui/workspace/time_area.h"

#include <QLocale>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "core/analysis/model_input_tiles.h"
#include "ui/actions/action_catalogue.h"
#include "ui/bridge/film_loader.h"
#include "ui/bridge/sample_loader.h"
#include "ui/bridge/tile_loader.h"
#include "ui/workspace/lane_memory.h"
#include "ui/workspace/spectrogram_facts.h"
#include "widgets/attention/attention_lane.h"
#include "widgets/labels/label_lane.h"
#include "widgets/prediction/class_lane.h"
#include "widgets/waveform/overview_strip.h"
#include "widgets/spectrogram/spectrogram_lane.h"
#include "widgets/time_axis/time_ruler.h"
#include "widgets/video/film_lane.h"
#include "widgets/waveform/waveform_lane.h"

namespace chladni::ui {

using namespace widgets;
namespace {

const QList<int> kFirstHeights = {120, 270, 110, 90, 50};
constexpr int kPlayheadReach = 6;  // pixels: half its mark in the ruler, and the smooth edge of that

}  // namespace

TimeArea::TimeArea(QWidget* parent) : QWidget(parent), axis_(this) {
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Recording in time"));
  ruler_ = new TimeRuler(axis_, this);
  film_ = new FilmLane(axis_, std::make_unique<FilmLoader>(), this);
  film_->hide();
  splitter_ = new QSplitter(Qt::Vertical, this);
  splitter_->setHandleWidth(1);
  splitter_->setChildrenCollapsible(false);
  auto samples = std::make_unique<SampleLoader>();
  samples_ = samples.get();
  waveform_ = new WaveformLane(axis_, std::move(samples), splitter_);
  spectrogram_ = new SpectrogramLane(axis_, std::make_unique<TileLoader>(), splitter_);
  classes_ = new ClassLane(axis_, splitter_);
  labels_ = new LabelLane(axis_, splitter_);
  attention_ = new AttentionLane(axis_, splitter_);
  overview_ = new OverviewStrip(axis_, this);
  splitter_->addWidget(waveform_);
  splitter_->addWidget(spectrogram_);
  splitter_->addWidget(classes_);
  splitter_->addWidget(labels_);
  splitter_->addWidget(attention_);
  splitter_->setStretchFactor(0, 2);
  splitter_->setStretchFactor(1, 5);
  splitter_->setStretchFactor(2, 2);
  splitter_->setStretchFactor(3, 1);
  splitter_->setSizes(kFirstHeights);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(ruler_);
  column->addWidget(film_);
  column->addWidget(splitter_, 1);
  column->addWidget(overview_);

  connect(&axis_, &TimeAxis::seekRequested, this, &TimeArea::seekRequested);
  connect(&axis_, &TimeAxis::selectionChanged, this, &TimeArea::selectionChanged);
  for (const auto signal : {&TimeAxis::cursorChanged, &TimeAxis::playheadChanged, &TimeAxis::selectionChanged}) {
    connect(&axis_, signal, this, &TimeArea::refreshCursorText);
  }
  for (Lane* lane : std::initializer_list<Lane*>{film_, waveform_, spectrogram_, classes_, labels_, attention_}) {
    connect(lane, &Lane::valueUnderCursor, this, [this](const QString& text) {
      laneValue_ = text;
      refreshCursorText();
    });
  }
  connect(spectrogram_, &SpectrogramLane::boxChanged, this, &TimeArea::boxChanged);
  connect(spectrogram_, &SpectrogramLane::analysisChoicesChanged, this, &TimeArea::setSpectrogramSource);
}

void TimeArea::setRecording(std::shared_ptr<analysis::Recording> recording) {
  recording_ = std::move(recording);
  Q_EMIT recordingChanged();
  axis_.setSelection({});
  axis_.setDuration(recording_->durationSeconds());
  axis_.fit();
  refreshFilm();
  classes_->setMessage(notAnalysed_ = notAnalysed());
  showSound();
}

void TimeArea::showSound() {
  if (!sounds()) {
    waveform_->setMessage(recording_->hasAudio() ? tr("There is not one sample of sound in this file.") : tr("This file has no sound."));
    spectrogram_->setMessage(tr("Without sound there is no spectrogram."));
    return;
  }
  waveform_->setMessage({});
  samples_->setRecording(recording_);
  waveform_->setPeaks(recording_->peaks(), recording_->rate().hz());
  overview_->setPeaks(recording_->peaks(), recording_->rate().hz());
  spectrogram_->setMessage({});
  setSpectrogramSource();
}

bool TimeArea::sounds() const { return recording_ && recording_->hasAudio() && recording_->durationSeconds() > 0.0; }

void TimeArea::setSpectrogramSource() {
  if (!sounds()) return;
  const SpectrogramLane::Choices& choices = spectrogram_->choices();
  spectrogram_->setMessage({});
  spectrogram_->setWindowPeriod(0.0);
  if (choices.view == SpectrogramView::modelInput) return showModelInput();
  const analysis::SpectrogramSettings settings = settingsOf(choices);
  const auto source = recording_->spectrogram(settings);
  spectrogram_->setFacts(factsOf(choices.view, settings, source->hopSeconds()));
  spectrogram_->setSource(source);
}

void TimeArea::showModelInput() {
  const bool hears = model_ && model_->frontend.sound;
  spectrogram_->setFacts(hears ? factsOf(*model_, recording_->durationSeconds()) : QStringList());
  spectrogram_->setWindowPeriod(hears ? analysis::modelInputPeriod(*model_) : 0.0);
  spectrogram_->setSource(hears ? analysis::modelInputTiles(recording_, *model_) : nullptr);
  if (!hears) {
    spectrogram_->setMessage(model_ ? tr("%1 hears nothing; choose a model that listens to see what it is given.").arg(QString::fromStdString(model_->title))
                                    : tr("With a model chosen (%1), exactly the numbers that it is given appear here.").arg(keyOf(*this, "chooseModel")));
  }
}

QString TimeArea::notAnalysed() const { return tr("No analysis yet. %1 runs the model.").arg(keyOf(*this, "analyse")); }

void TimeArea::nameKeys() {
  if (recording_ && classes_->message() == notAnalysed_) classes_->setMessage(notAnalysed_ = notAnalysed());
  if (sounds() && spectrogram_->choices().view == SpectrogramView::modelInput && !model_) showModelInput();
}

void TimeArea::setModel(const inference::ModelSpec* model) {
  model_ = model != nullptr ? std::optional(*model) : std::nullopt;
  if (spectrogram_->choices().view == SpectrogramView::modelInput) setSpectrogramSource();
}

bool TimeArea::showSpectrogram(const QString& kind) {
  const auto view = viewFromId(kind);
  if (!view) return false;
  SpectrogramLane::Choices choices = spectrogram_->choices();
  choices.view = *view;
  choices.notes = choices.notes || *view == SpectrogramView::constantQ;
  spectrogram_->setChoices(choices);
  return true;
}

void TimeArea::clear() {
  recording_.reset();
  Q_EMIT recordingChanged();
  spectrogram_->clearTools();
  samples_->setRecording(nullptr);
  waveform_->setPeaks({}, 0);
  attention_->clear({});
  overview_->setPeaks({}, 0);
  spectrogram_->setSource(nullptr);
  classes_->setPrediction(nullptr);
  refreshFilm();
  for (Lane* lane : {static_cast<Lane*>(waveform_), static_cast<Lane*>(spectrogram_), static_cast<Lane*>(classes_)}) {
    lane->setMessage(tr("Opening…"));
  }
  axis_.setSelection({});
  axis_.setDuration(0.0);
}

void TimeArea::showSameAs(const TimeArea& other, double pixelRatio) {
  model_ = other.model_;
  spectrogram_->setPixelRatio(pixelRatio);
  restoreLanes(other.saveLanes());
  filmShown_ = other.filmShown_;
  if (other.recording_) setRecording(other.recording_);
  classes_->showSameAs(*other.classes_);
  labels_->showSameAs(*other.labels_);
  attention_->showSameAs(*other.attention_);
  spectrogram_->setLabelBoxes(other.spectrogram_->labelBoxes());
  const std::initializer_list<Lane*> lanes = {waveform_, spectrogram_, classes_, labels_, attention_};
  const bool anything = std::any_of(lanes.begin(), lanes.end(), [](const Lane* lane) { return lane->message().isEmpty(); });
  for (Lane* lane : lanes) lane->QWidget::setVisible(!anything || lane->message().isEmpty());
  if (other.attention_->isHidden()) attention_->hide();
}

QRegion TimeArea::playheadRegion() const {
  const auto strip = [this](const QWidget& part, double x) {
    const QPoint at = part.mapTo(this, QPoint(static_cast<int>(std::floor(x)) - kPlayheadReach, 0));
    return QRect(at, QSize(2 * kPlayheadReach + 2, part.height()));
  };
  const double x = ruler_->xAt(axis_.playhead());
  // Headers say values at the playhead.
  const QRect headers(splitter_->pos(), QSize(kLaneHeaderWidth, splitter_->height()));
  return QRegion(headers) + strip(*ruler_, x) + strip(*film_, x) + strip(*splitter_, x) + strip(*overview_, overview_->xAt(axis_.playhead()));
}

void TimeArea::setAttentionShown(bool shown) { attention_->QWidget::setVisible(shown); }

void TimeArea::setOverviewShown(bool shown) { overview_->setVisible(shown); }

void TimeArea::setFilmShown(bool shown) {
  filmShown_ = shown;
  refreshFilm();
}

void TimeArea::refreshFilm() {
  const auto* video = filmShown_ && recording_ ? recording_->info().mainVideo() : nullptr;
  film_->QWidget::setVisible(video != nullptr);
  film_->setFilm(video != nullptr ? std::optional(Film{recording_->path(), video->displayWidth, video->displayHeight, video->fps}) : std::nullopt);
}

void TimeArea::refreshPeaks() {
  refreshDuration();
  waveform_->update();
  overview_->update();
}

void TimeArea::refreshDuration() {
  if (!recording_) return;
  const bool hadNone = axis_.duration() <= 0.0;
  axis_.setDuration(recording_->durationSeconds());
  if (hadNone && sounds()) {  // its header said that there is none
    axis_.fit();
    showSound();
  }
  spectrogram_->refreshSampled();
  waveform_->update();
  overview_->update();
}

void TimeArea::setPrediction(std::shared_ptr<const Prediction> prediction) { classes_->setPrediction(std::move(prediction)); }

void TimeArea::setClassMessage(const QString& text) {
  classes_->setPrediction(nullptr);
  classes_->setMessage(text);
}

void TimeArea::setPlayhead(double seconds, bool playing) {
  axis_.setPlayhead(seconds);
  if (!playing || (seconds >= axis_.from() && seconds < axis_.to())) return;
  axis_.setVisible(seconds, seconds + axis_.span());
}

void TimeArea::zoomBy(double factor) {
  const double playhead = axis_.playhead();
  const bool inView = playhead >= axis_.from() && playhead <= axis_.to();
  axis_.zoom(factor, inView ? playhead : (axis_.from() + axis_.to()) / 2.0);
}

void TimeArea::zoomToSelection() {
  if (const auto& selection = axis_.selection()) axis_.setVisible(selection->first, selection->second);
}

std::optional<TimeRange> TimeArea::selection() const {
  const auto& selection = axis_.selection();
  if (!selection) return std::nullopt;
  return TimeRange{MediaTime::fromSeconds(selection->first), MediaTime::fromSeconds(selection->second)};
}

std::optional<std::pair<double, double>> TimeArea::boxedBand() const {
  const auto box = spectrogram_->box();
  if (!box) return std::nullopt;
  return std::pair(box->first.hertz, box->second.hertz);
}

void TimeArea::clearTools() { spectrogram_->clearTools(); }

void TimeArea::openSpectrogramSettings() { spectrogram_->openSettings(); }

QString TimeArea::pending() const {
  if (recording_ && !spectrogram_->idle()) return tr("spectrogram");
  if (!waveform_->idle()) return tr("waveform");
  return film_->isVisible() && !film_->idle() ? tr("film") : QString();
}

QByteArray TimeArea::saveLanes() const { return packLanes({splitter_->saveState(), spectrogram_->choices()}); }

void TimeArea::restoreLanes(const QByteArray& state) {
  const LaneMemory memory = unpackLanes(state);
  if (memory.splitter.isEmpty() || !splitter_->restoreState(memory.splitter)) splitter_->setSizes(kFirstHeights);
  spectrogram_->setChoices(memory.spectrogram);
}

void TimeArea::refreshCursorText() {
  if (!recording_ || axis_.duration() <= 0.0) {
    Q_EMIT cursorTextChanged({});
    return;
  }
  const double at = axis_.cursor().value_or(axis_.playhead());
  QString text = tr("%1 s").arg(at, 0, 'f', 3);
  if (recording_->hasAudio()) {
    const auto sample = static_cast<qint64>(std::llround(at * recording_->rate().hz()));
    text += tr(" · sample %1").arg(QLocale(QLocale::English).toString(sample));
  }
  if (const auto& selection = axis_.selection()) {
    text = tr("selection %1 s · ").arg(selection->second - selection->first, 0, 'f', 3) + text;
  }
  if (axis_.cursor() && !laneValue_.isEmpty()) text += QStringLiteral("   ") + laneValue_;
  Q_EMIT cursorTextChanged(text);
}

}  // namespace chladni::ui
