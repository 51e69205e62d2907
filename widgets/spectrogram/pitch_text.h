// Frequencies in the words of musicians: pitch classes, notes of equal temperament at A4 = 440 Hz with cents beside them.
#pragma once

#include <QString>

namespace chladni::widgets {

// "C♯" of 1, 13, ...
QString pitchClassName(int pitch);
// "A4 +12 ct", empty below 16 Hz.
QString noteText(double hertz);
// "440 Hz", "1.25 kHz".
QString hertzText(double hertz);

}  // namespace chladni::widgets
