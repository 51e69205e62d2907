// TimeArea: ruler, lanes and overview strip of the file on show, on one time axis. It turns a Recording into what the
// lanes draw and answers questions about the view; it does not know files, playback or models. GUI thread only.
#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <utility>

#include "core/analysis/recording.h"
#include "core/data/prediction.h"
#include "core/inference/model_spec.h"
#include "widgets/time_axis/time_axis.h"

QT_BEGIN_NAMESPACE
class QSplitter;
QT_END_NAMESPACE

namespace chladni::widgets {
class AttentionLane;
class ClassLane;
class FilmLane;
class LabelLane;
class OverviewStrip;
class SpectrogramLane;
class TimeRuler;
class WaveformLane;
}

namespace chladni::ui {

class SampleLoader;

class TimeArea : public QWidget {
  Q_OBJECT

 public:
  explicit TimeArea(QWidget* parent = nullptr);

  void setRecording(std::shared_ptr<analysis::Recording> recording);
  // Null: none on show.
  [[nodiscard]] const std::shared_ptr<analysis::Recording>& recording() const { return recording_; }
  void clear();
  // The same recording, lanes and choices as another area has now, for pictures that are painted off screen with `pixelRatio`:
  // lanes that hold only a sentence are left out, nothing is selected. The whole recording is visible.
  void showSameAs(const TimeArea& other, double pixelRatio);
  void refreshPeaks();
  void refreshDuration();
  void setPrediction(std::shared_ptr<const Prediction> prediction);
  // Whose input the spectrogram lane can show; null: none.
  void setModel(const inference::ModelSpec* model);
  // In the class lane, while there is no prediction.
  void setClassMessage(const QString& text);
  // In what the lanes say, as the keys of the window's actions are now.
  void nameKeys();

  // While playing the view pages along.
  void setPlayhead(double seconds, bool playing);
  [[nodiscard]] std::pair<double, double> visible() const { return {axis_.from(), axis_.to()}; }
  void setVisible(double from, double to) { axis_.setVisible(from, to); }
  using QWidget::setVisible;
  void fit() { axis_.fit(); }
  void zoomBy(double factor);
  void scrollBy(double share) { axis_.scroll(share * axis_.span()); }
  void zoomToSelection();
  void selectAll() { axis_.setSelection(std::pair(0.0, axis_.duration())); }
  void selectNone() { axis_.setSelection({}); }
  [[nodiscard]] std::optional<TimeRange> selection() const;
  // Frequencies of the box drawn in the spectrogram, low and high, in Hz; empty: no box.
  [[nodiscard]] std::optional<std::pair<double, double>> boxedBand() const;
  void clearTools();
  void openSpectrogramSettings();
  // By the name that viewFromId() knows; false when there is no such kind.
  bool showSpectrogram(const QString& kind);

  // What depends on where the playhead stands; painted again where it was and where it is, the picture is whole.
  [[nodiscard]] QRegion playheadRegion() const;
  void setOverviewShown(bool shown);
  void setAttentionShown(bool shown);
  // Where there is a video.
  void setFilmShown(bool shown);

  // Empty when everything that can be seen has been drawn.
  [[nodiscard]] QString pending() const;
  [[nodiscard]] QByteArray saveLanes() const;
  // Empty: as at first.
  void restoreLanes(const QByteArray& state);

  [[nodiscard]] widgets::TimeAxis& axis() { return axis_; }
  [[nodiscard]] widgets::FilmLane& film() { return *film_; }
  [[nodiscard]] widgets::WaveformLane& waveform() { return *waveform_; }
  [[nodiscard]] widgets::SpectrogramLane& spectrogram() { return *spectrogram_; }
  [[nodiscard]] widgets::ClassLane& classes() { return *classes_; }
  [[nodiscard]] widgets::AttentionLane& attention() { return *attention_; }
  [[nodiscard]] widgets::LabelLane& labels() { return *labels_; }

 Q_SIGNALS:
  void seekRequested(double seconds);
  void recordingChanged();
  void selectionChanged();
  void boxChanged();
  void cursorTextChanged(const QString& text);

 private:
  [[nodiscard]] bool sounds() const;
  void showSound();
  void setSpectrogramSource();
  void showModelInput();
  [[nodiscard]] QString notAnalysed() const;
  void refreshCursorText();
  void refreshFilm();

  widgets::TimeAxis axis_;
  std::shared_ptr<analysis::Recording> recording_;
  std::optional<inference::ModelSpec> model_;
  QString notAnalysed_;  // as the class lane says it
  widgets::TimeRuler* ruler_;
  widgets::FilmLane* film_;
  QSplitter* splitter_;
  SampleLoader* samples_;  // the waveform owns it
  widgets::WaveformLane* waveform_;
  widgets::SpectrogramLane* spectrogram_;
  widgets::ClassLane* classes_;
  widgets::LabelLane* labels_;
  widgets::AttentionLane* attention_;
  widgets::OverviewStrip* overview_;
  QString laneValue_;
  bool filmShown_ = true;
};

}  // namespace chladni::ui
