// Tables of time and frequency of a recording's sound, made while it is decoded: memory is the table plus a few blocks,
// however long the file. [column, bin]; stft and mel in decibels relative to a full-scale sine (not below -120), chroma
// 0..1, mfcc of the decibels of mel bands, fbank natural logarithms of Kaldi's filter bank.
// The mean of all channels; fbank the first channel at 16 kHz, as models see it, unless another rate is asked for.
// Blocks (it decodes); any thread. Fails with invalidArgument (settings; a table beyond 2 GiB), notFound (no sound),
// corruptData (nothing in the stretch), cancelled, io.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>

#include "core/base/result.h"
#include "core/base/units.h"
#include "core/data/matrix.h"

namespace chladni::analysis {

enum class SoundTableKind { stft, mel, fbank, mfcc, chroma };

struct SoundTableOptions {
  SoundTableKind kind = SoundTableKind::stft;
  std::int64_t windowSamples = 0;  // 0: 2048, fbank 25 ms
  std::int64_t hopSamples = 0;     // 0: a quarter of the window, fbank 10 ms
  std::int64_t fftSize = 0;        // 0: the window, rounded up to a power of two
  int bands = 128;                 // of mel, mfcc and fbank
  int coefficients = 20;           // of mfcc
  double lowHz = 0.0;              // 0: the kind's own
  double highHz = 0.0;             // 0: the kind's own
  std::optional<SampleRate> rate;  // resample to this
  std::optional<TimeRange> range;
};

struct SoundTable {
  Matrix table;
  SampleRate rate;  // of the sound it was made from
};

Result<SoundTable> soundTable(const std::filesystem::path& file, const SoundTableOptions& options, std::stop_token stop);

}  // namespace chladni::analysis
