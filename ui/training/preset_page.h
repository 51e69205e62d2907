// PresetPage: which family of models is to learn, and by which preset, a complete recipe. GUI thread only.
#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QComboBox;
class QListWidget;
QT_END_NAMESPACE

namespace chladni::ui {

class PresetPage : public QWidget {
  Q_OBJECT

 public:
  explicit PresetPage(QWidget* parent = nullptr);

  // A name that is no preset's changes nothing.
  void choose(const QString& preset);
  [[nodiscard]] QString preset() const;  // empty: none is chosen

 Q_SIGNALS:
  void chosen();
  void activated();  // chosen for good: a double click or Return

 private:
  void listPresets();

  QComboBox* family_;
  QListWidget* presets_;
};

}  // namespace chladni::ui
