// Key presets: the keys that other programs have put into people's hands, as differences from the keys this program comes
// with. Pure data; every preset is free of clashes (tests walk through all of them).
#pragma once

#include <QKeySequence>
#include <QList>
#include <QMap>
#include <QString>
#include <vector>

namespace chladni::ui {

struct KeyPreset {
  QString id;     // as the settings name it
  QString title;  // a program's name; empty: the keys this program comes with
  QMap<QString, QList<QKeySequence>> keys;  // action: all of its keys; actions that are not here keep theirs
};

// The default first.
const std::vector<KeyPreset>& keyPresets();
// An id that is not known is the default.
const KeyPreset& keyPreset(const QString& id);

}  // namespace chladni::ui
