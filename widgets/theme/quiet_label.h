// A label in the quiet colour, for explanations and hints: plain text, wrapped. Owned by its parent. GUI thread.
#pragma once

#include <QLabel>

namespace chladni::widgets {

QLabel* quietLabel(const QString& text, QWidget* parent);

}  // namespace chladni::widgets
