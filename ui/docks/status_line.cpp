#include "ui/docks/status_line.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

#include "ui/actions/action_catalogue.h"

namespace chladni::ui {
namespace {

constexpr int kNoticeMs = 12'000;

}  // namespace

StatusLine::StatusLine(QWidget* parent) : QStatusBar(parent) {
  setSizeGripEnabled(false);
  auto* row = new QWidget(this);
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(8, 0, 8, 0);
  layout->setSpacing(16);
  const auto label = [&](const QString& name, const QString& says) {
    auto* made = new QLabel(row);
    made->setObjectName(name);
    made->setAccessibleName(says);
    made->setTextFormat(Qt::PlainText);
    return made;
  };
  device_ = label("statusDevice", tr("Device"));
  model_ = label("statusModel", tr("Model"));
  waiting_ = label("statusWaiting", tr("Requests waiting"));
  activity_ = label("statusActivity", tr("Activity"));
  notice_ = label("statusNotice", tr("Notice"));
  cursor_ = label("statusCursor", tr("Under the cursor"));
  bar_ = new QProgressBar(row);
  bar_->setObjectName("statusProgress");
  bar_->setAccessibleName(tr("Progress"));
  bar_->setTextVisible(false);
  bar_->setFixedSize(120, 4);
  cancel_ = new QToolButton(row);
  cancel_->setObjectName("statusCancel");
  cancel_->setText(QStringLiteral("✕"));
  cancel_->setProperty("quiet", true);
  cancel_->setAccessibleName(tr("Cancel"));
  connect(cancel_, &QToolButton::clicked, this, &StatusLine::cancelRequested);

  layout->addWidget(device_);
  layout->addWidget(model_);
  layout->addWidget(waiting_);
  layout->addWidget(activity_);
  layout->addWidget(bar_);
  layout->addWidget(cancel_);
  layout->addWidget(notice_);
  layout->addStretch(1);
  layout->addWidget(cursor_);
  addPermanentWidget(row, 1);
  cancel_->ensurePolished();
  layout->addStrut(cancel_->sizeHint().height());  // so that nothing moves when it appears
  fading_.setSingleShot(true);
  fading_.setInterval(kNoticeMs);
  connect(&fading_, &QTimer::timeout, this, [this] { setNotice({}); });
  setActivity({}, 0, 0);
}

void StatusLine::nameKeys() { cancel_->setToolTip(tr("Cancel what is running (%1)").arg(keyOf(*this, "cancel"))); }

void StatusLine::setDevice(const QString& text) {
  device_->setText(text);
  device_->setVisible(!text.isEmpty());
}

void StatusLine::setModel(const QString& text) {
  model_->setText(text);
  model_->setVisible(!text.isEmpty());
}

void StatusLine::setActivity(const QString& text, qint64 done, qint64 total) {
  const bool busy = !text.isEmpty();
  activity_->setText(text);
  for (QWidget* part : {static_cast<QWidget*>(activity_), static_cast<QWidget*>(bar_), static_cast<QWidget*>(cancel_)}) {
    part->setVisible(busy);
  }
  // Fractions: a progress bar counts in 32 bits, files in 64.
  bar_->setRange(0, total > 0 ? 1000 : 0);
  bar_->setValue(total > 0 ? static_cast<int>(1000.0 * static_cast<double>(done) / static_cast<double>(total)) : 0);
}

void StatusLine::setWaiting(int requests) { waiting_->setText(tr("%1 waiting").arg(requests)); }

void StatusLine::setNotice(const QString& text) {
  notice_->setText(text);
  notice_->setVisible(!text.isEmpty());
  // What was said is not true for ever.
  if (text.isEmpty()) return fading_.stop();
  fading_.start();
  Q_EMIT noticed(text);
}

void StatusLine::setCursorText(const QString& text) { cursor_->setText(text); }

}  // namespace chladni::ui
