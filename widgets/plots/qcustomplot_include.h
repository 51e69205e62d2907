// The library's header is written with Qt's keywords, which this project switches off (QT_NO_KEYWORDS); they exist for the
// length of this include only. Private to widgets.
#pragma once

#include <QObject>

#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit
#define foreach(variable, container) Q_FOREACH(variable, container)
#include <qcustomplot.h>
#undef signals
#undef slots
#undef emit
#undef foreach
