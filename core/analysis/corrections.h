// What a person said that a stretch of a recording really is: the set that improving a model learns from. With a project
// corrections are labels of it: those on the track "corrections", and proposals of a model that a person accepted or
// corrected. Without one they are a file, which is also a manifest that `chladni-cli improve --labels` reads. Blocking;
// lists are plain values. Fails as Project and reading and writing files do; corruptData names the line.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/analysis/example_scores.h"
#include "core/analysis/manifest_examples.h"
#include "core/inference/model_spec.h"
#include "core/store/project.h"

namespace chladni::analysis {

inline constexpr const char* kCorrectionTrack = "corrections";

struct Correction {
  std::filesystem::path media;  // absolute
  TimeRange span;
  std::string label;  // the class that it really is
  std::string heard;  // what the model had said; empty: unknown
  std::string model;  // name of its package
  bool own = true;    // made as a correction; false: a proposal that was accepted or corrected
  bool operator==(const Correction&) const = default;
};

// By file, then time.
Result<std::vector<Correction>> correctionsOf(store::Project& project);
// One step of the history. What was said of the very same stretch before is replaced; the file joins the project.
Result<store::StoredTrack> keepCorrection(store::Project& project, const Correction& correction, const std::string& author);
// Nothing happens when there is none; a proposal's label is not touched.
Result<void> dropCorrection(store::Project& project, const Correction& correction);

// The list with one more, in place of what was said of the very same stretch before.
std::vector<Correction> withCorrection(std::vector<Correction> list, const Correction& correction);
// A file that is not there holds none.
Result<std::vector<Correction>> readCorrections(const std::filesystem::path& file);
Result<void> writeCorrections(const std::filesystem::path& file, const std::vector<Correction>& list);

struct CorrectionManifest {
  std::int64_t lines = 0;
  std::vector<LeftOut> leftOut;  // corrections to a class that the model does not have
};
// As lines that this model can learn from. For a model of several classes at a time, corrections that overlap are cut so
// that each stretch has all of its classes. Fails with notFound when nothing is left.
Result<CorrectionManifest> writeManifestFor(const inference::ModelSpec& spec, const std::vector<Correction>& list,
                                            const std::filesystem::path& manifest);

}  // namespace chladni::analysis
