// The rows of the window: an hour opened for the first time and again, its frames while zooming and panning, memory.
//   chladni_bench_window [FILE]   FILE: an hour of any format; without it an hour of 44.1 kHz stereo WAV is made.
// A program of its own, without Google Benchmark's repetition: what is measured here happens once in a process.
// Prints one JSON object. Frames are painted on the platform that QT_QPA_PLATFORM names (default: offscreen).
#include <QApplication>
#include <QElapsedTimer>
#include <QThread>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>

#include "core/data/min_max_pyramid.h"
#include "core/inference/model_registry.h"
#include "core/media/audio_reader.h"
#include "core/media/wav_writer.h"
#include "tests/support/scratch.h"
#include "ui/main_window.h"
#include "ui/project/project_desk.h"
#include "ui/workspace/time_area.h"
#include "widgets/spectrogram/spectrogram_lane.h"
#include "widgets/video/film_lane.h"
#include "widgets/waveform/waveform_lane.h"

using namespace chladni;

namespace {

double residentMb() {
  std::ifstream statm("/proc/self/statm");
  long total = 0;
  long resident = 0;
  statm >> total >> resident;
  return static_cast<double>(resident) * 4096.0 / 1e6;
}

void makeHour(const std::filesystem::path& path) {
  constexpr int kRate = 44100;
  AudioBuffer hour{SampleRate(kRate), {}, {}};
  for (int c = 0; c < 2; ++c) {
    std::vector<float> samples(static_cast<std::size_t>(kRate) * 3600);
    for (std::size_t n = 0; n < samples.size(); ++n) {
      const double seconds = static_cast<double>(n) / kRate;
      samples[n] = static_cast<float>(0.4 * std::sin(seconds * (1000.0 + 300.0 * c)) * std::sin(seconds * 0.7));
    }
    hour.channels.push_back(std::move(samples));
  }
  if (!media::writeWav(path, hour)) std::abort();
}

// Ten thousand labels of twenty classes on the file.
void addLabels(ui::LabelController& labels, const std::filesystem::path& file) {
  LabelTrack track;
  track.name = "mine";
  for (int i = 0; i < 10000; ++i) {
    Label label;
    label.span = {MediaTime::fromSeconds(0.36 * i), MediaTime::fromSeconds(0.36 * i + (i % 3 == 0 ? 0.9 : 0.3))};
    label.text = "class " + std::to_string(i % 20);
    track.labels.push_back(std::move(label));
  }
  const auto added = labels.project()->addFiles({file});
  if (!added || !labels.project()->addTrack(added->files.front(), track)) std::abort();
  labels.reload();
}

// Notes when the lane first painted with something to show.
class FirstPaint : public QObject {
 public:
  FirstPaint(ui::MainWindow& window, const QElapsedTimer& clock) : window_(window), clock_(clock) {
    window.timeArea().waveform().installEventFilter(this);
  }
  [[nodiscard]] double ms() const { return ms_; }

 protected:
  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() == QEvent::Paint && ms_ < 0.0 && hasPeaks()) ms_ = static_cast<double>(clock_.nsecsElapsed()) / 1e6;
    return false;
  }

 private:
  [[nodiscard]] bool hasPeaks() const {
    const ui::OpenFile* file = window_.currentFile();
    if (!file || !file->recording) return false;
    const auto peaks = file->recording->peaks();
    return !peaks.empty() && peaks.front()->completedSamples() > 0;
  }
  ui::MainWindow& window_;
  const QElapsedTimer& clock_;
  double ms_ = -1.0;
};

struct Opened {
  double firstWaveformMs = 0.0;
  double overviewMs = 0.0;
  double settledMs = 0.0;
  double firstSpectrogramMs = 0.0;  // a picture of all of it, from a few places
  double spectrogramMs = 0.0;       // the exact one, at the width of the window
  double filmMs = 0.0;              // small pictures of the whole video; 0: no video
  double longestEventMs = 0.0;      // the longest that the GUI thread was away from its event loop
};

Opened open(ui::MainWindow& window, const std::filesystem::path& path) {
  Opened result;
  QElapsedTimer clock;
  clock.start();
  const FirstPaint first(window, clock);
  const auto ms = [&] { return static_cast<double>(clock.nsecsElapsed()) / 1e6; };
  const auto& spectrogram = window.timeArea().spectrogram();
  QObject watch;
  QObject::connect(&spectrogram, &widgets::SpectrogramLane::tilesReady, &watch, [&] {
    if (result.firstSpectrogramMs == 0.0) result.firstSpectrogramMs = ms();
  });
  window.openFile(path);
  for (int quiet = 0; quiet < 20;) {
    const double before = ms();
    QCoreApplication::processEvents(QEventLoop::AllEvents);
    result.longestEventMs = std::max(result.longestEventMs, ms() - before);
    const ui::OpenFile* file = window.currentFile();
    if (result.overviewMs == 0.0 && file && file->recording && file->recording->scanned()) result.overviewMs = ms();
    if (result.spectrogramMs == 0.0 && result.firstSpectrogramMs > 0.0 && spectrogram.complete()) result.spectrogramMs = ms();
    const auto& film = window.timeArea().film();
    if (result.filmMs == 0.0 && film.film() && film.idle() && film.complete()) result.filmMs = ms();
    quiet = window.pending().isEmpty() && first.ms() >= 0.0 ? quiet + 1 : 0;
    QThread::msleep(1);
    if (ms() > 300'000.0) break;
  }
  result.firstWaveformMs = first.ms();
  result.settledMs = ms();
  return result;
}

struct Frames {
  double worstMs = 0.0;
  double meanMs = 0.0;
};

class PaintCount : public QObject {
 public:
  int paints = 0;

 protected:
  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() == QEvent::Paint) ++paints;
    return false;
  }
};

