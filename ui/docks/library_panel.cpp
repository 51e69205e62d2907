#include "ui/docks/library_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <cmath>

#include "ui/workspace/paths.h"
#include "widgets/time_axis/clock_text.h"

namespace chladni::ui {
namespace {

constexpr int kIdRole = Qt::UserRole;
constexpr int kLengthRole = Qt::UserRole + 1;
constexpr int kStageRole = Qt::UserRole + 2;

enum class Stage { untouched, busy, begun, analysed, failed };

Stage stageOf(const OpenFile& file) {
  if (file.state == FileState::failed) return Stage::failed;
  if (file.analysing || file.state == FileState::opening || file.state == FileState::reading) return Stage::busy;
  if (file.prediction) return file.predictionComplete ? Stage::analysed : Stage::begun;
  return Stage::untouched;
}

QString wordOf(const OpenFile& file) {
  switch (stageOf(file)) {
    case Stage::failed: return LibraryPanel::tr("cannot be opened");
    case Stage::busy: return LibraryPanel::tr("being read or analysed");
    case Stage::begun: return LibraryPanel::tr("analysed in part");
    case Stage::analysed: return LibraryPanel::tr("analysed");
    case Stage::untouched: return LibraryPanel::tr("not analysed yet");
  }
  return {};
}

QColor colourOf(Stage stage, const QPalette& palette) {
  const bool dark = palette.window().color().lightness() < 128;
  switch (stage) {
    case Stage::failed: return dark ? QColor("#FF8A80") : QColor("#A3261F");
    case Stage::busy: return dark ? QColor("#E2A94A") : QColor("#B87A1E");
    case Stage::analysed: return dark ? QColor("#7CC48A") : QColor("#2E6B3A");
    case Stage::begun:
    case Stage::untouched: return dark ? QColor("#6A6C70") : QColor("#B9B6AE");
  }
  return {};
}

class FileDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
    return {100, option.fontMetrics.height() + 10};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QPalette& palette = option.palette;
    if (option.state.testFlag(QStyle::State_Selected)) {
      QColor wash = palette.highlight().color();
      wash.setAlphaF(0.16F);
      painter->fillRect(option.rect, wash);
      if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->fillRect(QRect(option.rect.topLeft(), QSize(2, option.rect.height())), palette.highlight());
      }
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
      QColor wash = palette.text().color();
      wash.setAlphaF(0.05F);
      painter->fillRect(option.rect, wash);
    }
    const auto stage = static_cast<Stage>(index.data(kStageRole).toInt());
    const QRect row = option.rect.adjusted(12, 0, -12, 0);
    const bool mirrored = option.direction == Qt::RightToLeft;
    const QPointF centre(mirrored ? row.right() - 4 : row.left() + 4, row.center().y() + 0.5);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colourOf(stage, palette));
    // A failed file has a cross as well as a colour.
    if (stage == Stage::failed) {
      painter->setPen(QPen(colourOf(stage, palette), 1.6));
      painter->drawLine(centre + QPointF(-3, -3), centre + QPointF(3, 3));
      painter->drawLine(centre + QPointF(-3, 3), centre + QPointF(3, -3));
    } else {
      painter->drawEllipse(centre, 3.0, 3.0);
    }
    const QString length = index.data(kLengthRole).toString();
    const int lengthWidth = option.fontMetrics.horizontalAdvance(length);
    painter->setPen(palette.placeholderText().color());
    painter->drawText(row, Qt::AlignVCenter | Qt::AlignRight, length);
    painter->setPen(palette.text().color());
    const QRect name = mirrored ? row.adjusted(lengthWidth + 8, 0, -14, 0) : row.adjusted(14, 0, -lengthWidth - 8, 0);
    painter->drawText(name, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideMiddle, name.width()));
    painter->restore();
  }
};

}  // namespace

