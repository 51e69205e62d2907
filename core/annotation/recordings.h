// Formats whose lines each name their recording (RTTM, AVE) have no tracks: one recording gives one track, several give
// a track each, called like the recording. Private to core/annotation.
#pragma once

#include <string>

#include "core/annotation/keeper.h"

namespace chladni::annotation {

// Of a set whose tracks are called like recordings.
void recordingsFromTracks(LabelSet& set);
// Makes a set that recordingsFromTracks() could have made, with names that obey the rule
// and do without `forbidden`.
void keepRecordings(Keeper& keeper, TextRule rule, char forbidden = 0);
// What a line of the track names.
const std::string& recordingOf(const LabelSet& set, const LabelTrack& track);

}  // namespace chladni::annotation
