#include "ui/actions/window_keys.h"

#include <QMainWindow>
#include <QMenuBar>
#include <algorithm>

#include "ui/actions/action_catalogue.h"
#include "ui/actions/keys_dialog.h"

namespace chladni::ui {
namespace {

constexpr const char* kTitleProperty = "titleWithLetter";

KeyMap mapOf(const ActionCatalogue& actions) {
  std::vector<KeyMap::Action> known;
  for (const auto& entry : actions.entries()) known.push_back({entry.action->objectName(), entry.keys, entry.within});
  return KeyMap(std::move(known));
}

}  // namespace

WindowKeys::WindowKeys(ActionCatalogue& actions, WorkspaceSettings& settings, QMainWindow& window)
    : QObject(&window), actions_(actions), settings_(settings), window_(window), map_(mapOf(actions)) {
  map_.read(settings_);
  apply();
}

void WindowKeys::apply() {
  actions_.setKeys([this](const QString& action) { return map_.keys(action); });
  freeLetters();
}

// A letter of the menu bar that is a key of an action, too, would be neither: the action has it.
void WindowKeys::freeLetters() {
  const auto taken = [this](const QString& title) {
    const QKeySequence letter = QKeySequence::mnemonic(title);
    return !letter.isEmpty() && std::any_of(actions_.entries().begin(), actions_.entries().end(), [&](const auto& entry) {
      return entry.action->shortcuts().contains(letter);
    });
  };
  for (QAction* menu : window_.menuBar()->actions()) {
    if (!menu->property(kTitleProperty).isValid()) menu->setProperty(kTitleProperty, menu->text());
    const QString title = menu->property(kTitleProperty).toString();
    menu->setText(taken(title) ? plainText(title).replace('&', QLatin1String("&&")) : title);
  }
}

void WindowKeys::openDialog() {
  auto* dialog = new KeysDialog(actions_, map_, &window_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] {
    map_ = dialog->map();
    map_.write(settings_);
    apply();
  });
  dialog->open();
}

}  // namespace chladni::ui
