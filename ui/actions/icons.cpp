#include "ui/actions/icons.h"

#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

namespace chladni::ui {
namespace {

// Bodies of 24 x 24 SVG pictures; strokes unless an element says otherwise.
const QHash<QString, QByteArray>& drawings() {
  static const QHash<QString, QByteArray> all = {
      {"open", R"(<path d="M3.5 18.5v-13h5.5l2 2.5h7.5v3"/><path d="M3.5 18.5l3-7.5h14.5l-3 7.5z"/>)"},
      {"play", R"(<path d="M7.5 5l11 7-11 7z" fill="currentColor"/>)"},
      {"pause", R"(<path d="M8 5.5v13M16 5.5v13" stroke-width="3"/>)"},
      {"loop", R"(<path d="M4 11.5a6 6 0 0 1 6-5h9"/><path d="M16 3.5l3 3-3 3"/><path d="M20 12.5a6 6 0 0 1-6 5H5"/><path d="M8 20.5l-3-3 3-3"/>)"},
      {"fit", R"(<path d="M3.5 5v14M20.5 5v14M7 12h10M9.5 9.5l-2.5 2.5 2.5 2.5M14.5 9.5l2.5 2.5-2.5 2.5"/>)"},
      {"zoom-selection", R"(<path d="M8 4.5H4.5v15H8M16 4.5h3.5v15H16"/><path d="M9 12h6M12 9v6"/>)"},
      {"analyse", R"(<path d="M3.5 12h2.5l2-6 3 12 3-9 2 5 1.5-2h3"/>)"},
      {"search", R"(<circle cx="10.5" cy="10.5" r="5.5"/><path d="M14.5 14.5l5 5"/>)"},
  };
  return all;
}

// Renders the drawing at the device's own resolution each time, so that nothing blurs at 2x.
class SvgEngine : public QIconEngine {
 public:
  SvgEngine(QByteArray body, QColor colour) : body_(std::move(body)), colour_(std::move(colour)) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
    QColor colour = colour_;
    if (mode == QIcon::Disabled) colour.setAlphaF(0.4F);
    QByteArray svg =
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'><g fill='none' stroke='currentColor' "
        "stroke-width='1.5' stroke-linecap='round' stroke-linejoin='round'>" + body_ + "</g></svg>";
    svg.replace("currentColor", colour.name().toLatin1());
    QSvgRenderer renderer(svg);
    painter->save();
    painter->setOpacity(painter->opacity() * colour.alphaF());
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

  QIconEngine* clone() const override { return new SvgEngine(*this); }

 private:
  QByteArray body_;
  QColor colour_;
};

}  // namespace

QIcon icon(const QString& name, const QColor& colour) {
  const auto drawing = drawings().find(name);
  return drawing == drawings().end() ? QIcon() : QIcon(new SvgEngine(*drawing, colour));
}

}  // namespace chladni::ui
