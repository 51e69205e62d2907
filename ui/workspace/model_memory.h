// Which model the next window begins with, kept in the settings: by its folder, and by its name for when the folder has moved.
// GUI thread only.
#pragma once

#include <QStringList>

#include "core/inference/model_spec.h"

namespace chladni::ui {

class WorkspaceSettings;

enum class ModelRole {
  last,      // the one that analysed last
  analysis,  // made the default for that
  painting,  // made the default of the reconstructions
  beside,    // the one whose predictions stand beside
};

void rememberModel(WorkspaceSettings& settings, ModelRole role, const inference::ModelSpec& spec);
void forgetModel(WorkspaceSettings& settings, ModelRole role);
// Folder and name, in this order; empty when none is.
QStringList rememberedModel(const WorkspaceSettings& settings, ModelRole role);
bool isRemembered(const WorkspaceSettings& settings, ModelRole role, const inference::ModelSpec& spec);

}  // namespace chladni::ui
