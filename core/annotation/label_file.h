// Labels in and out of files of foreign and own formats. What a format cannot hold is said before anything is written:
// keptOf() is the very set that reading the written file gives back, lossesOf() says in words what it lacks.
// Bytes may be UTF-8 or, with a byte order mark, UTF-16; times may lie outside of the recording. Pure functions, any thread.
// Fails with corruptData naming file, line and column (column in bytes, from 1); never reads more than kMaxLabelBytes,
// kMaxLabels or kMaxLabelTracks, so that a hostile file costs neither time nor memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotation/label_format.h"
#include "core/base/result.h"
#include "core/data/label.h"

namespace chladni::annotation {

inline constexpr std::size_t kMaxLabelBytes = std::size_t{32} << 20;
inline constexpr std::size_t kMaxLabels = 200'000;
inline constexpr std::size_t kMaxLabelTracks = 20'000;

struct LabelWriteOptions {
  SampleRate rate = SampleRate(44100);  // of Sonic Visualiser layers, which count in samples
};

// `origin` opens every message: a path.
Result<LabelSet> readLabels(std::string_view bytes, LabelFormat format, const std::string& origin);

LabelSet keptOf(const LabelSet& set, LabelFormat format, const LabelWriteOptions& options = {});
// One line each; empty exactly when keptOf(set) == set.
std::vector<std::string> lossesOf(const LabelSet& set, LabelFormat format, const LabelWriteOptions& options = {});
Result<std::string> writeLabels(const LabelSet& set, LabelFormat format, const LabelWriteOptions& options = {});

struct ReadLabelFile {
  LabelSet set;
  LabelFormat format = LabelFormat::chladniJson;
};
// Detects the format unless it is given; fails with corruptData when nothing fits.
Result<ReadLabelFile> readLabelFile(const std::filesystem::path& path, std::optional<LabelFormat> format = {});
// Atomically: the old file stays as it is when anything fails.
Result<void> writeLabelFile(const std::filesystem::path& path, const LabelSet& set, LabelFormat format,
                            const LabelWriteOptions& options = {});

}  // namespace chladni::annotation
