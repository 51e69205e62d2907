// FailedPage: stands where the lanes would be when a file cannot be opened: which file, why, and what to do. GUI thread
// only.
#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace chladni::ui {

class FailedPage : public QWidget {
  Q_OBJECT

 public:
  explicit FailedPage(QWidget* parent = nullptr);

  void setFailure(const QString& file, const QString& why);

 Q_SIGNALS:
  void retryRequested();
  void closeRequested();

 private:
  QLabel* file_;
  QLabel* why_;
};

}  // namespace chladni::ui
