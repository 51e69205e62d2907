// CentrePages: what the middle of the window shows: the welcome, why a file could not be opened, or the lanes under their
// banner. GUI thread only.
#pragma once

#include <QStackedWidget>
#include <QStringList>

namespace chladni::ui {

class Banner;
class FailedPage;
class TimeArea;
class WelcomePage;
struct OpenFile;

class CentrePages : public QStackedWidget {
  Q_OBJECT

 public:
  CentrePages(bool demoAvailable, QWidget* parent);

  [[nodiscard]] Banner& banner() { return *banner_; }
  [[nodiscard]] TimeArea& timeArea() { return *timeArea_; }
  void setRecentFiles(const QStringList& paths);
  // Null: the welcome.
  void showFile(const OpenFile* file);

 Q_SIGNALS:
  void demoRequested();
  void openRequested();
  void fileRequested(const QString& path);
  void retryRequested();
  void closeRequested();

 private:
  WelcomePage* welcome_;
  FailedPage* failed_;
  QWidget* work_;
  Banner* banner_;
  TimeArea* timeArea_;
};

}  // namespace chladni::ui
