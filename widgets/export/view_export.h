// ViewExport: lets any view be kept: a right click offers copy and export as PNG (twice its size on screen), SVG or PDF, and
// as CSV where it has numbers; before them the view's own actions (QWidget::actions) that can be had now. Pictures are drawn in the light theme, on white. One per view, owned by it. GUI thread only.
#pragma once

#include <QObject>
#include <QString>
#include <functional>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace chladni::widgets {

class ViewExport : public QObject {
  Q_OBJECT

 public:
  using Table = std::function<QString()>;  // CSV with a header line; empty text: nothing to tell now

  // `name` begins the suggested file name.
  ViewExport(QWidget* view, QString name, Table table = {});

  // By the name's end: .png, .svg, .pdf, .csv. Empty when it worked, else why not.
  QString exportTo(const QString& path);

 Q_SIGNALS:
  void failed(const QString& why);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void openMenu(const QPoint& at);
  void askAndExport();
  QByteArray draw(const QString& end);

  QWidget* view_;
  const QString name_;
  const Table table_;
};

// A text as a cell of CSV: in quotes, those within doubled.
QString csvCell(QString text);

}  // namespace chladni::widgets
