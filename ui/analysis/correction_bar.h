// CorrectionBar: "this is really X": a line below the predictions that says what is wrong about them. It only asks: what is
// corrected, and where it is kept, is its owner's. GUI thread only.
#pragma once

#include <QStringList>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace chladni::ui {

enum class CorrectedPart { window, selection, file };

class CorrectionBar : public QWidget {
  Q_OBJECT

 public:
  explicit CorrectionBar(QWidget* parent = nullptr);

  // The classes that can be named; none: there is nothing to correct.
  void setClasses(const QStringList& classes);
  void setPossible(bool window, bool selection, bool file);
  // How many corrections there are, in words; whether they can improve the model on show.
  void setCount(const QString& text, bool canImprove, const QString& why);
  [[nodiscard]] CorrectedPart part() const;
  // What was typed has been kept.
  void done();
  // Puts the keyboard where the class is typed.
  void begin();

 Q_SIGNALS:
  void corrected(const QString& name, chladni::ui::CorrectedPart part);
  void improveRequested();

 private:
  void say();

  QComboBox* classes_;
  QComboBox* part_;
  QPushButton* say_;
  QWidget* kept_;
  QLabel* count_;
  QPushButton* improve_;
  bool unasked_ = true;  // nobody has chosen the part on show
};

}  // namespace chladni::ui
