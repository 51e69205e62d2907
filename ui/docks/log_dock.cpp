#include "ui/docks/log_dock.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/base/utc_time.h"

namespace chladni::ui {

LogDock::LogDock(QWidget* parent) : QDockWidget(tr("Log"), parent), lines_(new QPlainTextEdit(this)) {
  setObjectName("log");
  lines_->setObjectName("logLines");
  lines_->setReadOnly(true);
  lines_->setMaximumBlockCount(kMostLines);
  lines_->setUndoRedoEnabled(false);
  lines_->setFrameShape(QFrame::NoFrame);
  lines_->document()->setDocumentMargin(10);  // in line with what lies around
  lines_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  lines_->setAccessibleName(tr("Log"));
  lines_->setPlaceholderText(tr("What was opened, analysed and said appears here."));
  auto* body = new QWidget(this);
  auto* copy = new QPushButton(tr("Copy all"), body);
  auto* clear = new QPushButton(tr("Clear"), body);
  connect(copy, &QPushButton::clicked, this, [this] {
    lines_->selectAll();
    lines_->copy();
  });
  connect(clear, &QPushButton::clicked, lines_, &QPlainTextEdit::clear);
  auto* buttons = new QHBoxLayout;
  buttons->setContentsMargins(12, 0, 12, 8);
  buttons->addWidget(copy);
  buttons->addWidget(clear);
  buttons->addStretch(1);
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(lines_, 1);
  column->addLayout(buttons);
  setWidget(body);
}

void LogDock::note(const QString& text) { add(QStringLiteral("  "), text); }

void LogDock::complain(const QString& text) { add(QStringLiteral("⚠ "), text); }

QString LogDock::text() const { return lines_->toPlainText(); }

void LogDock::add(const QString& sign, const QString& text) {
  if (text.isEmpty()) return;
  const QDateTime now = QDateTime::fromString(QString::fromStdString(utcNow()), Qt::ISODate).toLocalTime();
  lines_->appendPlainText(now.toString(QStringLiteral("HH:mm:ss  ")) + sign + text.simplified());
}

}  // namespace chladni::ui
