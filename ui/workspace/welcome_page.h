// WelcomePage: what the window shows when nothing is open: what Chladni does, and the ways in (demo, open, drop, recent
// files). GUI thread only.
#pragma once

#include <QStringList>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QPushButton;
class QVBoxLayout;
QT_END_NAMESPACE

namespace chladni::ui {

class WelcomePage : public QWidget {
  Q_OBJECT

 public:
  explicit WelcomePage(QWidget* parent = nullptr);

  void setRecentFiles(const QStringList& paths);
  void setDemoAvailable(bool available);

 Q_SIGNALS:
  void demoRequested();
  void openRequested();
  void fileRequested(const QString& path);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QPushButton* demo_;
  QWidget* recent_;
  QVBoxLayout* recentRows_;
};

}  // namespace chladni::ui
