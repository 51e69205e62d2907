// A report as a PDF of A4 pages: text that can be searched, plots as vectors, an outline of the files, page numbers. Fonts
// are those of the system, found through fontconfig; no display is needed. Atomic. Fails with io, and with internal when
// the drawing library says so.
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/report/report.h"

namespace chladni::report {

Result<void> writePdf(const std::filesystem::path& path, const Report& report);

}  // namespace chladni::report
