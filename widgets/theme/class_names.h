// Names of classes where there is little room. Pure.
#pragma once

#include <QString>
#include <string>

namespace chladni::widgets {

// "violin" for "playing violin".
inline QString shortClassName(const std::string& name) {
  QString text = QString::fromStdString(name);
  if (text.startsWith(QLatin1String("playing "))) text.remove(0, 8);
  return text;
}

}  // namespace chladni::widgets
