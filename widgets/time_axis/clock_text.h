// Times as clocks show them. Pure functions; any thread.
#pragma once

#include <QString>

namespace chladni::widgets {

// "0:13", "12:04.5", "1:02:45": rounded to `decimals` digits (0 to 6) of a second; below zero and not a number: as zero.
QString clockText(double seconds, int decimals);

}  // namespace chladni::widgets
