// Times of day of the world as text, for stamps. `format` as strftime takes it. Any thread.
#pragma once

#include <ctime>
#include <string>

namespace chladni {

inline std::string utcText(std::time_t time, const char* format) {
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[64];
  return {text, std::strftime(text, sizeof text, format, &parts)};
}

inline std::string utcNow() { return utcText(std::time(nullptr), "%Y-%m-%dT%H:%M:%SZ"); }

}  // namespace chladni
