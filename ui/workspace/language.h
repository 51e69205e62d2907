// The language of the window: the translations that are built in (resources/translations), with Qt's own words beside them
// where they are installed. English needs none. GUI thread, before the first widget.
#pragma once

#include <QCoreApplication>
#include <QStringList>

namespace chladni::ui {

QStringList languages();  // codes that can be asked for: "en" and those built in
// `code`: one of languages(), or empty for that of the system as far as it is there. False when it is not there.
bool useLanguage(QCoreApplication& application, const QString& code);

}  // namespace chladni::ui
