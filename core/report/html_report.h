// A report as one HTML page that needs nothing else: style and pictures are inside, no scripts, light and dark, headings
// and tables that a screen reader can walk, print styles. Every name from a file is escaped. Atomic. Fails with io.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "core/report/report.h"

namespace chladni::report {

Result<std::string> htmlOf(const Report& report);
Result<void> writeHtml(const std::filesystem::path& path, const Report& report);

}  // namespace chladni::report
