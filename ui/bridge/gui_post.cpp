#include "ui/bridge/gui_post.h"

#include <mutex>

namespace chladni::ui {

struct GuiPost::Gate {
  std::mutex mutex;
  QObject* receiver = nullptr;  // guarded by mutex
};

GuiPost::GuiPost(QObject* receiver) : gate_(std::make_shared<Gate>()) {
  gate_->receiver = receiver;
  // The gate holds the receiver while a worker posts, so the object cannot go away in the middle of invokeMethod.
  QObject::connect(receiver, &QObject::destroyed, [gate = gate_] {
    const std::lock_guard lock(gate->mutex);
    gate->receiver = nullptr;
  });
}

void GuiPost::operator()(std::function<void()> work) const {
  const std::lock_guard lock(gate_->mutex);
  if (gate_->receiver != nullptr) QMetaObject::invokeMethod(gate_->receiver, std::move(work), Qt::QueuedConnection);
}

}  // namespace chladni::ui
