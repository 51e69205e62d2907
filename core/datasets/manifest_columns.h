// Which columns of a table of recordings mean what: by our own names, else by names that other tables commonly give them
// (file and class, filename and category, event_start_s ...). Case, blanks and underscores do not count.
// Plain values; any thread. Fails with unsupported naming the columns that were found and those that are wanted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace chladni::datasets {

struct ManifestColumns {
  std::size_t path = 0, labels = 0;
  std::optional<std::size_t> start, end, split, lyrics;
  std::string note;  // which foreign columns were taken for what; empty when all names are ours
};

Result<ManifestColumns> manifestColumns(const std::vector<std::string>& names, const std::string& origin);

}  // namespace chladni::datasets
