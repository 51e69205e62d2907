#include "ui/export/exportable_views.h"

#include <QCoreApplication>
#include <QTreeWidget>

#include "ui/docks/attention_dock.h"
#include "ui/docks/embedding_dock.h"
#include "ui/docks/inspector_dock.h"
#include "ui/docks/reconstruction_dock.h"
#include "ui/export/view_tables.h"
#include "ui/workspace/dock_set.h"
#include "ui/workspace/library.h"
#include "ui/workspace/time_area.h"
#include "widgets/attention/attention_grid.h"
#include "widgets/attention/attention_view.h"
#include "widgets/attention/picture_attention_view.h"
#include "widgets/attention/position_view.h"
#include "widgets/embedding/embedding_map.h"
#include "widgets/export/view_export.h"
#include "widgets/labels/label_lane.h"
#include "widgets/prediction/class_lane.h"
#include "widgets/spectrogram/spectrogram_lane.h"
#include "widgets/waveform/waveform_lane.h"

namespace chladni::ui {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(chladni::ui::ExportableViews)
};

class Offers {
 public:
  explicit Offers(std::function<void(const QString&)> failed) : failed_(std::move(failed)) {}
  void add(QWidget& view, const QString& name, widgets::ViewExport::Table table = {}) const {
    auto* made = new widgets::ViewExport(&view, name, std::move(table));
    QObject::connect(made, &widgets::ViewExport::failed, made, failed_);
  }

 private:
  std::function<void(const QString&)> failed_;
};

void offerAttention(const Offers& offers, AttentionDock& dock) {
  offers.add(dock.view(), Words::tr("attention"), [&dock] {
    const auto& map = dock.view().map();
    return map ? attentionTable(*map) : QString();
  });
  offers.add(dock.picture(), Words::tr("attention over the picture"), [&dock] {
    const auto& map = dock.picture().map();
    return map ? pictureAttentionTable(*map) : QString();
  });
  offers.add(dock.grid(), Words::tr("attention heads"), [&dock] {
    const auto& map = dock.grid().map();
    return map ? attentionOverviewTable(*map, dock.grid().heads()) : QString();
  });
}

void offerReconstruction(const Offers& offers, ReconstructionDock& dock) {
  offers.add(dock.view(), Words::tr("reconstruction"), [&dock] {
    const auto& clip = dock.clip();
    return clip ? reconstructionTable(*clip) : QString();
  });
  offers.add(dock.strips(), Words::tr("patches"), [&dock] {
    const auto& clip = dock.clip();
    return clip ? patchTable(clip->result) : QString();
  });
}

}  // namespace

void makeExportable(TimeArea& area, DockSet& docks, std::function<const OpenFile*()> file, std::function<void(const QString&)> failed) {
  const Offers offers(std::move(failed));
  offers.add(area.waveform(), Words::tr("waveform"));
  offers.add(area.spectrogram(), Words::tr("spectrogram"), [&area] { return area.spectrogram().table(); });
  offers.add(area.classes(), Words::tr("classes"), [file = std::move(file)] {
    const OpenFile* shown = file();
    return shown != nullptr && shown->prediction ? predictionTable(*shown->prediction) : QString();
  });
  offers.add(area.labels(), Words::tr("labels"));
  offerAttention(offers, docks.attention());
  offerReconstruction(offers, docks.reconstruction());
  auto& inspector = docks.inspector();
  offers.add(inspector.tree(), Words::tr("modules"), [&inspector] { return inspector.tensorTable(); });
  offers.add(inspector.positions(), Words::tr("positions"), [&inspector] { return inspector.positionTable(); });
  auto& embedding = docks.embedding();
  offers.add(embedding.map(), Words::tr("map of clips"), [&embedding] { return embedding.table(); });
}

}  // namespace chladni::ui
