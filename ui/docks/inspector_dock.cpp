#include "ui/docks/inspector_dock.h"
#include "ui/workspace/text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <map>

#include "widgets/attention/position_view.h"
#include "widgets/theme/quiet_label.h"

namespace chladni::ui {

using namespace widgets;
namespace {

enum Column { name, shape, numbers, operations };

constexpr int kIndent = 12;            // names are long, the dock is narrow
constexpr int kLeastPositions = 120;  // small models have few patches, each of which is to be hit with the mouse

// "1.78 M"; as it is below a thousand.
QString magnitude(double value) {
  for (const auto& [unit, size] : {std::pair("T", 1e12), {"G", 1e9}, {"M", 1e6}, {"k", 1e3}})
    if (value >= size) return QStringLiteral("%1 %2").arg(value / size, 0, 'g', 3).arg(unit);
  return QString::number(value, 'f', 0);
}

QString byteText(std::int64_t bytes) {
  return bytes < 1000 ? QStringLiteral("%1 B").arg(bytes) : magnitude(static_cast<double>(bytes)) + 'B';
}

QString shapeText(const std::vector<std::int64_t>& shape) {
  QStringList sizes;
  for (const std::int64_t size : shape) sizes << QString::number(size);
  return sizes.isEmpty() ? InspectorDock::tr("one") : sizes.join(QStringLiteral(" × "));
}

// In the order of the file; sums of what is below.
class Item : public QTreeWidgetItem {
 public:
  using QTreeWidgetItem::QTreeWidgetItem;
  double count = 0.0;
  double work = 0.0;
};

}  // namespace

InspectorDock::InspectorDock(AnalysisController& analysis, QWidget* parent) : QDockWidget(tr("Inside the model"), parent), analysis_(analysis), post_(this) {
  setObjectName("inspector");
  build();
  worker_ = std::make_unique<jobs::KeyedWorker<int, inference::ModelSpec>>(
      [this, post = post_](int, std::uint64_t generation, inference::ModelSpec& spec, std::stop_token stop) {
        auto anatomy = analysis::anatomyOf(spec, stop);
        post([this, generation, anatomy = std::move(anatomy)] {
          if (generation <= answered_) return;
          answered_ = generation;
          accept(anatomy);
        });
      });
  connect(&analysis_, &AnalysisController::modelChosen, this, &InspectorDock::forget);
  forget();
}

InspectorDock::~InspectorDock() { worker_.reset(); }

void InspectorDock::build() {
  auto* body = new QSplitter(Qt::Vertical, this);
  body->setChildrenCollapsible(false);
  body->setHandleWidth(1);
  auto* upper = new QWidget(body);
  auto* first = new QVBoxLayout(upper);
  first->setContentsMargins(0, 4, 0, 0);
  first->setSpacing(6);
  note_ = quietLabel({}, upper);
  note_->setObjectName("inspectorNote");
  note_->setContentsMargins(12, 0, 12, 0);
  tree_ = new QTreeWidget(upper);
  tree_->setObjectName("inspectorTree");
  tree_->setAccessibleName(tr("Modules of the model"));
  tree_->setFrameShape(QFrame::NoFrame);
  tree_->setUniformRowHeights(true);
  tree_->setIndentation(kIndent);
  tree_->setHeaderLabels({tr("Module"), tr("Shape"), tr("Numbers"), tr("Operations")});
  tree_->headerItem()->setToolTip(operations, tr("Multiplications and additions for one clip with every patch visible"));
  tree_->header()->setStretchLastSection(false);
  tree_->header()->setSectionResizeMode(name, QHeaderView::Stretch);
  for (const int column : {shape, numbers, operations}) tree_->header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
  first->addWidget(note_);
  first->addWidget(tree_, 1);
  auto* lower = new QWidget(body);
  auto* second = new QVBoxLayout(lower);
  second->setContentsMargins(0, 4, 0, 4);
  second->setSpacing(6);
  positionNote_ = quietLabel(tr("A transformer is told where each patch lies by a vector of its own. How alike are these places to it? Move over the picture: bright "
                                "patches have places like that of the framed one."), lower);
  positionNote_->setContentsMargins(12, 0, 12, 0);
  tables_ = new QComboBox(lower);
  tables_->setObjectName("inspectorTables");
  tables_->setAccessibleName(tr("Table of positions"));
  positions_ = new PositionView(lower);
  positions_->setObjectName("inspectorPositions");
  positions_->setMinimumHeight(kLeastPositions);
  second->addWidget(positionNote_);
  auto* line = new QHBoxLayout;
  line->setContentsMargins(12, 0, 12, 0);
  line->addWidget(tables_);
  line->addStretch(1);
  second->addLayout(line);
  second->addWidget(positions_, 1);
  body->addWidget(upper);
  body->addWidget(lower);
  body->setStretchFactor(0, 3);
  body->setStretchFactor(1, 2);
  setWidget(body);
  connect(tables_, &QComboBox::activated, this, &InspectorDock::showPositions);
  connect(positions_, &PositionView::valueUnderCursor, this, &InspectorDock::valueUnderCursor);
}

void InspectorDock::forget() {
  const inference::ModelSpec* spec = analysis_.model();
  if (spec != nullptr && anatomy_ && spec->name == model_) return;
  model_.clear();
  anatomy_.reset();
  answered_ = asked_;
  tree_->clear();
  tables_->clear();
  tables_->hide();
  positions_->setMessage({});
  note_->setText(spec != nullptr ? tr("Reading the weights…") : tr("With a model chosen, its modules, their shapes and what they cost stand here."));
  ask();
}

void InspectorDock::showEvent(QShowEvent* event) {
  QDockWidget::showEvent(event);
  ask();
}

void InspectorDock::ask() {
  const inference::ModelSpec* spec = analysis_.model();
  if (spec == nullptr || !isVisible() || model_ == spec->name) return;
  model_ = spec->name;
  asked_ = worker_->submit(0, *spec, jobs::Supersede::cancelRunning);
}

void InspectorDock::accept(const Result<analysis::ModelAnatomy>& anatomy) {
  if (!anatomy && anatomy.error().code == ErrorCode::cancelled) return;  // another model's is on its way
  if (!anatomy) {
    note_->setText(messageText(anatomy.error()));
    return;
  }
  anatomy_ = std::make_shared<const analysis::ModelAnatomy>(*anatomy);
  QString text = tr("%1 holds %2 numbers in %3 tensors (%4).")
                     .arg(QString::fromStdString(analysis_.model() != nullptr ? analysis_.model()->title : model_), magnitude(static_cast<double>(anatomy_->numbers)))
                     .arg(anatomy_->tensors.size())
                     .arg(byteText(anatomy_->bytes));
  text += anatomy_->operations ? tr(" About %1 operations for one clip with every patch visible.").arg(magnitude(*anatomy_->operations))
                               : tr(" How often each weight is used for a clip is not known for this architecture.");
  note_->setText(text);
  fillTree();
  for (const analysis::PositionTable& table : anatomy_->positions) {
    tables_->addItem(tr("%1 · %2 × %3 %4").arg(QString::fromStdString(table.name)).arg(table.grid.columns).arg(table.grid.rows).arg(table.picture ? tr("patches of the picture") : tr("patches of the sound")));
  }
  tables_->setVisible(tables_->count() > 1);
  showPositions(0);
}

void InspectorDock::fillTree() {
  tree_->clear();
  std::map<QString, Item*> modules;
  for (const analysis::ModelTensor& tensor : anatomy_->tensors) {
    QStringList path = QString::fromStdString(tensor.name).split('.');
    const QString leaf = path.takeLast();
    Item* parent = nullptr;
    QString full;
    for (const QString& part : path) {
      full += '.' + part;
      Item*& module = modules[full];
      if (module == nullptr) {
        module = parent != nullptr ? new Item(parent) : new Item(tree_);
        module->setText(name, part);
      }
      module->count += static_cast<double>(tensor.numbers);
      module->work += tensor.operations.value_or(0.0);
      parent = module;
    }
    Item* item = parent != nullptr ? new Item(parent) : new Item(tree_);
    item->setText(name, leaf);
    item->setText(shape, shapeText(tensor.shape));
    item->setToolTip(shape, QString::fromStdString(tensor.dtype));
    item->count = static_cast<double>(tensor.numbers);
    item->work = tensor.operations.value_or(0.0);
    item->setText(numbers, magnitude(item->count));
    if (item->work > 0.0) item->setText(operations, magnitude(item->work));
  }
  for (const auto& [path, module] : modules) {
    module->setText(numbers, magnitude(module->count));
    if (module->work > 0.0) module->setText(operations, magnitude(module->work));
  }
  for (QTreeWidgetItemIterator it(tree_); *it != nullptr; ++it)
    for (const int column : {numbers, operations}) (*it)->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
  // A lone wrapper around everything says nothing by itself.
  if (tree_->topLevelItemCount() <= 3)
    for (int i = 0; i < tree_->topLevelItemCount(); ++i) tree_->topLevelItem(i)->setExpanded(true);
}

void InspectorDock::showPositions(int index) {
  const bool any = anatomy_ && index >= 0 && index < static_cast<int>(anatomy_->positions.size());
  positionNote_->setVisible(any);
  if (!any) return positions_->setMessage(tr("This model has no table of positions: convolutions need not be told where they are."));
  const analysis::PositionTable& table = anatomy_->positions[static_cast<std::size_t>(index)];
  positions_->setTable({anatomy_, &table.cosines}, table.grid, table.picture);
}

QString InspectorDock::tensorTable() const {
  if (!anatomy_) return {};
  QString text = QStringLiteral("tensor,shape,dtype,numbers,operations\n");
  for (const analysis::ModelTensor& tensor : anatomy_->tensors) {
    QStringList sizes;
    for (const std::int64_t size : tensor.shape) sizes << QString::number(size);
    text += QStringLiteral("\"%1\",%2,%3,%4,%5\n")
                .arg(QString::fromStdString(tensor.name), sizes.join('x'), QString::fromStdString(tensor.dtype), QString::number(tensor.numbers),
                     tensor.operations ? QString::number(*tensor.operations, 'f', 0) : QString());
  }
  return text;
}

QString InspectorDock::positionTable() const {
  if (!anatomy_ || anatomy_->positions.empty()) return {};
  const Matrix& cosines = anatomy_->positions[static_cast<std::size_t>(std::max(0, tables_->currentIndex()))].cosines;
  QString text;
  for (std::int64_t r = 0; r < cosines.rows; ++r) {
    QStringList row;
    for (const float value : cosines.row(r)) row << QString::number(static_cast<double>(value), 'g', 6);
    text += row.join(',') + '\n';
  }
  return text;
}

}  // namespace chladni::ui
