#include "widgets/icons/icons.h"

#include <QFile>
#include <QPixmap>
#include <QRegularExpression>

#include "tests/gui/widgets/quiet.h"

namespace chladni::widgets {

TEST_CASE("every icon draws something in the colour asked for, at every size") {
  test::Quiet quiet;
  const QStringList names = iconNames();
  REQUIRE(names.size() >= 20);
  for (const QString& name : names) {
    INFO(name.toStdString());
    for (const int side : {16, 24, 48}) {
      const QImage picture = icon(name, QColor(200, 30, 60)).pixmap(QSize(side, side), 1.0).toImage();
      CHECK(picture.size() == QSize(side, side));
      int drawn = 0;
      int foreign = 0;
      for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
          const QColor pixel = picture.pixelColor(x, y);
          drawn += pixel.alpha() > 60 ? 1 : 0;
          foreign += pixel.alpha() > 200 && (std::abs(pixel.red() - 200) > 12 || std::abs(pixel.green() - 30) > 12) ? 1 : 0;
        }
      }
      CHECK(drawn > side / 2);
      CHECK(drawn < side * side * 3 / 4);
      CHECK(foreign == 0);
    }
  }
}

TEST_CASE("icons lie on the 24-unit grid with 1.5-unit strokes and follow the text colour") {
  test::application();
  for (const QString& name : iconNames()) {
    INFO(name.toStdString());
    QFile file(":/chladni/icons/" + name + ".svg");
    REQUIRE(file.open(QIODevice::ReadOnly));
    const QString svg = QString::fromUtf8(file.readAll());
    CHECK(svg.contains("viewBox=\"0 0 24 24\""));
    CHECK(svg.contains("stroke-width=\"1.5\""));
    CHECK(svg.contains("stroke=\"currentColor\""));
    CHECK_FALSE(svg.contains(QRegularExpression("(stroke|fill)=\"#")));
  }
}

TEST_CASE("a disabled icon is fainter, and twice the scale gives twice the pixels") {
  test::Quiet quiet;
  const QIcon one = icon("stop", Qt::black);
  const auto centre = [&](QIcon::Mode mode) { return one.pixmap(QSize(24, 24), 1.0, mode).toImage().pixelColor(12, 12).alpha(); };
  CHECK(centre(QIcon::Normal) == 255);
  CHECK(centre(QIcon::Disabled) < 160);
  CHECK(centre(QIcon::Disabled) > 60);
  CHECK(one.pixmap(QSize(24, 24), 2.0).size() == QSize(48, 48));
}

TEST_CASE("an unknown name is a null icon") {
  test::Quiet quiet;
  CHECK(icon("no-such-icon", Qt::black).isNull());
}

}  // namespace chladni::widgets
