// StatusLine: device · model · what is being done with its progress and a cancel cross · what is under the cursor.
// GUI thread only.
#pragma once

#include <QStatusBar>
#include <QTimer>

QT_BEGIN_NAMESPACE
class QLabel;
class QProgressBar;
class QToolButton;
QT_END_NAMESPACE

namespace chladni::ui {

class StatusLine : public QStatusBar {
  Q_OBJECT

 public:
  explicit StatusLine(QWidget* parent = nullptr);

  void setDevice(const QString& text);
  void setModel(const QString& text);
  // Empty text: nothing is being done. total 0: unknown length.
  void setActivity(const QString& text, qint64 done, qint64 total);
  void setWaiting(int requests);
  void setNotice(const QString& text);  // one quiet sentence; empty clears
  void setCursorText(const QString& text);
  // In tool tips, as the keys of the window's actions are now.
  void nameKeys();

 Q_SIGNALS:
  void cancelRequested();
  void noticed(const QString& text);

 private:
  QLabel* device_;
  QLabel* model_;
  QLabel* waiting_;
  QLabel* activity_;
  QProgressBar* bar_;
  QToolButton* cancel_;
  QLabel* notice_;
  QTimer fading_;
  QLabel* cursor_;
};

}  // namespace chladni::ui
