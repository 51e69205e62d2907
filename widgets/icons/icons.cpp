#include "widgets/icons/icons.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

// At file scope, as the macro demands: a static library's resources are not linked unless somebody names them.
static void loadResources() { Q_INIT_RESOURCE(chladni); }

namespace chladni::widgets {
namespace {

constexpr qreal kDisabledOpacity = 0.4;

QByteArray drawing(const QString& name) {
  static QHash<QString, QByteArray> read;
  if (const auto found = read.constFind(name); found != read.constEnd()) return *found;
  loadResources();
  QFile file(QStringLiteral(":/chladni/icons/%1.svg").arg(name));
  return *read.insert(name, file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
}

class SvgEngine : public QIconEngine {
 public:
  SvgEngine(QByteArray svg, QColor colour) : svg_(std::move(svg)), colour_(std::move(colour)) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
    QByteArray svg = svg_;
    svg.replace("currentColor", colour_.name().toLatin1());
    QSvgRenderer renderer(svg);
    painter->save();
    const qreal opacity = mode == QIcon::Disabled ? kDisabledOpacity : 1.0;
    painter->setOpacity(painter->opacity() * opacity * colour_.alphaF());
    renderer.render(painter, rect);
    painter->restore();
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap picture(size);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    paint(&painter, QRect(QPoint(0, 0), size), mode, state);
    return picture;
  }

  [[nodiscard]] QIconEngine* clone() const override { return new SvgEngine(*this); }

 private:
  QByteArray svg_;
  QColor colour_;
};

}  // namespace

QIcon icon(const QString& name, const QColor& colour) {
  const QByteArray svg = drawing(name);
  return svg.isEmpty() ? QIcon() : QIcon(new SvgEngine(svg, colour));
}

QStringList iconNames() {
  loadResources();
  QStringList names;
  for (const QString& file : QDir(QStringLiteral(":/chladni/icons")).entryList({QStringLiteral("*.svg")}, QDir::Files, QDir::Name)) {
    names << file.chopped(4);
  }
  return names;
}

}  // namespace chladni::widgets
