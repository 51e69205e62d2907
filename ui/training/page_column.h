// The column of one page of a dialog, under its heading and what it is for. GUI thread only.
#pragma once

#include <QString>

QT_BEGIN_NAMESPACE
class QVBoxLayout;
class QWidget;
QT_END_NAMESPACE

namespace chladni::ui {

QVBoxLayout* pageColumn(QWidget* page, const QString& title, const QString& explanation);

}  // namespace chladni::ui
