#include "widgets/export/view_export.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QPainter>
#include <QPdfWriter>
#include <QPixmap>
#include <QSvgGenerator>
#include <QWidget>

#include "core/base/atomic_file.h"
#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr double kPictureScale = 2.0;
constexpr int kDotsPerInch = 96;
const auto kPng = QStringLiteral("png");
const auto kSvg = QStringLiteral("svg");
const auto kPdf = QStringLiteral("pdf");
const auto kCsv = QStringLiteral("csv");

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
  for (QAction* action : view_->actions())
    if (action->isEnabled()) menu->addAction(action);
  menu->addSeparator();
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

QByteArray ViewExport::draw(const QString& end) {
  const PrintTheme light;
  QBuffer bytes;
  bytes.open(QIODevice::WriteOnly);
  if (end == kSvg) {
    QSvgGenerator generator;
    generator.setOutputDevice(&bytes);
    generator.setSize(view_->size());
    generator.setViewBox(view_->rect());
    generator.setTitle(name_);
    QPainter painter(&generator);
    view_->render(&painter);
  } else if (end == kPdf) {
    QPdfWriter writer(&bytes);
    writer.setResolution(kDotsPerInch);
    writer.setPageSize(QPageSize(QSizeF(view_->size()) / kDotsPerInch, QPageSize::Inch));
    writer.setPageMargins(QMarginsF());
    QPainter painter(&writer);
    view_->render(&painter);
  } else {
    QImage picture(view_->size() * kPictureScale, QImage::Format_RGB32);
    picture.setDevicePixelRatio(kPictureScale);
    picture.fill(Qt::white);
    view_->render(&picture);
    picture.save(&bytes, "PNG");
  }
  return bytes.data();
}

QString ViewExport::exportTo(const QString& path) {
  const QString end = QFileInfo(path).suffix().toLower();
  QByteArray bytes;
  if (end == kCsv) {
    bytes = table_ ? table_().toUtf8() : QByteArray();
    if (bytes.isEmpty()) return tr("there are no numbers to export here: choose a picture, .png, .svg or .pdf");
  } else if (end == kPng || end == kSvg || end == kPdf) {
    bytes = draw(end);
  } else {
    return tr("“%1” does not end in .png, .svg, .pdf or .csv: choose one of these").arg(path);
  }
  const auto written = writeFileAtomically(QFile::encodeName(path).toStdString(), {bytes.constData(), static_cast<std::size_t>(bytes.size())});
  return written ? QString() : QString::fromStdString(written.error().message);
}

QString csvCell(QString text) { return '"' + text.replace('"', QStringLiteral("\"\"")) + '"'; }

}  // namespace chladni::widgets
