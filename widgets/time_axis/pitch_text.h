// Frequencies as musicians and engineers read them. Pure functions; any thread.
#pragma once

#include <QString>

namespace chladni::widgets {

// "C♯" of 1, 13, ...
QString pitchClassName(int pitch);
// "A4 +12 ct" (A4 = 440 Hz, equal temperament); empty below 16 Hz.
QString pitchText(double hertz);
// "440 Hz", "1.25 kHz".
QString frequencyText(double hertz);

}  // namespace chladni::widgets
