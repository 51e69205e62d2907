// Labels of a project out to files of any format, one file a recording, and in again. What a format cannot hold is part of
// the plan, so that it can be said before anything is written; nothing is written without a plan.
// Blocking, for workers and the command line; a Project belongs to one thread. Fails as Project and core/annotation do.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/annotation/label_file.h"
#include "core/store/project.h"

namespace chladni::exchange {

struct ExportChoice {
  annotation::LabelFormat format = annotation::LabelFormat::chladniJson;
  std::string track;           // only this one; empty: all
  bool confirmedOnly = false;  // else also what is proposed or rejected, as far as the format can say so
  annotation::LabelWriteOptions writing;
};

struct PlannedFile {
  std::string name;  // of the recording in the project
  std::filesystem::path path;
  LabelSet set;
  std::vector<std::string> losses;  // in words; empty: everything is kept
};

// One file a recording that has labels, named after it and placed below `folder` as it lies in the project; recordings
// that would give the same name keep the extension of the medium in it.
Result<std::vector<PlannedFile>> planFolder(store::Project& project, const std::vector<store::FileId>& files, const ExportChoice& choice,
                                            const std::filesystem::path& folder);
// One recording, to a file of that name.
Result<PlannedFile> planFile(store::Project& project, store::FileId file, const ExportChoice& choice, const std::filesystem::path& path);
// Makes folders as needed; each file appears whole or not at all.
Result<void> writePlanned(const std::vector<PlannedFile>& files, const ExportChoice& choice);

// A file of labels and the recording it belongs to.
struct ImportPair {
  std::filesystem::path labels;
  store::FileId recording{};
  std::string track;  // only this one of the file, as the recording's labels; empty: all
};
struct ImportPlan {
  std::vector<ImportPair> pairs;
  std::vector<std::string> strangers;  // recordings that the file names and the project does not have
};
// The recording of the project that a file of labels names, or that has its name. A file that names several (RTTM, AVE) is
// shared out among them. notFound when there is none, invalidArgument when several have one name or none has any.
Result<ImportPlan> planImport(store::Project& project, const std::filesystem::path& labels, std::optional<annotation::LabelFormat> format);

struct Imported {
  std::int64_t tracks = 0;
  std::int64_t labels = 0;
};
// All of them as one step of the history, or nothing. A track whose name the recording has already gets a number, unless
// `replace`: then the new one takes the place of the old one.
Result<Imported> importLabels(store::Project& project, const std::vector<ImportPair>& files, std::optional<annotation::LabelFormat> format,
                              bool replace);

}  // namespace chladni::exchange
