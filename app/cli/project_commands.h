// The subcommands of `project` that have files of their own, and what they share.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "app/cli/context.h"
#include "core/serial/json_value.h"
#include "core/store/project.h"

namespace chladni::cli {

// All files of the project when no path is given; notFound when one is not in it.
Result<std::vector<store::FileId>> chosenFiles(store::Project& project, const std::vector<std::string>& paths);
// JSON, or text unless --quiet.
Result<void> finish(const Context& context, const serial::JsonValue& json, const std::string& text);

// project propose
void addProjectPropose(CLI::App& group, Context& context);
// project export, project import, project dataset
void addProjectExchange(CLI::App& group, Context& context);
// project classes, project agree
void addProjectClasses(CLI::App& group, Context& context);

}  // namespace chladni::cli