// Each step changes the view and paints all of the time area at once, as a frame does.
Frames frames(ui::MainWindow& window, int count, const std::function<void(int)>& step) {
  Frames result;
  PaintCount counter;
  window.timeArea().waveform().installEventFilter(&counter);
  for (int i = 0; i < count; ++i) {
    counter.paints = 0;
    QElapsedTimer clock;
    clock.start();
    step(i);
    window.timeArea().repaint();
    const double ms = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    if (counter.paints != 1) {
      std::fprintf(stderr, "step %d was painted %d times, not once\n", i, counter.paints);
      std::abort();
    }
    result.worstMs = std::max(result.worstMs, ms);
    result.meanMs += ms / count;
    QCoreApplication::processEvents();
  }
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  const test::Scratch scratch;
  qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((scratch / "cache").string()));
  std::filesystem::path file = argc > 1 ? std::filesystem::path(argv[1]) : scratch / "hour.wav";
  if (argc <= 1) makeHour(file);

  ui::WindowSetup setup;
  setup.makeRegistry = [] { return std::make_shared<inference::ModelRegistry>(); };
  setup.settings = ui::WorkspaceSettings::inMemory();
  setup.silent = true;
  ui::MainWindow window(std::move(setup));
  window.resize(1440, 900);
  window.show();
  for (int i = 0; i < 50; ++i) QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
  const double empty = residentMb();

  const Opened first = open(window, file);
  const double loaded = residentMb();
  auto& area = window.timeArea();
  const Frames zoom = frames(window, 60, [&](int i) { area.zoomBy(i < 30 ? 1.25 : 0.8); });
  area.fit();
  const Frames shown = frames(window, 40, [&](int i) { area.setPlayhead(i * 10.0, false); });
  area.setVisible(1000.0, 1060.0);
  const Frames pan = frames(window, 60, [&](int) { area.scrollBy(0.05); });
  const double after = residentMb();

  auto& labels = window.desk().labels();
  labels.createProject(scratch / "bench.chladni");
  addLabels(labels, file);
  area.fit();
  const Frames labelled = frames(window, 40, [&](int i) { area.setPlayhead(i * 10.0, false); });
  area.setVisible(1000.0, 1060.0);
  const Frames labelledPan = frames(window, 60, [&](int) { area.scrollBy(0.05); });
  labels.select(0, 5000, false);
  const Frames nudged = frames(window, 30, [&](int) { labels.nudge(LabelEdge::end, 0.001); });

  window.closeFile(window.currentFile()->id);
  QCoreApplication::processEvents();
  const Opened reopened = open(window, file);
  std::printf("{\"first_waveform_ms\":%.0f,\"overview_ms\":%.0f,\"first_spectrogram_ms\":%.0f,\"spectrogram_ms\":%.0f,\"film_ms\":%.0f,\n"
              " \"settled_ms\":%.0f,\"longest_event_ms\":%.1f,\n"
              " \"reopened_waveform_ms\":%.0f,\"reopened_overview_ms\":%.0f,\"reopened_settled_ms\":%.0f,\n"
              " \"zoom_frame_ms\":{\"mean\":%.1f,\"worst\":%.1f},\"hour_frame_ms\":{\"mean\":%.1f,\"worst\":%.1f},\n"
              " \"pan_frame_ms\":{\"mean\":%.1f,\"worst\":%.1f},\n"
              " \"labels_10000_hour_frame_ms\":{\"mean\":%.1f,\"worst\":%.1f},\"labels_10000_pan_frame_ms\":{\"mean\":%.1f,\"worst\":%.1f},\n"
              " \"labels_10000_nudge_ms\":{\"mean\":%.1f,\"worst\":%.1f},\n"
              " \"memory_mb\":{\"empty\":%.0f,\"opened\":%.0f,\"after_zoom\":%.0f}}\n",
              first.firstWaveformMs, first.overviewMs, first.firstSpectrogramMs, first.spectrogramMs, first.filmMs, first.settledMs, first.longestEventMs, reopened.firstWaveformMs,
              reopened.overviewMs, reopened.settledMs, zoom.meanMs, zoom.worstMs, shown.meanMs, shown.worstMs, pan.meanMs,
              pan.worstMs, labelled.meanMs, labelled.worstMs, labelledPan.meanMs, labelledPan.worstMs, nudged.meanMs,
              nudged.worstMs, empty, loaded, after);
  return 0;
}
