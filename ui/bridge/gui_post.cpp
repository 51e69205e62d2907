#include "ui/bridge/gui_post.h"

#include <QCoreApplication>
#include <QEvent>
#include <deque>
#include <mutex>

namespace chladni::ui {

// The queue is ours and Qt only knocks: thread sanitizers see into a std::mutex, not into Qt's event queue.
struct GuiPost::Gate {
  std::mutex mutex;
  QObject* letterBox = nullptr;               // guarded by mutex
  std::deque<std::function<void()>> waiting;  // guarded by mutex
};

class GuiPost::LetterBox : public QObject {
 public:
  LetterBox(QObject* receiver, std::shared_ptr<Gate> gate) : QObject(receiver), gate_(std::move(gate)) {}
  // The gate holds the box while a worker posts, so it cannot go away in the middle of that.
  ~LetterBox() override {
    std::deque<std::function<void()>> dropped;
    const std::lock_guard lock(gate_->mutex);
    gate_->letterBox = nullptr;
    dropped.swap(gate_->waiting);
  }

 protected:
  bool event(QEvent* event) override {
    if (event->type() != QEvent::User) return QObject::event(event);
    std::function<void()> work;
    {
      const std::lock_guard lock(gate_->mutex);
      if (gate_->waiting.empty()) return true;
      work = std::move(gate_->waiting.front());
      gate_->waiting.pop_front();
    }
    work();
    return true;
  }

 private:
  std::shared_ptr<Gate> gate_;
};

GuiPost::GuiPost(QObject* receiver) : gate_(std::make_shared<Gate>()) { gate_->letterBox = new LetterBox(receiver, gate_); }

void GuiPost::operator()(std::function<void()> work) const {
  const std::lock_guard lock(gate_->mutex);
  if (gate_->letterBox == nullptr) return;
  gate_->waiting.push_back(std::move(work));
  QCoreApplication::postEvent(gate_->letterBox, new QEvent(QEvent::User));
}

}  // namespace chladni::ui
