#include "ui/workspace/dock_scroll.h"

#include <QEvent>
#include <QLayout>
#include <QScrollArea>
#include <algorithm>

namespace chladni::ui {
namespace {

constexpr int kLeastHeight = 96;  // something of the content stays in sight

// Holds the content to its least height at this width. By itself a scroll area asks for the height that text and pictures
// would like, and scrolls where there is enough room for less.
class Body final : public QWidget {
 public:
  explicit Body(QWidget* content) : content_(content) { content->setParent(this); }

  [[nodiscard]] QSize minimumSizeHint() const override {
    QSize least = content_->minimumSizeHint();
    const auto* layout = content_->layout();
    if (layout != nullptr && layout->hasHeightForWidth()) least.setHeight(layout->minimumHeightForWidth(std::max(width(), least.width())));
    return least;
  }
  [[nodiscard]] QSize sizeHint() const override { return content_->sizeHint(); }

 protected:
  bool event(QEvent* event) override {
    if (event->type() == QEvent::Resize) {
      content_->resize(size());
      updateGeometry();
    }
    // Something in the content appeared or went.
    if (event->type() == QEvent::LayoutRequest) updateGeometry();
    return QWidget::event(event);
  }

 private:
  QWidget* content_;
};

// Only ever scrolls up and down: it is as wide as its content needs.
class DockScroll final : public QScrollArea {
 public:
  explicit DockScroll(QWidget* content) {
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);  // what has the keyboard inside is scrolled into sight
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    auto* body = new Body(content);
    setWidget(body);
    body->setAutoFillBackground(false);
  }
  [[nodiscard]] QSize minimumSizeHint() const override {
    const QSize needed = widget()->minimumSizeHint();
    return {needed.width(), std::min(needed.height(), kLeastHeight)};
  }
  [[nodiscard]] QSize sizeHint() const override { return widget()->sizeHint(); }
};

}  // namespace

void letShrink(QDockWidget& dock) { dock.setWidget(new DockScroll(dock.widget())); }

}  // namespace chladni::ui
