// How one label, and the name of one track, look in the lane of labels. Plain functions over a painter; GUI thread only.
#pragma once

#include <QColor>
#include <QRectF>

#include "core/data/label.h"

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace chladni::widgets {

struct LabelLook {
  QColor colour;        // of its class; grey on a reference
  bool chosen = false;  // selected
};

// A person's label is filled and has edges; a proposal is hatched, fades at its ends and tells its probability. `visible` is
// where words may stand, all in pixels of the painter.
void paintLabel(QPainter& painter, const Label& label, const QRectF& box, const QRectF& visible, const LabelLook& look);

// Its name and how many labels it has, across `area`; below, where there is room, what it is beyond a track.
void paintTrackName(QPainter& painter, const LabelTrack& track, const QRect& area, bool active);

}  // namespace chladni::widgets
