// LabelController: what is selected in the labels of the file on show, and every edit that a key or the mouse can ask for.
// Edits go to the open project (OpenProject) at once; what it refuses is said by failed(). What other programs change there
// is taken over. GUI thread only.
#pragma once

#include <QObject>
#include <QString>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "core/analysis/corrections.h"
#include "core/data/label_edit.h"
#include "core/store/project.h"
#include "ui/project/open_project.h"

namespace chladni::ui {

class LabelController : public QObject {
  Q_OBJECT

 public:
  explicit LabelController(QObject* parent = nullptr);

  // What was wrong, which failed() has told, too; the project that was open stays then.
  std::optional<Error> createProject(const std::filesystem::path& path) { return open_.create(path); }
  std::optional<Error> openProject(const std::filesystem::path& path) { return open_.open(path); }
  void closeProject() { open_.close(); }
  [[nodiscard]] store::Project* project() { return open_.project(); }
  // The file whose labels are on show; empty: none.
  void setFile(const std::filesystem::path& path);
  [[nodiscard]] const std::filesystem::path& file() const { return open_.file(); }
  // After something else than this changed the project: labels; files as well.
  void reload();
  void takeOver();
  // While a job of this window works on the project, what changes there was not done elsewhere.
  void setOwnJob(bool running) { open_.setOwnJob(running); }

  [[nodiscard]] const std::vector<store::StoredTrack>& tracks() const { return open_.tracks(); }
  [[nodiscard]] const store::StoredTrack* activeTrack() const;
  [[nodiscard]] std::size_t active() const { return active_; }
  [[nodiscard]] const LabelIndices& selected() const { return selected_; }
  [[nodiscard]] const std::vector<LabelClass>& classes() const { return open_.classes(); }
  [[nodiscard]] std::optional<double> pendingStart() const { return pendingStart_; }
  [[nodiscard]] QString undoName() const { return open_.undoName(); }
  [[nodiscard]] QString redoName() const { return open_.redoName(); }
  // Edits that are shown but not in the project yet.
  [[nodiscard]] std::size_t waiting() const { return open_.waiting(); }
  // A proposal waits on the active track.
  [[nodiscard]] bool hasProposals() const;

  void select(std::size_t track, std::size_t label, bool add);
  void selectTrack(std::size_t track);
  void selectNone();
  // Moves the selection and asks for the playhead.
  void next(double at);
  void previous(double at);
  void nextProposal(double at);

  // Brackets. A start inside the selected label moves its start; an end without a start moves the selected label's end.
  void startAt(double seconds);
  void endAt(double seconds);
  // A class key goes down and up again. While playing, what passes in between gets the class; else the selected labels
  // do, or the selection in time.
  void classKeyPressed(const QString& key, double at, bool playing, const std::optional<TimeRange>& selection);
  void classKeyReleased(const QString& key, double at);

  void addPoint(double at);
  void addOver(const TimeRange& span);
  // A box in time and frequency: over `span`, or of the selected label when there is none.
  void addBox(const std::optional<TimeRange>& span, const FrequencyBand& band);
  void moveEdge(std::size_t track, std::size_t label, LabelEdge edge, double seconds);
  void nudge(LabelEdge edge, double seconds);
  void shift(double seconds);
  // Where an edge goes that is set at `at`, when there is something near enough but not at `except`. Asked by the brackets,
  // points and class keys.
  void setSnap(std::function<double(double at, double within, std::optional<double> except)> snap) { snap_ = std::move(snap); }
  // Both edges of the selected label, each by at most `within` seconds, as one step.
  void snapSelected(double within);
  void split(double at);
  void merge();
  void duplicate(double at);
  void remove();
  // A class that is not in the vocabulary joins it, with the next free digit as its key.
  void setText(const QString& text);
  // Any change of one label of the active track, times included.
  void changeLabel(std::size_t label, const std::string& name, const std::function<void(Label&)>& change);
  // Any change of the selected labels but their times, as one step.
  void changeSelected(const std::string& name, const std::function<void(Label&)>& change);
  void accept();
  void reject();
  // What a stretch of a file of the project really is, on the track of corrections; one step each.
  // False when it could not be kept, which failed() or noticed() has told.
  bool keepCorrection(const analysis::Correction& correction);
  void dropCorrection(const analysis::Correction& correction);
  // One step each: labels of a model onto its own track; all that wait there and are sure enough become the author's.
  void takeProposals(const std::string& model, const std::vector<Label>& labels);
  void acceptFrom(double least);
  // Those that the vocabulary lacks, as one step.
  void addClasses(const std::vector<std::string>& names);
  void addTrack(bool points);
  // The active track; with its labels.
  void removeTrack();
  void renameTrack(const QString& name);
  void setExclusive(bool exclusive);
  void setReference(bool reference);
  void undo();
  void redo();

 Q_SIGNALS:
  void changed();         // tracks, selection, classes or names of undo
  void projectChanged();  // another project, or its files
  void failed(const QString& message);
  void noticed(const QString& message);
  void seekRequested(double seconds);

 private:
  struct HeldKey {
    QString key;
    double from = 0.0;
    bool applies = false;  // to labels that were selected when it went down
  };

  // There is a project that nothing waits for, or says why not.
  bool readyToChange();
  [[nodiscard]] store::StoredTrack trackToEdit() const;
  void apply(const std::string& name, const std::function<Result<TrackEdit>(const LabelTrack&)>& make,
             std::optional<std::vector<LabelClass>> classes = {});
  // The step of a track at `place`; then `selected` is selected there.
  bool perform(std::size_t place, TrackStep step, LabelIndices selected);
  void changeTrack(const std::string& name, const std::function<Result<TrackEdit>(const LabelTrack&)>& make);
  void applyToSelected(const std::string& name, const std::function<Result<TrackEdit>(const LabelTrack&, const LabelIndices&)>& make);
  void addLabelOver(const TimeRange& span, const std::string& text, std::optional<FrequencyBand> band = {});
  [[nodiscard]] double snapped(double at) const;
  void fail(const Error& error);
  void selectAndSeek(std::optional<std::size_t> label);
  [[nodiscard]] const LabelClass* classOf(const QString& key) const;
  [[nodiscard]] std::vector<store::LabelId> selectedIds() const;

  OpenProject open_;
  std::size_t active_ = 0;
  LabelIndices selected_;  // of the active track, ascending
  std::optional<double> pendingStart_;
  std::optional<HeldKey> held_;
  static constexpr const char* kFirstTrack = "labels";

  std::string author_;
  std::function<double(double, double, std::optional<double>)> snap_;
};

}  // namespace chladni::ui
