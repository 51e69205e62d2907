#include "ui/models/published_dialog.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSplitter>
#include <QStandardPaths>
#include <QUrl>
#include <QVBoxLayout>

#include "core/exchange/vocabularies.h"
#include "core/inference/published_checkpoints.h"
#include "ui/training/two_line_delegate.h"
#include "ui/workspace/text.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

QString row(const QString& name, const QString& value) {
  return QStringLiteral("<tr><td style='padding-right:16px; color:%1'>%2</td><td>%3</td></tr>").arg(widgets::theme().quiet.name(), name, value.toHtmlEscaped());
}

}  // namespace

PublishedDialog::PublishedDialog(QWidget* parent) : QDialog(parent) {
  setObjectName("publishedDialog");
  setWindowTitle(tr("Published models"));
  resize(860, 460);
  list_ = twoLineList(tr("Published models"), this);
  list_->setObjectName("publishedList");
  for (const auto& one : inference::publishedCheckpoints())
    addTwoLines(list_, toText(one.title), one.family.empty() ? tr("a start for training elsewhere") : toText(one.family));
  auto* page = new QWidget(this);
  text_ = new QLabel(page);
  text_->setObjectName("publishedText");
  text_->setWordWrap(true);
  text_->setTextFormat(Qt::RichText);
  text_->setAlignment(Qt::AlignTop);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  auto* note = new QLabel(tr("This program fetches nothing by itself. Get the file in your browser, then open it here: only tensors, numbers and words are read from it."), page);
  note->setWordWrap(true);
  note->setForegroundRole(QPalette::PlaceholderText);
  const auto button = [page](const QString& label, const char* id) {
    auto* made = new QPushButton(label, page);
    made->setObjectName(id);
    made->setAutoDefault(false);
    return made;
  };
  copy_ = button(tr("Copy the address"), "publishedCopy");
  visit_ = button(tr("Open in the browser"), "publishedVisit");
  have_ = button(tr("Open the file I have…"), "publishedHave");
  have_->setProperty("primary", true);
  auto* close = button(tr("Close"), "publishedClose");
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(copy_);
  buttons->addWidget(visit_);
  buttons->addStretch(1);
  buttons->addWidget(close);
  buttons->addWidget(have_);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(20, 16, 20, 16);
  column->addWidget(text_, 1);
  column->addWidget(note);
  column->addLayout(buttons);
  auto* split = new QSplitter(Qt::Horizontal, this);
  split->setChildrenCollapsible(false);
  split->setHandleWidth(1);
  split->addWidget(list_);
  split->addWidget(page);
  split->setSizes({330, 530});
  split->setStretchFactor(1, 1);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->addWidget(split);
  connect(list_, &QListWidget::currentRowChanged, this, &PublishedDialog::showCurrent);
  connect(close, &QPushButton::clicked, this, &QDialog::close);
  connect(copy_, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(toText(inference::publishedCheckpoints()[static_cast<std::size_t>(list_->currentRow())].address)); });
  connect(visit_, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl(toText(inference::publishedCheckpoints()[static_cast<std::size_t>(list_->currentRow())].address))); });
  connect(have_, &QPushButton::clicked, this, &PublishedDialog::browse);
  list_->setCurrentRow(0);
}

void PublishedDialog::select(int row) { list_->setCurrentRow(row); }

void PublishedDialog::showCurrent() {
  if (list_->currentRow() < 0) return;
  const auto& one = inference::publishedCheckpoints()[static_cast<std::size_t>(list_->currentRow())];
  text_->setText(QStringLiteral("<h3>%1</h3><p>%2</p><table cellpadding='3'>%3</table>")
                     .arg(toText(one.title).toHtmlEscaped(), toText(one.what).toHtmlEscaped(),
                          row(tr("File"), toText(one.file)) + row(tr("Address"), toText(one.address)) + row(tr("Authors"), toText(one.page)) + row(tr("Licence"), toText(one.licence)) +
                              row(tr("Family"), one.family.empty() ? tr("none here: a start for training elsewhere") : toText(one.family))));
  have_->setEnabled(!one.family.empty());
}

void PublishedDialog::browse() {
  const auto& one = inference::publishedCheckpoints()[static_cast<std::size_t>(list_->currentRow())];
  // Where browsers put it.
  const QDir downloads(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
  const QString file = QFileDialog::getOpenFileName(this, tr("The file %1").arg(toText(one.file)), downloads.filePath(toText(one.file)),
                                                    tr("Checkpoints (*.safetensors *.pth *.pt *.bin);;All files (*)"));
  if (!file.isEmpty()) open(file);
}

void PublishedDialog::open(const QString& file) {
  const auto& one = inference::publishedCheckpoints()[static_cast<std::size_t>(list_->currentRow())];
  if (one.family.empty()) return;
  QStringList classes;
  if (const auto* vocabulary = exchange::shippedVocabulary(one.vocabulary))
    for (const auto& name : vocabulary->classes) classes << QString::fromStdString(name);
  Q_EMIT chosen(file, toText(one.family), toText(one.name), toText(one.title), classes);
  accept();
}

}  // namespace chladni::ui
