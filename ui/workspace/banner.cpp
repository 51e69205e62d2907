#include "ui/workspace/banner.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace chladni::ui {

Banner::Banner(QWidget* parent) : QFrame(parent), text_(new QLabel(this)) {
  setObjectName("banner");
  setAutoFillBackground(true);
  text_->setWordWrap(true);
  text_->setTextFormat(Qt::PlainText);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* close = new QToolButton(this);
  close->setText(QStringLiteral("✕"));
  close->setProperty("quiet", true);
  close->setAccessibleName(tr("Dismiss"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 6, 8, 6);
  auto* sign = new QLabel(QStringLiteral("⚠"), this);
  row->addWidget(sign, 0, Qt::AlignTop);
  row->addWidget(text_, 1);
  row->addWidget(close, 0, Qt::AlignTop);
  connect(close, &QToolButton::clicked, this, [this] { setMessage({}); });
  hide();
}

void Banner::setMessage(const QString& text) {
  text_->setText(text);
  setAccessibleName(text);
  setVisible(!text.isEmpty());
  if (!text.isEmpty()) Q_EMIT shown(text);
}

QString Banner::message() const { return text_->text(); }

}  // namespace chladni::ui
