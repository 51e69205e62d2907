#include "ui/workspace/model_memory.h"

#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "ui/workspace/workspace_settings.h"

namespace chladni::ui {
namespace {

QString keyOf(ModelRole role) {
  switch (role) {
    case ModelRole::last: return QStringLiteral("model");
    case ModelRole::analysis: return QStringLiteral("defaults/analysis");
    case ModelRole::painting: return QStringLiteral("defaults/painting");
    case ModelRole::beside: return QStringLiteral("besideModel");
  }
  return {};
}

}  // namespace

void rememberModel(WorkspaceSettings& settings, ModelRole role, const inference::ModelSpec& spec) {
  settings.setValue(keyOf(role), QStringList{toQString(spec.folder), toText(spec.name)});
}

void forgetModel(WorkspaceSettings& settings, ModelRole role) { settings.setValue(keyOf(role), QStringList()); }

QStringList rememberedModel(const WorkspaceSettings& settings, ModelRole role) {
  QStringList all = settings.value(keyOf(role)).toStringList();
  all.removeAll(QString());
  return all;
}

bool isRemembered(const WorkspaceSettings& settings, ModelRole role, const inference::ModelSpec& spec) {
  const QStringList remembered = rememberedModel(settings, role);
  return remembered.contains(toQString(spec.folder)) || remembered.contains(toText(spec.name));
}

}  // namespace chladni::ui
