// Measured figures of model.json and losses of a reconstruction in the words of people: "top1_set_a", 0.92 as "top 1, set A" and
// "92.0 %". Names that are not known keep their letters. GUI thread only.
#pragma once

#include <QString>

namespace chladni::ui {

QString figureName(const QString& key);
QString figureValue(const QString& key, double value);

}  // namespace chladni::ui
