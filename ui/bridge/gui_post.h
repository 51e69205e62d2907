// GuiPost: a copyable handle by which worker threads run functions on the thread of a QObject. Copies may outlive the
// object: what is posted after its destruction, or has not run by then, is dropped. Ownership: the object owns nothing;
// it holds one GuiPost as a member. Thread-safety: any thread may post; the end of the object waits for a post in progress only.
#pragma once

#include <QObject>
#include <functional>
#include <memory>

namespace chladni::ui {

class GuiPost {
 public:
  explicit GuiPost(QObject* receiver);

  // In the order of posting, one an event.
  void operator()(std::function<void()> work) const;

 private:
  struct Gate;
  class LetterBox;
  std::shared_ptr<Gate> gate_;
};

}  // namespace chladni::ui
