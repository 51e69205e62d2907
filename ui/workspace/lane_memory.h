// What the window remembers of its lanes from one session to the next, as bytes. Bytes of another version, or of none, are
// nothing remembered. Pure; any thread.
#pragma once

#include <QByteArray>

#include "widgets/spectrogram/spectrogram_lane.h"

namespace chladni::ui {

struct LaneMemory {
  QByteArray splitter;  // empty: as at first
  widgets::SpectrogramLane::Choices spectrogram;
};

QByteArray packLanes(const LaneMemory& memory);
LaneMemory unpackLanes(const QByteArray& bytes);

}  // namespace chladni::ui
