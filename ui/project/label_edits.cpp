// The edits of LabelController: each is made as a pure function of the track on show and goes to the project as one step.
#include <algorithm>
#include <numeric>

#include "core/analysis/library_proposals.h"
#include "core/data/class_palette.h"
#include "core/exchange/vocabularies.h"
#include "ui/actions/action_catalogue.h"
#include "ui/project/label_controller.h"
#include "ui/workspace/core_words.h"

namespace chladni::ui {
namespace {

constexpr double kTapSeconds = 0.12;  // a class key held shorter while playing is a tap
constexpr double kKeyReach = 0.1;     // how far a key's instant snaps

MediaTime time(double seconds) { return MediaTime::fromSeconds(seconds); }

}  // namespace

bool LabelController::readyToChange() {
  if (project() == nullptr) {
    Q_EMIT failed(tr("Labels belong to a project: make one with %1 or open one with %2.").arg(keyOf(*this, "newProject"), keyOf(*this, "openProject")));
    return false;
  }
  return !open_.mustWait() && !file().empty();
}

store::StoredTrack LabelController::trackToEdit() const {
  if (const auto* track = activeTrack()) return *track;
  store::StoredTrack first{kNewTrack, {}, {}};
  first.track.name = kFirstTrack;
  return first;
}

bool LabelController::perform(std::size_t place, TrackStep step, LabelIndices selected) {
  const bool joins = !open_.hasFile();
  if (auto done = open_.run(place, std::move(step)); !done) {
    fail(done.error());
    return false;
  }
  active_ = place;
  selected_ = std::move(selected);
  if (joins && open_.hasFile()) Q_EMIT projectChanged();
  return true;
}

void LabelController::apply(const std::string& name, const std::function<Result<TrackEdit>(const LabelTrack&)>& make,
                            std::optional<std::vector<LabelClass>> classes) {
  if (project() == nullptr) {
    readyToChange();
    return;
  }
  if (file().empty()) return;
  TrackStep step{name, file(), trackToEdit(), {}, std::move(classes)};
  auto edit = make(step.before.track);
  if (!edit) return fail(edit.error());
  step.edit = std::move(*edit);
  LabelIndices chosen = step.edit.selected;
  if (perform(active_ < tracks().size() ? active_ : 0, std::move(step), std::move(chosen))) Q_EMIT changed();
}

void LabelController::applyToSelected(const std::string& name,
                                      const std::function<Result<TrackEdit>(const LabelTrack&, const LabelIndices&)>& make) {
  if (selected_.empty()) return Q_EMIT noticed(tr("no label is selected"));
  apply(name, [&](const LabelTrack& track) { return make(track, selected_); });
}

void LabelController::addLabelOver(const TimeRange& span, const std::string& text, std::optional<FrequencyBand> band) {
  Label label;
  label.band = band;
  label.span = span.start <= span.end ? span : TimeRange{span.end, span.start};
  label.text = text;
  label.author = author_;
  apply(text.empty() ? "add a label" : "add \"" + text + "\"", [&](const LabelTrack& track) { return addLabel(track, label); });
}

void LabelController::changeSelected(const std::string& name, const std::function<void(Label&)>& change) {
  applyToSelected(name, [&](const LabelTrack& track, const LabelIndices& which) -> Result<TrackEdit> {
    TrackEdit edit{track, std::vector<std::int64_t>(track.labels.size()), which};
    std::iota(edit.from.begin(), edit.from.end(), 0);
    for (const std::size_t i : which) {
      Label& label = edit.track.labels[i];
      change(label);
      label.span = track.labels[i].span;  // the order of the track rests on it
      if (auto ok = checkLabel(label); !ok) return chladni::fail(ok.error());
    }
    return edit;
  });
}

double LabelController::snapped(double at) const { return snap_ ? snap_(at, kKeyReach, {}) : at; }

void LabelController::snapSelected(double within) {
  if (!snap_) return;
  applyToSelected("snap a label", [&](const LabelTrack& track, const LabelIndices& which) {
    Label label = track.labels[which.front()];
    const bool point = label.isPoint();
    // An edge is no target of itself, but it may be one for the other edge, which would make the label vanish.
    const TimeRange before = label.span;
    label.span.start = time(snap_(before.start.seconds(), within, before.start.seconds()));
    label.span.end = point ? label.span.start : time(snap_(before.end.seconds(), within, before.end.seconds()));
    if (!point && label.span.end <= label.span.start) label.span = before;
    return chladni::changeLabel(track, which.front(), std::move(label));
  });
}

void LabelController::changeLabel(std::size_t which, const std::string& name, const std::function<void(Label&)>& change) {
  const auto* track = activeTrack();
  if (track == nullptr || which >= track->ids.size()) return;
  apply(name, [&](const LabelTrack& labels) {
    Label label = labels.labels[which];
    change(label);
    return chladni::changeLabel(labels, which, std::move(label));
  });
}

void LabelController::startAt(double seconds) {
  seconds = snapped(seconds);
  const auto* track = activeTrack();
  if (track != nullptr && selected_.size() == 1) {
    const TimeRange span = track->track.labels[selected_.front()].span;
    if (span.start < time(seconds) && time(seconds) < span.end) return moveEdge(active_, selected_.front(), LabelEdge::start, seconds);
  }
  selected_.clear();
  pendingStart_ = seconds;
  Q_EMIT changed();
}

void LabelController::endAt(double seconds) {
  seconds = snapped(seconds);
  if (const auto start = std::exchange(pendingStart_, std::nullopt)) {
    addLabelOver({time(*start), time(seconds)}, {});
    Q_EMIT changed();
    return;
  }
  if (selected_.size() == 1) return moveEdge(active_, selected_.front(), LabelEdge::end, seconds);
  Q_EMIT noticed(tr("set a start first: ["));
}

void LabelController::classKeyPressed(const QString& key, double at, bool playing, const std::optional<TimeRange>& selection) {
  const LabelClass* one = classOf(key);
  if (one == nullptr) return Q_EMIT noticed(tr("no class has the key %1; %2 names a label and makes a class").arg(key, keyOf(*this, "labelText")));
  const std::string text = one->name;
  if (pendingStart_) {
    const double start = *std::exchange(pendingStart_, std::nullopt);
    return addLabelOver({time(start), time(snapped(at))}, text);
  }
  if (playing) {
    held_ = HeldKey{key, at, !selected_.empty()};
    if (selected_.empty()) {
      pendingStart_ = snapped(at);
      Q_EMIT changed();
    }
    return;
  }
  if (!selected_.empty()) {
    return applyToSelected("name \"" + text + "\"", [&](const LabelTrack& track, const LabelIndices& which) {
      return setClass(track, which, text, author_);
    });
  }
  if (selection) return addLabelOver(*selection, text);
  Q_EMIT noticed(tr("select a label or a stretch of time, or hold the key while playing"));
}

void LabelController::classKeyReleased(const QString& key, double at) {
  if (!held_ || held_->key != key) return;
  const HeldKey held = *std::exchange(held_, std::nullopt);
  const LabelClass* one = classOf(key);
  const bool tapped = at - held.from < kTapSeconds;
  if (!held.applies) pendingStart_.reset();
  if (one == nullptr) return;
  const std::string text = one->name;
  if (tapped && held.applies) {
    applyToSelected("name \"" + text + "\"", [&](const LabelTrack& track, const LabelIndices& which) {
      return setClass(track, which, text, author_);
    });
  } else if (!tapped) {
    addLabelOver({time(snapped(held.from)), time(snapped(at))}, text);
    // Free for the next stretch.
    selected_.clear();
  }
  Q_EMIT changed();
}

void LabelController::addPoint(double at) { addLabelOver({time(snapped(at)), time(snapped(at))}, {}); }
void LabelController::addOver(const TimeRange& span) { addLabelOver(span, {}); }

void LabelController::addBox(const std::optional<TimeRange>& span, const FrequencyBand& band) {
  if (span) return addLabelOver(*span, {}, band);
  changeSelected("frequencies of a label", [&](Label& label) { label.band = band; });
}

void LabelController::moveEdge(std::size_t track, std::size_t label, LabelEdge edge, double seconds) {
  if (track >= tracks().size() || label >= tracks()[track].ids.size()) return;
  active_ = track;
  apply(edge == LabelEdge::start ? "move a start" : "move an end", [&](const LabelTrack& labels) {
    const TimeRange& span = labels.labels[label].span;
    return nudgeEdge(labels, label, edge, time(seconds) - (edge == LabelEdge::start ? span.start : span.end));
  });
}

void LabelController::nudge(LabelEdge edge, double seconds) {
  applyToSelected(edge == LabelEdge::start ? "nudge a start" : "nudge an end", [&](const LabelTrack& track, const LabelIndices& which) {
    return nudgeEdge(track, which.front(), edge, time(seconds));
  });
}

void LabelController::shift(double seconds) {
  applyToSelected("shift labels", [&](const LabelTrack& track, const LabelIndices& which) { return shiftLabels(track, which, time(seconds)); });
}

void LabelController::split(double at) {
  applyToSelected("split a label", [&](const LabelTrack& track, const LabelIndices& which) { return splitLabels(track, which, time(at)); });
}

void LabelController::merge() {
  applyToSelected("merge labels", [&](const LabelTrack& track, const LabelIndices& which) {
    // One alone is merged with the one after it.
    if (which.size() == 1) return mergeLabels(track, {which.front(), which.front() + 1});
    return mergeLabels(track, which);
  });
}

void LabelController::duplicate(double at) {
  applyToSelected("duplicate labels", [&](const LabelTrack& track, const LabelIndices& which) {
    return duplicateLabels(track, which, time(at) - track.labels[which.front()].span.start);
  });
}

void LabelController::remove() {
  applyToSelected(selected_.size() == 1 ? "delete a label" : "delete labels", removeLabels);
}

void LabelController::setText(const QString& text) {
  if (selected_.empty()) return;
  const std::string name = text.toStdString();
  const auto same = [&](const LabelClass& one) { return one.name == name; };
  std::optional<std::vector<LabelClass>> classes;
  if (!name.empty() && std::none_of(open_.classes().begin(), open_.classes().end(), same)) {
    classes = open_.classes();
    LabelClass added{name, freeClassColour(name, *classes), {}};
    for (char digit = '1'; digit <= '9' && added.key.empty(); ++digit)
      if (classOf(QString(QChar(digit))) == nullptr) added.key = std::string(1, digit);
    classes->push_back(std::move(added));
  }
  const LabelIndices which = selected_;
  apply("name \"" + name + "\"", [&](const LabelTrack& track) { return setClass(track, which, name, author_); }, std::move(classes));
}

void LabelController::accept() {
  changeSelected("accept a proposal", [&](Label& label) {
    label.state = LabelState::confirmed;
    label.author = author_;
  });
}

void LabelController::reject() {
  changeSelected("reject a proposal", [&](Label& label) {
    label.state = LabelState::rejected;
    label.author = author_;
  });
}

void LabelController::addClasses(const std::vector<std::string>& names) {
  if (project() == nullptr) return Q_EMIT failed(tr("Classes belong to a project: make one with %1 or open one with %2.").arg(keyOf(*this, "newProject"), keyOf(*this, "openProject")));
  if (open_.mustWait()) return;
  auto classes = exchange::withClasses(open_.classes(), names);
  const auto added = classes.size() - open_.classes().size();
  if (added > 0) {
    if (auto done = project()->setClasses(classes); !done) return fail(done.error());
    reload();
  }
  Q_EMIT noticed(tr("%1 classes added").arg(added));
}

void LabelController::takeProposals(const std::string& model, const std::vector<Label>& labels) {
  if (!readyToChange()) return;
  auto kept = analysis::keepProposals(*project(), file(), model, labels);
  if (!kept) return fail(kept.error());
  const auto waiting = std::count_if(kept->track.labels.begin(), kept->track.labels.end(), [](const Label& label) { return label.state == LabelState::proposed; });
  Q_EMIT projectChanged();
  reload();
  for (std::size_t i = 0; i < tracks().size(); ++i)
    if (tracks()[i].id == kept->id) selectTrack(i);
  Q_EMIT noticed(tr("%1 proposals wait: %2 goes to the next, %3 accepts, %4 rejects")
                     .arg(waiting)
                     .arg(keyOf(*this, "labelUncertain"), keyOf(*this, "labelAccept"), keyOf(*this, "labelReject")));
}

bool LabelController::keepCorrection(const analysis::Correction& correction) {
  if (!readyToChange()) return false;
  if (auto kept = analysis::keepCorrection(*project(), correction, author_); !kept) {
    fail(kept.error());
    return false;
  }
  takeOver();
  return true;
}

void LabelController::dropCorrection(const analysis::Correction& correction) {
  if (project() == nullptr || open_.mustWait()) return;
  if (auto gone = analysis::dropCorrection(*project(), correction); !gone) return fail(gone.error());
  takeOver();
}

void LabelController::acceptFrom(double least) {
  if (activeTrack() == nullptr) return;
  std::size_t accepted = 0;
  const LabelIndices kept = selected_;
  apply("accept proposals from " + QString::number(least, 'f', 2).toStdString(), [&](const LabelTrack& track) {
    auto edit = analysis::acceptFrom(track, least, author_);
    if (edit) accepted = edit->selected.size();
    return edit;
  });
  selected_ = kept;
  Q_EMIT changed();
  Q_EMIT noticed(tr("%1 proposals accepted").arg(accepted));
}

void LabelController::undo() {
  if (project() == nullptr || open_.mustWait()) return;
  const auto done = project()->undo();
  if (!done) return fail(done.error());
  if (!done->empty()) Q_EMIT noticed(tr("undone: %1").arg(stepText(*done)));
  Q_EMIT projectChanged();
  reload();
}

void LabelController::redo() {
  if (project() == nullptr || open_.mustWait()) return;
  const auto done = project()->redo();
  if (!done) return fail(done.error());
  if (!done->empty()) Q_EMIT noticed(tr("done again: %1").arg(QString::fromStdString(*done)));
  Q_EMIT projectChanged();
  reload();
}

}  // namespace chladni::ui
