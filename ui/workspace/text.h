// Text between the two worlds: the UTF-8 of the core as Qt's strings; and words to translate outside of classes.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <string_view>

#include "core/base/error.h"

namespace chladni::ui {

// As QObject::tr, for functions that belong to no QObject.
inline QString tr(const char* text) { return QCoreApplication::translate("chladni::ui", text); }

inline QString toText(std::string_view utf8) { return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())); }
// In the language of the window, where it is known there.
QString toText(const Error& error);
QString messageText(const Error& error);  // without what it happened to

}  // namespace chladni::ui
