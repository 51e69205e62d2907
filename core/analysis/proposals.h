// Proposals: stretches of time that a model's probabilities speak for, and the labels that a person accepts or rejects.
// Per class a stretch is a run of windows of which each reaches threshold - hysteresis and at least one the threshold
// (double threshold); runs with a short gap between them become one, and what is short after that is dropped.
// Each window speaks for its stretch (core/data/window_stretch.h). Pure functions; any thread.
// Fails with invalidArgument: a setting out of its range, or scores that do not fit the windows.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/label.h"
#include "core/data/label_edit.h"
#include "core/data/matrix.h"
#include "core/data/prediction.h"

namespace chladni::analysis {

struct ProposalOptions {
  double threshold = 0.5;       // probability, 0..1
  double hysteresis = 0.1;      // how far it may fall below the threshold without an end, 0..1
  double minimumSeconds = 0.0;  // shorter ones are dropped
  double gapSeconds = 0.0;      // a gap this long, or shorter, is bridged
  bool operator==(const ProposalOptions&) const = default;
};

struct Proposal {
  TimeRange span;
  int index = 0;   // of the class
  float p = 0.0F;  // mean over the windows of its runs
  bool operator==(const Proposal&) const = default;
};

Result<void> checkOptions(const ProposalOptions& options);
// By start, then end, then class. `background` (a class index, -1: none) is never proposed. No number counts as 0.
Result<std::vector<Proposal>> proposalsOf(const std::vector<TimeRange>& windows, const Matrix& scores,
                                          const ProposalOptions& options, int background = -1);

// As labels in state `proposed`, with the model, its weights and the threshold as origin, and the day and time `madeAt`
// (UTC, ISO 8601) as attribute "proposed".
std::vector<Label> labelsOf(const std::vector<Proposal>& proposals, const std::vector<std::string>& classes,
                            const Provenance& provenance, const ProposalOptions& options, const std::string& madeAt);

// The track with `proposals` in place of those that still wait there. What a person accepted, rejected or made stays, and
// a proposal that more than half lies on a label of the same class that was decided is left out.
Result<TrackEdit> replaceProposals(const LabelTrack& track, const std::vector<Label>& proposals);

// Decides on all that wait with a confidence of at least `least`; one without a confidence counts as 0.
Result<TrackEdit> acceptFrom(const LabelTrack& track, double least, const std::string& author);

}  // namespace chladni::analysis
