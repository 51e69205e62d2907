// Numbers as people read them: units, a true minus sign, no more digits than asked for. Pure functions; any thread.
#pragma once

#include <QString>

namespace chladni::widgets {

// "−12.3 dB" of a level already in decibels.
QString decibels(double level, int decimals = 1);
// "−12.3 dB" of an amplitude where 1 is full scale; "silence" below −120 dB.
QString decibelText(double amplitude);
// "440 Hz", "1.25 kHz".
QString hertzText(double hertz);
// "A4 +12 ct" (A4 = 440 Hz), empty below 16 Hz.
QString noteText(double hertz);
// "0.94".
QString probabilityText(double p);
// "cello" of "playing cello".
QString shortClassName(const std::string& name);

}  // namespace chladni::widgets
