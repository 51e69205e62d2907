#include "ui/actions/key_presets.h"

#include <algorithm>
#include <initializer_list>

namespace chladni::ui {
namespace {

// One line an action, so that a table reads as a list of keys. Below each table what had to make room.
using Line = std::pair<const char*, std::initializer_list<const char*>>;

KeyPreset preset(const char* id, const char* title, std::initializer_list<Line> lines) {
  KeyPreset made{QString::fromLatin1(id), QString::fromLatin1(title), {}};
  for (const auto& [action, texts] : lines) {
    QList<QKeySequence> keys;
    for (const char* text : texts) keys << QKeySequence(QString::fromLatin1(text), QKeySequence::PortableText);
    made.keys.insert(QString::fromLatin1(action), keys);
  }
  return made;
}

// Panes, tools and overlays have no like here. Enter of the key pad adds a point, Return does not.
KeyPreset sonicVisualiser() {
  return preset("sonic-visualiser", "Sonic Visualiser",
                {{"playSelection", {"Ctrl+Space"}},
                 {"scrollLeft", {"Left"}},
                 {"scrollRight", {"Right"}},
                 {"pageLeft", {"Ctrl+Left"}},
                 {"pageRight", {"Ctrl+Right"}},
                 {"left", {"PgUp"}},
                 {"right", {"PgDown"}},
                 {"labelPoint", {";", "Enter"}},
                 {"labelSelection", {"Ctrl+Shift+;"}},
                 {"labelText", {"R"}},
                 {"dock.labels", {"E"}},
                 {"removeTrack", {"Ctrl+D"}},
                 {"addFiles", {"Ctrl+I"}},
                 {"importLabels", {"Ctrl+L"}},
                 {"exportLabels", {"Ctrl+Y"}},
                 {"redo", {"Ctrl+Shift+Z"}},
                 {"keys", {"F2", "F1", "?"}},
                 // made room
                 {"nudgeStartBack", {"Shift+Left"}},
                 {"nudgeStartOn", {"Shift+Right"}},
                 {"labelAccept", {"Return"}},
                 {"labelSplit", {"Ctrl+Alt+I"}},
                 {"labelDuplicate", {"Ctrl+Alt+D"}}});
}

// Tab and Shift+Tab, which go from label to label there, would leave no way out of the lanes by keyboard.
KeyPreset audacity() {
  return preset("audacity", "Audacity",
                {{"play", {"Space", "P"}},
                 {"playSelection", {"Shift+Space"}},
                 {"zoomIn", {"Ctrl+1", "Ctrl++", "Ctrl+="}},
                 {"zoomOut", {"Ctrl+3", "Ctrl+-"}},
                 {"fit", {"Ctrl+F"}},
                 {"labelPoint", {"Ctrl+M"}},
                 {"labelText", {"F2", "Ctrl+F2"}},
                 {"labelDelete", {"Del", "Ctrl+K"}},
                 {"addFiles", {"Ctrl+Shift+I"}},
                 // made room
                 {"propose", {"Shift+P"}},
                 {"chooseModel", {"Ctrl+Alt+M"}},
                 {"searchActions", {"Ctrl+Shift+K"}},
                 {"improve", {"Ctrl+Alt+I"}}});
}

// As in the windows of sounds and text grids. Tab plays only in the lanes; Shift+Tab leaves them.
KeyPreset praat() {
  return preset("praat", "Praat",
                {{"play", {"Tab"}},
                 {"zoomIn", {"Ctrl+I"}},
                 {"zoomOut", {"Ctrl+O"}},
                 {"fit", {"Ctrl+A"}},
                 {"zoomSelection", {"Ctrl+N"}},
                 {"pageLeft", {"Ctrl+PgUp", "PgUp"}},
                 {"pageRight", {"Ctrl+PgDown", "PgDown"}},
                 {"labelSplit", {"Return", "Enter"}},  // a boundary at the cursor
                 // made room
                 {"open", {"Ctrl+Alt+O"}},
                 {"selectAll", {"Ctrl+Alt+A"}},
                 {"labelUncertain", {"Alt+Down"}},
                 {"labelAccept", {"A"}},
                 {"nudgeStartSecondBack", {"Alt+PgUp"}},
                 {"nudgeStartSecondOn", {"Alt+PgDown"}}});
}

KeyPreset elan() {
  return preset("elan", "ELAN",
                {{"play", {"Ctrl+Space"}},
                 {"playSelection", {"Shift+Space"}},
                 {"loop", {"Ctrl+L"}},
                 {"home", {"Ctrl+B", "Home"}},
                 {"end", {"Ctrl+E", "End"}},
                 {"stepBack", {"Ctrl+Left"}},
                 {"stepForward", {"Ctrl+Right"}},
                 {"left", {"Shift+Left"}},
                 {"right", {"Shift+Right"}},
                 {"labelSelection", {"Alt+N"}},
                 {"labelText", {"Alt+M"}},
                 {"labelDelete", {"Alt+D", "Del"}},
                 {"redo", {"Ctrl+Y", "Ctrl+Shift+Z"}},
                 // made room
                 {"zoomSelection", {"Ctrl+Alt+E"}},
                 {"scrollLeft", {"Left"}},
                 {"scrollRight", {"Right"}},
                 {"nudgeStartBack", {"Alt+Shift+Left"}},
                 {"nudgeStartOn", {"Alt+Shift+Right"}}});
}

}  // namespace

const std::vector<KeyPreset>& keyPresets() {
  static const std::vector<KeyPreset> all{preset("default", "", {}), sonicVisualiser(), audacity(), praat(), elan()};
  return all;
}

const KeyPreset& keyPreset(const QString& id) {
  const auto found = std::find_if(keyPresets().begin(), keyPresets().end(), [&](const KeyPreset& one) { return one.id == id; });
  return found == keyPresets().end() ? keyPresets().front() : *found;
}

}  // namespace chladni::ui
