#include "ui/workspace/welcome_page.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>
#include <cmath>
#include <numbers>

#include "ui/actions/action_catalogue.h"
#include "ui/workspace/paths.h"

namespace chladni::ui {
namespace {

constexpr int kColumnWidth = 460;
constexpr int kRecentShown = 5;

QLabel* wrapped(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setWordWrap(true);
  label->setTextFormat(Qt::RichText);
  return label;
}

}  // namespace

WelcomePage::WelcomePage(QWidget* parent)
    : QWidget(parent), demo_(new QPushButton(tr("Open the demo"), this)), recent_(new QWidget(this)),
      recentRows_(new QVBoxLayout(recent_)) {
  setAccessibleName(tr("Start page"));
  auto* column = new QWidget(this);
  column->setFixedWidth(kColumnWidth);
  auto* rows = new QVBoxLayout(column);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(8);

  auto* title = new QLabel(tr("See, hear and question a recording"), column);
  QFont large = font();
  large.setPointSizeF(large.pointSizeF() * 1.7);
  title->setFont(large);
  title->setWordWrap(true);
  rows->addWidget(title);
  rows->addSpacing(4);
  rows->addWidget(wrapped(tr("Drop a recording or a video here, or open one. You will see its waveform and spectrogram, hear "
                             "it, and a model will say which instruments play when, and what it listened to."),
                          column));
  rows->addSpacing(16);

  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(8);
  demo_->setObjectName("welcomeDemo");
  demo_->setDefault(true);
  demo_->setProperty("primary", true);
  auto* open = new QPushButton(tr("Open a file…"), column);
  open->setObjectName("welcomeOpen");
  buttons->addWidget(demo_);
  buttons->addWidget(open);
  buttons->addStretch(1);
  rows->addLayout(buttons);
  rows->addSpacing(20);

  recentRows_->setContentsMargins(0, 0, 0, 0);
  recentRows_->setSpacing(2);
  rows->addWidget(recent_);
  recent_->hide();

  rows->addWidget(keyHints(column));

  auto* outer = new QGridLayout(this);
  outer->setRowStretch(0, 2);
  outer->addWidget(column, 1, 1);
  outer->setColumnStretch(0, 1);
  outer->setColumnStretch(2, 1);
  outer->setRowStretch(2, 3);

  connect(demo_, &QPushButton::clicked, this, &WelcomePage::demoRequested);
  connect(open, &QPushButton::clicked, this, &WelcomePage::openRequested);
}

QWidget* WelcomePage::keyHints(QWidget* parent) {
  auto* keys = new QWidget(parent);
  auto* grid = new QGridLayout(keys);
  grid->setContentsMargins(0, 12, 0, 0);
  grid->setHorizontalSpacing(20);
  grid->setVerticalSpacing(4);
  for (int row = 0; row < 4; ++row) {
    auto* what = new QLabel(keys);
    what->setForegroundRole(QPalette::PlaceholderText);
    hints_.emplace_back(new QLabel(keys), what);
    grid->addWidget(hints_.back().first, row, 0);
    grid->addWidget(what, row, 1);
  }
  grid->setColumnStretch(1, 1);
  nameKeys();
  return keys;
}

void WelcomePage::nameKeys() {
  const std::pair<QString, QString> texts[] = {
      {keyOf(*this, "play"), tr("play or pause")},
      {tr("Wheel, Ctrl+wheel"), tr("scroll in time, zoom at the pointer")},
      {tr("Drag"), tr("select a stretch; %1 repeats it").arg(keyOf(*this, "loop"))},
      {keyOf(*this, "searchActions"), tr("find any action")},
  };
  for (std::size_t row = 0; row < hints_.size(); ++row) {
    hints_[row].first->setText(texts[row].first);
    hints_[row].second->setText(texts[row].second);
  }
}

void WelcomePage::setDemoAvailable(bool available) { demo_->setVisible(available); }

void WelcomePage::setRecentFiles(const QStringList& paths) {
  while (QLayoutItem* old = recentRows_->takeAt(0)) {
    delete old->widget();
    delete old;
  }
  auto* heading = new QLabel(QStringLiteral("<b>%1</b>").arg(tr("Recent")), recent_);
  recentRows_->addWidget(heading);
  for (const QString& path : paths.mid(0, kRecentShown)) {
    auto* link = new QPushButton(recent_);
    link->setFlat(true);
    link->setProperty("link", true);
    link->setText(fontMetrics().elidedText(fileName(toPath(path)), Qt::ElideMiddle, kColumnWidth - 24));
    link->setToolTip(path);
    link->setAccessibleName(tr("Open %1").arg(path));
    connect(link, &QPushButton::clicked, this, [this, path] { Q_EMIT fileRequested(path); });
    recentRows_->addWidget(link, 0, Qt::AlignLeft);
  }
  recent_->setVisible(!paths.isEmpty());
}

// A faint Chladni figure behind the text: sand on a square plate, the nodal lines of cos(n x)cos(m y) - cos(m x)cos(n y).
void WelcomePage::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  constexpr int n = 5;
  constexpr int m = 2;
  const double side = std::min(width(), height()) * 0.9;
  const QPointF origin((width() - side) / 2.0, (height() - side) / 2.0);
  constexpr int kCells = 150;
  QColor sand = palette().text().color();
  const auto plate = [&](double x, double y) {
    const double a = std::numbers::pi * x;
    const double b = std::numbers::pi * y;
    return std::cos(n * a) * std::cos(m * b) - std::cos(m * a) * std::cos(n * b);
  };
  painter.setPen(Qt::NoPen);
  const double cell = side / kCells;
  for (int iy = 0; iy < kCells; ++iy) {
    for (int ix = 0; ix < kCells; ++ix) {
      const double still = 1.0 - std::abs(plate((ix + 0.5) / kCells, (iy + 0.5) / kCells)) / 0.16;
      if (still <= 0.0) continue;
      sand.setAlphaF(static_cast<float>(0.07 * still));
      painter.setBrush(sand);
      painter.drawEllipse(origin + QPointF((ix + 0.5) * cell, (iy + 0.5) * cell), cell * 0.42, cell * 0.42);
    }
  }
}

}  // namespace chladni::ui
