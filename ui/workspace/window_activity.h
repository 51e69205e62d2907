// WindowActivity: what a window is doing: told in the status line, waited for by pictures, stopped with Esc. Borrows everything.
// GUI thread only.
#pragma once

#include <QString>
#include <functional>

namespace chladni::ui {

class AnalysisController;
class CorrectionDesk;
class DockSet;
class LearningDesk;
class Library;
class ProjectDesk;
class RecordingDesk;
class StatusLine;
class TimeArea;
struct OpenFile;

class WindowActivity {
 public:
  struct Parts {
    Library& library;
    AnalysisController& analysis;
    DockSet& docks;
    ProjectDesk& desk;
    LearningDesk& learning;
    CorrectionDesk& corrections;
    RecordingDesk& recording;
    TimeArea& area;
    std::function<const OpenFile*()> file;  // on show; null: none
  };
  explicit WindowActivity(Parts parts) : parts_(std::move(parts)) {}

  // Device, model and what is being done.
  void tell(StatusLine& status) const;
  // What is still being done, in words; empty when the picture is complete.
  [[nodiscard]] QString pending() const;
  [[nodiscard]] bool cancellable() const;
  // What is finished stays.
  void cancel() const;

 private:
  void tellProgress(StatusLine& status) const;

  Parts parts_;
};

}  // namespace chladni::ui
