// The bar in the header of a spectrogram that says which colour stands for which value. GUI thread only.
#pragma once

#include <QPainter>

#include "widgets/spectrogram/tile_pictures.h"

namespace chladni::widgets {

// Below `y`, as wide as the header leaves it. Returns the lower edge of its numbers; nothing is painted where there is no room
// for the bar.
int paintColourBar(QPainter& painter, const QRect& header, int y, const TilePictures& pictures);

}  // namespace chladni::widgets
