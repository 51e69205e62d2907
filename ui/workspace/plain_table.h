// Tables to read from: a name a row, which stretches, then columns as wide as they need; numbers sort as such. GUI thread only.
#pragma once

#include <QHeaderView>
#include <QTableWidget>

namespace chladni::ui {

class NumberItem : public QTableWidgetItem {
 public:
  NumberItem(double value, const QString& text) : QTableWidgetItem(text), value_(value) { setTextAlignment(Qt::AlignRight | Qt::AlignVCenter); }
  bool operator<(const QTableWidgetItem& other) const override {
    const auto* number = dynamic_cast<const NumberItem*>(&other);
    return number != nullptr ? value_ < number->value_ : QTableWidgetItem::operator<(other);
  }

 private:
  double value_;
};

inline QTableWidget* plainTable(const QStringList& headings, QWidget* parent = nullptr) {
  auto* table = new QTableWidget(parent);
  table->setColumnCount(static_cast<int>(headings.size()));
  table->setHorizontalHeaderLabels(headings);
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->setFrameShape(QFrame::NoFrame);
  table->setShowGrid(false);
  table->verticalHeader()->hide();
  table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  return table;
}

}  // namespace chladni::ui
