// What is inside the chosen model, in a whole window: modules, shapes, counts, positions; and a model without positions.
#include "ui/docks/inspector_dock.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>
#include <cstring>

#include "core/serial/safetensors.h"
#include "tests/gui/window/bench.h"
#include "widgets/attention/position_view.h"
#include "widgets/export/view_export.h"

using namespace chladni;
using test::Bench;

TEST_CASE("The inspector lists the tensors of the chosen model and says when it has no positions") {
  Bench bench;
  REQUIRE(bench.window->showDock("inspector"));
  REQUIRE(bench.settle());
  auto* dock = bench.part<ui::InspectorDock>("inspector");
  REQUIRE(dock->anatomy());
  CHECK(dock->anatomy()->numbers == 4);
  CHECK_FALSE(dock->anatomy()->operations);
  QTreeWidget& tree = dock->tree();
  REQUIRE(tree.topLevelItemCount() == 1);
  CHECK(tree.topLevelItem(0)->text(0) == "layer");
  REQUIRE(tree.topLevelItem(0)->childCount() == 1);
  CHECK(tree.topLevelItem(0)->child(0)->text(1) == QString::fromUtf8("2 × 2"));
  CHECK(bench.part<QLabel>("inspectorNote")->text().contains("4 numbers in 1 tensors"));
  CHECK(dock->positions().accessibleDescription().contains("no table of positions"));
  test::keepPicture(*bench.window, "inspector");
  auto* kept = tree.findChild<widgets::ViewExport*>();
  REQUIRE(kept);
  CHECK(kept->exportTo(ui::toQString(bench.scratch / "modules.csv")).isEmpty());
  CHECK(kept->exportTo(ui::toQString(bench.scratch / "modules.png")).isEmpty());
}

TEST_CASE("Likeness of positions follows the patch under the pointer and the arrow keys") {
  test::application();
  widgets::PositionView view;
  PatchGrid grid;
  grid.rows = 3;
  grid.columns = 5;
  auto cosines = std::make_shared<Matrix>(15, 15);
  for (int a = 0; a < 15; ++a)
    for (int b = 0; b < 15; ++b) cosines->row(a)[static_cast<std::size_t>(b)] = 1.0F - 0.1F * static_cast<float>(std::abs(a - b));
  view.setTable(cosines, grid, false);
  view.resize(300, 200);
  view.show();
  CHECK(view.chosen() == std::pair(1, 2));
  CHECK(view.cellRect(0, 0).top() > view.cellRect(2, 0).top());  // low bands below
  QSignalSpy said(&view, &widgets::PositionView::valueUnderCursor);
  QTest::mouseMove(&view, view.cellRect(2, 4).center().toPoint());
  CHECK(view.chosen() == std::pair(2, 4));
  CHECK(view.valueOf(2, 4) == 1.0F);
  CHECK(view.valueOf(2, 3) == Approx(0.9));
  REQUIRE(said.count() > 0);
  CHECK(said.last().first().toString().contains("patch 15 of 15"));
  QTest::keyClick(&view, Qt::Key_Down);
  QTest::keyClick(&view, Qt::Key_Left);
  CHECK(view.chosen() == std::pair(1, 3));
  const QImage picture = view.grab().toImage();
  CHECK(picture.pixel(view.cellRect(1, 3).center().toPoint()) != picture.pixel(view.cellRect(0, 0).center().toPoint()));
}
