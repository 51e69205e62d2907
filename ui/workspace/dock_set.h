// DockSet: the docks that show the file on show, and those of the project: made, placed and given their tabs here, and
// told together what there is to show. Its docks go with it. GUI thread only.
#pragma once

#include <QList>
#include <QMainWindow>
#include <QObject>

#include "ui/workspace/library.h"

QT_BEGIN_NAMESPACE
class QDockWidget;
QT_END_NAMESPACE

namespace chladni::ui {

class AnalysisController;
class AttentionDock;
class BesideChoice;
class CourseDock;
class EmbeddingDock;
class InspectorDock;
class LibraryPanel;
class PredictionDock;
class ProjectDesk;
class ReconstructionDock;
class SpectrumDock;
class VideoDock;

class DockSet : public QObject {
  Q_OBJECT

 public:
  // Borrows all of them.
  DockSet(QMainWindow& window, AnalysisController& analysis, Library& library, ProjectDesk& desk);
  ~DockSet() override;

  [[nodiscard]] LibraryPanel& library() { return *libraryPanel_; }
  [[nodiscard]] VideoDock& video() { return *video_; }
  [[nodiscard]] PredictionDock& prediction() { return *prediction_; }
  [[nodiscard]] CourseDock& course() { return *course_; }
  [[nodiscard]] BesideChoice& beside() { return *beside_; }
  [[nodiscard]] AttentionDock& attention() { return *attention_; }
  [[nodiscard]] ReconstructionDock& reconstruction() { return *reconstruction_; }
  [[nodiscard]] SpectrumDock& spectrum() { return *spectrum_; }
  [[nodiscard]] InspectorDock& inspector() { return *inspector_; }
  [[nodiscard]] EmbeddingDock& embedding() { return *embedding_; }
  // In the order of the menu.
  [[nodiscard]] QList<QDockWidget*> all() const;

  // Sizes of a first start; widths alone where heights are to stay.
  void giveFirstSizes();
  void giveFirstWidths();

  // What they play themselves is heard, or only timed.
  void setSilent(bool silent);
  void clear();  // no file on show
  // The picture first, then the playhead, then the rest: it asks for what is there. Precondition: file.recording.
  void setVideo(const OpenFile& file);
  void setFile(const OpenFile& file);
  void setPrediction(const OpenFile& file);
  void setPlayhead(double seconds, bool playing);

  // What is still being done, in words; empty when they are complete.
  [[nodiscard]] QString pending() const;
  // Work that can be cancelled.
  [[nodiscard]] bool busy() const;

 Q_SIGNALS:
  void valueUnderCursor(const QString& text);
  void failed(const QString& why);
  void activityChanged();
  void aboutToPlay();

 private:
  void make(Library& library, ProjectDesk& desk);
  void place();
  void nameTabs();
  void connectAll();

  QMainWindow& window_;
  AnalysisController& analysis_;
  ProjectDesk& desk_;
  QDockWidget* libraryDock_ = nullptr;
  LibraryPanel* libraryPanel_ = nullptr;
  VideoDock* video_ = nullptr;
  PredictionDock* prediction_ = nullptr;
  BesideChoice* beside_ = nullptr;
  CourseDock* course_ = nullptr;
  AttentionDock* attention_ = nullptr;
  ReconstructionDock* reconstruction_ = nullptr;
  SpectrumDock* spectrum_ = nullptr;
  InspectorDock* inspector_ = nullptr;
  EmbeddingDock* embedding_ = nullptr;
};

}  // namespace chladni::ui
