#include "ui/workspace/failed_page.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace chladni::ui {

FailedPage::FailedPage(QWidget* parent) : QWidget(parent), file_(new QLabel(this)), why_(new QLabel(this)) {
  setAccessibleName(tr("File that cannot be opened"));
  auto* column = new QWidget(this);
  column->setFixedWidth(460);
  auto* rows = new QVBoxLayout(column);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(8);
  QFont large = font();
  large.setPointSizeF(large.pointSizeF() * 1.4);
  file_->setFont(large);
  file_->setWordWrap(true);
  file_->setTextFormat(Qt::PlainText);
  why_->setObjectName("failedWhy");
  why_->setWordWrap(true);
  why_->setTextFormat(Qt::PlainText);
  why_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  auto* retry = new QPushButton(tr("Try again"), column);
  auto* close = new QPushButton(tr("Close the file"), column);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(8);
  buttons->addWidget(retry);
  buttons->addWidget(close);
  buttons->addStretch(1);
  rows->addWidget(file_);
  rows->addWidget(why_);
  rows->addSpacing(8);
  rows->addLayout(buttons);
  auto* outer = new QGridLayout(this);
  outer->setRowStretch(0, 2);
  outer->addWidget(column, 1, 1);
  outer->setColumnStretch(0, 1);
  outer->setColumnStretch(2, 1);
  outer->setRowStretch(2, 3);
  connect(retry, &QPushButton::clicked, this, &FailedPage::retryRequested);
  connect(close, &QPushButton::clicked, this, &FailedPage::closeRequested);
}

void FailedPage::setFailure(const QString& file, const QString& why) {
  file_->setText(tr("%1 cannot be opened").arg(file));
  why_->setText(why);
}

}  // namespace chladni::ui
