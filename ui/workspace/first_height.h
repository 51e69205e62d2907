// Docks whose content needs more room than the share that the first layout gives them.
#pragma once

#include <QDockWidget>
#include <QList>
#include <QMainWindow>

namespace chladni::ui {

// The first time that one of `docks` comes into sight and is lower than `height`, it grows to it; later all stay as the
// person left them. The docks belong to `window`. GUI thread.
void growOnFirstShow(QMainWindow& window, const QList<QDockWidget*>& docks, int height);

}  // namespace chladni::ui
