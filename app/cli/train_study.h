// A study from the command line: the runs of a sweep or a cross-validation one after the other, a table and a plot of
// them renewed after each. A study that was ended goes on where it stands: ended runs are passed over, one that was
// killed is resumed. Fails as its runs do; those that came to their end stay in the table.
#pragma once

#include <functional>

#include "app/cli/context.h"
#include "core/training/study.h"

namespace chladni::cli {

// Carries one run out in its folder; `resume` when it began earlier. False: it was asked to stop.
using StudyStep = std::function<Result<bool>(const training::StudyRun& run, const std::filesystem::path& folder, bool resume)>;
Result<void> carryOutStudy(Context& context, const training::Study& study, const std::filesystem::path& folder, const StudyStep& step);

}  // namespace chladni::cli
