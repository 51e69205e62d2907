// Text between the two worlds: the UTF-8 of the core as Qt's strings.
#pragma once

#include <QString>
#include <string_view>

#include "core/base/error.h"

namespace chladni::ui {

inline QString toText(std::string_view utf8) { return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())); }
inline QString toText(const Error& error) { return QString::fromStdString(error.describe()); }
inline QString messageText(const Error& error) { return toText(error.message); }  // without what it happened to

}  // namespace chladni::ui
