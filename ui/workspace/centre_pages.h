// CentrePages: what the middle of the window shows: the welcome, why a file could not be opened, or the lanes; above each of
// them the banner, so that what goes wrong is seen whatever is on show. GUI thread only.
#pragma once

#include <QStringList>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QStackedWidget;
QT_END_NAMESPACE

namespace chladni::ui {

class Banner;
class FailedPage;
class TimeArea;
class WelcomePage;
struct OpenFile;

class CentrePages : public QWidget {
  Q_OBJECT

 public:
  CentrePages(bool demoAvailable, QWidget* parent);

  [[nodiscard]] Banner& banner() { return *banner_; }
  [[nodiscard]] TimeArea& timeArea() { return *timeArea_; }
  void setRecentFiles(const QStringList& paths);
  // In sentences, as the keys of the window's actions are now.
  void nameKeys();
  // Null: the welcome.
  void showFile(const OpenFile* file);

 Q_SIGNALS:
  void demoRequested();
  void openRequested();
  void fileRequested(const QString& path);
  void retryRequested();
  void closeRequested();

 private:
  Banner* banner_;
  QStackedWidget* stack_;
  WelcomePage* welcome_;
  FailedPage* failed_;
  TimeArea* timeArea_;
};

}  // namespace chladni::ui
