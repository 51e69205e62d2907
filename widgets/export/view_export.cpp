#include "widgets/export/view_export.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QMenu>
#include <QPainter>
#include <QPdfWriter>
#include <QPixmap>
#include <QSaveFile>
#include <QSvgGenerator>
#include <QWidget>
#include <algorithm>

#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr double kPictureScale = 2.0;
constexpr int kDotsPerInch = 96;

// Figures are for paper: light while one is drawn.
class PrintTheme {
 public:
  PrintTheme() : dark_(theme().dark) {
    if (dark_) applyTheme("light");
  }
  ~PrintTheme() {
    if (dark_) applyTheme("dark");
  }
  PrintTheme(const PrintTheme&) = delete;
  PrintTheme& operator=(const PrintTheme&) = delete;

 private:
  const bool dark_;
};

}  // namespace

ViewExport::ViewExport(QWidget* view, QString name, Table table)
    : QObject(view), view_(view), name_(std::move(name)), table_(std::move(table)) {
  view_->installEventFilter(this);
}

bool ViewExport::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::ContextMenu) return QObject::eventFilter(watched, event);
  openMenu(static_cast<QContextMenuEvent*>(event)->globalPos());
  return true;
}

void ViewExport::openMenu(const QPoint& at) {
  auto* menu = new QMenu(view_);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addAction(tr("Copy picture"), this, [this] { QApplication::clipboard()->setPixmap(view_->grab()); });
  if (table_) {
    menu->addAction(tr("Copy numbers"), this, [this] { QApplication::clipboard()->setText(table_()); });
  }
  menu->addAction(tr("Export…"), this, &ViewExport::askAndExport);
  menu->popup(at);
}

void ViewExport::askAndExport() {
  const QString kinds = table_ ? tr("Picture (*.png *.svg *.pdf);;Table (*.csv)") : tr("Picture (*.png *.svg *.pdf)");
  const QString path = QFileDialog::getSaveFileName(view_, tr("Export"), name_ + ".png", kinds);
  if (path.isEmpty()) return;
  if (const QString why = exportTo(path); !why.isEmpty()) Q_EMIT failed(why);
}

bool ViewExport::draw(const QString& path) {
  const PrintTheme light;
  if (path.endsWith(".svg", Qt::CaseInsensitive)) {
    QSvgGenerator generator;
    generator.setFileName(path);
    generator.setSize(view_->size());
    generator.setViewBox(view_->rect());
    generator.setTitle(name_);
    QPainter painter;
    if (!painter.begin(&generator)) return false;
    view_->render(&painter);
    return painter.end();
  }
  if (path.endsWith(".pdf", Qt::CaseInsensitive)) {
    QPdfWriter writer(path);
    writer.setResolution(kDotsPerInch);
    writer.setPageSize(QPageSize(QSizeF(view_->size()) / kDotsPerInch, QPageSize::Inch));
    writer.setPageMargins(QMarginsF());
    QPainter painter;
    if (!painter.begin(&writer)) return false;
    view_->render(&painter);
    return painter.end();
  }
  QImage picture(view_->size() * kPictureScale, QImage::Format_RGB32);
  picture.setDevicePixelRatio(kPictureScale);
  picture.fill(Qt::white);
  view_->render(&picture);
  QSaveFile file(path);
  return file.open(QIODevice::WriteOnly) && picture.save(&file, "PNG") && file.commit();
}

QString ViewExport::exportTo(const QString& path) {
  if (path.endsWith(".csv", Qt::CaseInsensitive)) {
    const QString text = table_ ? table_() : QString();
    if (text.isEmpty()) return tr("there are no numbers to export here: choose a picture, .png, .svg or .pdf");
    QSaveFile file(path);
    const QByteArray bytes = text.toUtf8();
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit()) return {};
    return tr("“%1” cannot be written: %2; choose another place").arg(path, file.errorString());
  }
  static const QStringList kEnds = {".png", ".svg", ".pdf"};
  const bool known = std::any_of(kEnds.begin(), kEnds.end(), [&](const QString& end) { return path.endsWith(end, Qt::CaseInsensitive); });
  if (!known) return tr("“%1” does not end in .png, .svg, .pdf or .csv: choose one of these").arg(path);
  return draw(path) ? QString() : tr("“%1” cannot be written: choose a folder where you may write").arg(path);
}

QString csvCell(QString text) { return '"' + text.replace('"', QStringLiteral("\"\"")) + '"'; }

}  // namespace chladni::widgets
