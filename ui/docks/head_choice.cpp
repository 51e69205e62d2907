#include "ui/docks/head_choice.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <algorithm>

namespace chladni::ui {
namespace {

constexpr int kMeanItem = -1;
constexpr int kRolloutItem = -2;
constexpr int kFewLetters = 10;

}  // namespace

HeadChoice::HeadChoice(QWidget* parent) : QWidget(parent), layer_(new QComboBox(this)), head_(new QComboBox(this)) {
  layer_->setObjectName("attentionLayer");
  layer_->setAccessibleName(tr("Layer"));
  layer_->setPlaceholderText(tr("Layer"));
  layer_->setToolTip(tr("Layer whose attention is shown"));
  head_->setObjectName("attentionHead");
  head_->setAccessibleName(tr("Heads"));
  head_->setToolTip(tr("One head, the mean of all, or rollout through all layers"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  for (QComboBox* box : {layer_, head_}) {
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);  // long words must not make the dock wide
    box->setMinimumContentsLength(kFewLetters);
    row->addWidget(box, 1);
    connect(box, &QComboBox::activated, this, [this] {
      refreshLayer();
      Q_EMIT changed();
    });
  }
  setModel(0, 0);
}

void HeadChoice::setModel(int layers, int heads) {
  const QSignalBlocker quietLayer(layer_);
  const QSignalBlocker quietHead(head_);
  layer_->clear();
  // Counted from 0, as the map's title and the command line do.
  for (int layer = layers - 1; layer >= 0; --layer)
    layer_->addItem(layer + 1 == layers ? tr("Layer %1, last").arg(layer) : tr("Layer %1").arg(layer), layer);
  head_->clear();
  head_->addItem(tr("Mean of heads"), kMeanItem);
  head_->addItem(tr("Rollout"), kRolloutItem);
  for (int head = 0; head < heads; ++head) head_->addItem(tr("Head %1").arg(head), head);
  // A box with a placeholder selects nothing by itself.
  layer_->setCurrentIndex(layers > 0 ? 0 : -1);
  head_->setCurrentIndex(0);
  head_->setEnabled(layers > 0);
  refreshLayer();
}

int HeadChoice::layers() const { return layer_->count(); }

void HeadChoice::choose(int layer, int head) {
  layer_->setCurrentIndex(layer_->findData(layer));
  head_->setCurrentIndex(head_->findData(head));
  refreshLayer();
}

void HeadChoice::readInto(inference::AttentionRequest& request) const {
  const int head = head_->currentData().toInt();
  request.layer = layer_->currentData().isValid() ? layer_->currentData().toInt() : -1;
  request.reduction = head == kMeanItem      ? inference::HeadReduction::mean
                      : head == kRolloutItem ? inference::HeadReduction::rollout
                                             : inference::HeadReduction::single;
  request.head = std::max(0, head);
}

// Rollout is through all layers.
void HeadChoice::refreshLayer() { layer_->setEnabled(layers() > 0 && head_->currentData().toInt() != kRolloutItem); }

}  // namespace chladni::ui
