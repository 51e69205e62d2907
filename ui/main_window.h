// MainWindow: one window, one session. It owns the organs (library, analysis, playback, lanes, docks) and wires them;
// what each does is in its own class. Nothing here decodes, infers or waits. GUI thread only.
#pragma once

#include <QMainWindow>
#include <QTimer>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "ui/actions/action_catalogue.h"
#include "ui/analysis/analysis_controller.h"
#include "ui/playback/playback_controller.h"
#include "ui/workspace/library.h"
#include "ui/workspace/workspace_settings.h"

namespace chladni::ui {

class AnalyseMenu;
class CentrePages;
class CorrectionDesk;
class DockSet;
class FileMenu;
class LearningDesk;
class LogDock;
class MainToolBar;
class PlayMenu;
class ProjectDesk;
class RecordingDesk;
class StatusLine;
class TimeArea;
class WindowActivity;

struct WindowSetup {
  RegistryMaker makeRegistry;
  inference::RuntimeOptions runtime;
  std::unique_ptr<WorkspaceSettings> settings;
  QString model;   // package to use; empty: the one made the default, else the last one
  QString theme;   // "light", "dark"; empty: as last time
  bool silent = false;
  std::vector<std::filesystem::path> demos;  // bundled media, the one that shows most first; empty: none installed
  [[nodiscard]] std::filesystem::path demo() const { return demos.empty() ? std::filesystem::path() : demos.front(); }
  std::filesystem::path commandLine;  // chladni-cli, which trains and evaluates
  std::filesystem::path runFolder;    // where runs are
  std::optional<double> at;    // for the first file opened: playhead and visible stretch, in seconds
  std::optional<std::pair<double, double>> zoom;
};

class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(WindowSetup setup, QWidget* parent = nullptr);
  ~MainWindow() override;

  // Opens and shows it; errors appear in the window.
  void openFile(const std::filesystem::path& path);
  void showFile(FileId id);
  void closeFile(FileId id);
  // At a stretch of it, in seconds; the whole of it when `to` is not above `from`.
  void openAt(const std::filesystem::path& path, double from, double to);
  // Shown in the library dock; errors appear in the window.
  void openProject(const std::filesystem::path& path);
  // The one that was open when the program was last left, if it is still there.
  void reopenProject();
  // library, video, predictions, attention, reconstruction, spectrum, course, map, inspector, labels, training, models, evaluation; false
  // when there is no such dock.
  bool showDock(const QString& name);
  void setTheme(const QString& name);
  // log, stft, mel, constant-q, mfcc, chroma, model; false when there is no such kind.
  bool showSpectrogram(const QString& kind);

  // What is still being done, in words; empty when the picture is complete.
  [[nodiscard]] QString pending() const;
  // The first file that could not be opened, the project, or the model that could not be used.
  [[nodiscard]] std::optional<Error> firstFailure() const;

  [[nodiscard]] const OpenFile* currentFile() const;
  [[nodiscard]] Library& library() { return *library_; }
  [[nodiscard]] AnalysisController& analysis() { return *analysis_; }
  [[nodiscard]] PlaybackController& playback() { return *playback_; }
  [[nodiscard]] TimeArea& timeArea();
  [[nodiscard]] ProjectDesk& desk() { return *desk_; }
  [[nodiscard]] LearningDesk& learning() { return *learning_; }
  [[nodiscard]] CorrectionDesk& corrections() { return *corrections_; }
  [[nodiscard]] RecordingDesk& recording() { return *recording_; }
  [[nodiscard]] const ActionCatalogue& actions() const { return actions_; }

 protected:
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void buildCentre();
  void buildDocks();
  void buildActions();
  void connectDocks();
  void connectLibrary();
  void connectDesk();
  void connectLearning();
  void connectCorrections();
  void connectRecording();
  // Notices, failures, and what was opened and analysed.
  void connectLog();
  void connectPlayback();
  void connectAnalysis();
  void restoreLayout();
  void resetLayout();

  void openDemo();
  void refreshIcons();
  void nameKeys();
  void fileOpened(FileId id);
  void fileFinished(FileId id);
  void clearViews();
  void rememberView();
  void rememberProject();
  void tellWhyUnclassified();
  void classifyIfWanted();
  void classifyNow();
  void refreshPage();
  void refreshSelection();
  void refreshStatus();
  void refreshTitle();

  WindowSetup setup_;
  std::unique_ptr<WorkspaceSettings> settings_;
  ActionCatalogue actions_{this};
  Library* library_;
  AnalysisController* analysis_;
  PlaybackController* playback_;

  CentrePages* pages_ = nullptr;
  MainToolBar* toolBar_ = nullptr;
  StatusLine* status_ = nullptr;
  DockSet* docks_ = nullptr;
  ProjectDesk* desk_ = nullptr;
  LearningDesk* learning_ = nullptr;
  LogDock* log_ = nullptr;
  CorrectionDesk* corrections_ = nullptr;
  RecordingDesk* recording_ = nullptr;
  FileMenu* fileMenu_ = nullptr;
  PlayMenu* play_ = nullptr;
  AnalyseMenu* analyse_ = nullptr;
  std::unique_ptr<WindowActivity> activity_;

  std::optional<FileId> current_;
  bool modelKnown_ = false;  // after the first list; what is chosen then is a person's choice
  std::optional<Error> modelFailure_, projectFailure_;
  QByteArray firstLayout_;
  QString themeName_;
};

}  // namespace chladni::ui
