// One channel of progress per job. Called from the working thread; the receiver must be quick and thread-safe.
// `total` 0 means unknown. Producers may call often: ThrottledProgress (core/jobs) limits the rate and keeps the last.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace chladni {

struct Progress {
  std::string stage;  // what is being done, in a word or two: "decoding"
  std::int64_t done = 0;
  std::int64_t total = 0;
};

using ProgressSink = std::function<void(const Progress&)>;

}  // namespace chladni
