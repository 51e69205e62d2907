// Which views of the window can be kept as files: a right click, or the menu key, on any of them offers its picture and,
// where it has one, its table.
#pragma once

#include <QString>
#include <functional>

namespace chladni::ui {

struct OpenFile;
class DockSet;
class TimeArea;

// `file`: the one on show, null when none is; `failed` hears why a file could not be written. GUI thread only.
void makeExportable(TimeArea& area, DockSet& docks, std::function<const OpenFile*()> file, std::function<void(const QString&)> failed);

}  // namespace chladni::ui