LibraryPanel::LibraryPanel(Library& library, QWidget* parent)
    : QWidget(parent), library_(library), hint_(new QLabel(this)), list_(new QListWidget(this)) {
  hint_->setText(tr("Files that you open stand here. A project keeps many, with their labels."));
  hint_->setWordWrap(true);
  hint_->setForegroundRole(QPalette::PlaceholderText);
  hint_->setContentsMargins(12, 8, 12, 0);
  list_->setObjectName("libraryList");
  list_->setAccessibleName(tr("Open files"));
  list_->setFrameShape(QFrame::NoFrame);
  list_->setItemDelegate(new FileDelegate(list_));
  list_->setMouseTracking(true);
  list_->setContextMenuPolicy(Qt::CustomContextMenu);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->installEventFilter(this);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(hint_);
  layout->addWidget(list_, 1);

  connect(list_, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* now) {
    if (now != nullptr) Q_EMIT chosen(now->data(kIdRole).toULongLong());
  });
  connect(list_, &QListWidget::customContextMenuRequested, this, &LibraryPanel::showMenu);
  connect(&library_, &Library::added, this, [this](FileId id) {
    const QSignalBlocker quiet(list_);
    auto* row = new QListWidgetItem(list_);
    row->setData(kIdRole, QVariant::fromValue<qulonglong>(id));
    refresh(id);
    counted();
  });
  connect(&library_, &Library::closed, this, [this](FileId id) {
    const QSignalBlocker quiet(list_);
    delete item(id);
    counted();
  });
  for (const auto signal : {&Library::opened, &Library::progressed, &Library::finished, &Library::predicted, &Library::analysingChanged}) {
    connect(&library_, signal, this, &LibraryPanel::refresh);
  }
}

void LibraryPanel::counted() {
  hint_->setVisible(list_->count() == 0);
  Q_EMIT titleChanged(title());
}

void LibraryPanel::setCurrent(std::optional<FileId> id) {
  const QSignalBlocker quiet(list_);
  list_->setCurrentItem(id ? item(*id) : nullptr);
}

QListWidgetItem* LibraryPanel::item(FileId id) const {
  for (int row = 0; row < list_->count(); ++row) {
    if (list_->item(row)->data(kIdRole).toULongLong() == id) return list_->item(row);
  }
  return nullptr;
}

void LibraryPanel::refresh(FileId id) {
  QListWidgetItem* row = item(id);
  const OpenFile* file = library_.file(id);
  if (row == nullptr || file == nullptr) return;
  row->setText(fileName(file->path));
  row->setData(kStageRole, static_cast<int>(stageOf(*file)));
  row->setData(kLengthRole, file->recording ? widgets::clockText(std::floor(file->recording->durationSeconds()), 0) : QString());
  const QString why = file->error ? '\n' + QString::fromStdString(file->error->message) : QString();
  row->setToolTip(toQString(file->path) + '\n' + wordOf(*file) + why);
  row->setData(Qt::AccessibleTextRole, fileName(file->path) + ", " + wordOf(*file));
}

QString LibraryPanel::title() const {
  const std::size_t count = library_.files().size();
  if (count == 0) return tr("Library");
  return count == 1 ? tr("Library · 1 file") : tr("Library · %1 files").arg(count);
}

bool LibraryPanel::eventFilter(QObject* watched, QEvent* event) {
  if (watched == list_ && event->type() == QEvent::KeyPress && list_->currentItem() != nullptr) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Delete) {
      Q_EMIT closeRequested(list_->currentItem()->data(kIdRole).toULongLong());
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void LibraryPanel::showMenu(const QPoint& at) {
  const QListWidgetItem* row = list_->itemAt(at);
  if (row == nullptr) return;
  const FileId id = row->data(kIdRole).toULongLong();
  QMenu menu(this);
  menu.addAction(tr("Close"), this, [this, id] { Q_EMIT closeRequested(id); });
  menu.addAction(tr("Copy path"), this, [this, id] {
    if (const OpenFile* file = library_.file(id)) QApplication::clipboard()->setText(toQString(file->path));
  });
  menu.exec(list_->viewport()->mapToGlobal(at));
}

}  // namespace chladni::ui
