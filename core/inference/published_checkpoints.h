// Where published checkpoints can be had that the families here import: their addresses as the authors printed them, and
// under which terms. Facts only: nothing here opens a connection. Plain constants; any thread.
#pragma once

#include <span>
#include <string_view>

namespace chladni::inference {

struct PublishedCheckpoint {
  std::string_view name;        // for a package: "ast-audioset"
  std::string_view title;
  std::string_view family;      // that imports it; empty: only a start for training elsewhere
  std::string_view file;        // as it is called there
  std::string_view what;        // one sentence
  std::string_view address;     // of the file
  std::string_view page;        // of the authors
  std::string_view licence;
  std::string_view vocabulary;  // of its classes, as `project classes --import` names it; empty: none, or not shipped
};

std::span<const PublishedCheckpoint> publishedCheckpoints();

}  // namespace chladni::inference
