// WelcomePage: what the window shows when nothing is open: what Chladni does, and the ways in (demo, open, drop, recent
// files). GUI thread only.
#pragma once

#include <QStringList>
#include <QWidget>
#include <utility>
#include <vector>

QT_BEGIN_NAMESPACE
class QLabel;
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
  // In the hints, as the keys of the window's actions are now.
  void nameKeys();

 Q_SIGNALS:
  void demoRequested();
  void openRequested();
  void fileRequested(const QString& path);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QWidget* keyHints(QWidget* parent);

  QPushButton* demo_;
  QWidget* recent_;
  QVBoxLayout* recentRows_;
  std::vector<std::pair<QLabel*, QLabel*>> hints_;  // what to press, what it does
};

}  // namespace chladni::ui
