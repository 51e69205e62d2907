#include "ui/workspace/first_height.h"

#include <QTimer>
#include <memory>
#include <utility>

namespace chladni::ui {

void growOnFirstShow(QMainWindow& window, const QList<QDockWidget*>& docks, int height) {
  const auto shown = std::make_shared<bool>(false);
  for (QDockWidget* dock : docks)
    QObject::connect(dock, &QDockWidget::visibilityChanged, &window, [&window, dock, height, shown](bool visible) {
      if (!visible || std::exchange(*shown, true)) return;
      QTimer::singleShot(0, dock, [&window, dock, height] {  // after the layout
        if (dock->height() < height && !dock->isFloating()) window.resizeDocks({dock}, {height}, Qt::Vertical);
      });
    });
}

}  // namespace chladni::ui
