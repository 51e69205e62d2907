#include "ui/export/record_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <system_error>

#include "ui/training/run_words.h"
#include "ui/workspace/paths.h"
#include "widgets/theme/theme.h"
#include "widgets/time_axis/time_ruler.h"

namespace chladni::ui {
namespace {

constexpr double kTimeStep = 0.01;  // seconds, as far as times are written
constexpr double kLayoutHeight =
    720.0;  // larger pictures show the same lanes sharper, with letters that can be read across a room
constexpr int kLargestSide = 8192;
constexpr int kRates[] = {25, 30};

QString rangeText(const std::pair<double, double>& range) {
  return widgets::rulerText(range.first, kTimeStep) + QStringLiteral(" – ") +
         widgets::rulerText(range.second, kTimeStep);
}

// Video codecs halve the colours: sides are even.
int evenSide(double side) { return std::clamp(2 * static_cast<int>(side / 2.0), 16, kLargestSide); }

// A name beside the others that is free.
QString freeName(const QString& folder, const QString& stem) {
  for (int number = 1;; ++number) {
    const QString name =
        QDir(folder).filePath(number == 1 ? stem + ".mp4" : QStringLiteral("%1-%2.mp4").arg(stem).arg(number));
    if (!QFileInfo::exists(name)) return name;
  }
}

}  // namespace

RecordDialog::RecordDialog(const RecordOffer& offer, const RecordHabits& habits, QWidget* parent)
    : QDialog(parent), offer_(offer), habits_(habits) {
  setObjectName("recordDialog");
  setWindowTitle(tr("Record lanes as MP4"));
  auto* form = new QFormLayout;
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->setHorizontalSpacing(16);
  form->setVerticalSpacing(8);
  file_ = new QLineEdit(this);
  says_ = new QLabel(this);
  record_ = new QPushButton(tr("Record"), this);
  video_ = new QCheckBox(tr("Show the &video beside the lanes"), this);
  addChoices(*form);
  video_->setObjectName("recordVideo");
  video_->setChecked(habits.showsVideo && offer.hasVideo);
  video_->setVisible(offer.hasVideo);
  if (offer.hasVideo) form->addRow(QString(), video_);
  addFile(*form, habits.folder.isEmpty() ? toQString(offer.media.parent_path()) : habits.folder);

  says_->setObjectName("recordSays");
  says_->setWordWrap(true);
  says_->setTextFormat(Qt::PlainText);
  record_->setObjectName("recordStart");
  record_->setProperty("primary", true);
  record_->setDefault(true);
  auto* cancel = new QPushButton(tr("Cancel"), this);
  cancel->setObjectName("recordCancel");
  cancel->setAutoDefault(false);
  auto* buttons = new QHBoxLayout;
  buttons->addStretch(1);
  buttons->addWidget(cancel);
  buttons->addWidget(record_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(20, 16, 20, 16);
  column->setSpacing(12);
  column->addLayout(form);
  column->addWidget(says_);
  column->addStretch(1);
  column->addLayout(buttons);
  resize(520, sizeHint().height());
  connect(record_, &QPushButton::clicked, this, &QDialog::accept);
  connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
  QWidget* order[] = {range_, view_, picture_, fps_, video_, file_, browse_, cancel, record_};
  for (std::size_t n = 1; n < std::size(order); ++n) setTabOrder(order[n - 1], order[n]);
  range_->setFocus();
  refresh();
}

void RecordDialog::addChoices(QFormLayout& form) {
  const auto choice = [this, &form](const QString& label, const char* id, const QString& name, const QString& hint) {
    auto* made = new QComboBox(this);
    made->setObjectName(id);
    made->setAccessibleName(name);
    made->setToolTip(hint);
    form.addRow(label, made);
    connect(made, &QComboBox::currentIndexChanged, this, &RecordDialog::refresh);
    return made;
  };
  range_ = choice(tr("&Range"), "recordRange", tr("Range"), tr("The stretch of time that is seen and heard"));
  view_ = choice(tr("&Lanes"), "recordView", tr("Lanes"),
                 tr("Whether the whole range is in view from the first frame on, or a page of it after the other"));
  picture_ = choice(tr("&Picture"), "recordPicture", tr("Picture"),
                    tr("Size of the movie in pixels; large sizes show the same lanes sharper"));
  fps_ = choice(tr("Frames per &second"), "recordRate", tr("Frames per second"),
                tr("25 is enough for the eye; 30 suits screens and most platforms"));
  addRanges();
  view_->addItems(
      {tr("Stand still while the playhead moves"),
       tr("Turn pages as in playback, %1 s each").arg(offer_.visible.second - offer_.visible.first, 0, 'f', 1)});
  view_->setCurrentIndex(habits_.turnsPages ? 1 : 0);
  addPictures(habits_.height);
  for (const int rate : kRates) fps_->addItem(QString::number(rate), rate);
  fps_->setCurrentIndex(std::max(0, fps_->findData(habits_.fps)));
}

void RecordDialog::addRanges() {
  const std::pair<double, double> whole{0.0, offer_.duration};
  const auto add = [this](const QString& name, const std::pair<double, double>& range) {
    ranges_.push_back(range);
    range_->addItem(QStringLiteral("%1 (%2)").arg(name, rangeText(range)));
  };
  if (offer_.selection) add(tr("Selection"), *offer_.selection);
  if (offer_.visible != whole) add(tr("What is visible"), offer_.visible);
  add(tr("Whole recording"), whole);
}

void RecordDialog::addPictures(int height) {
  const auto add = [this](const QSize& pixels, double scale, const QString& name) {
    pictures_.push_back({pixels, scale});
    picture_->addItem(QStringLiteral("%1 × %2 (%3)").arg(pixels.width()).arg(pixels.height()).arg(name),
                      pixels.height());
  };
  add({1280, 720}, 1.0, QStringLiteral("HD"));
  add({1920, 1080}, 1080.0 / kLayoutHeight, QStringLiteral("Full HD"));
  const QSizeF window = QSizeF(offer_.lanes) * offer_.pixelRatio;
  add({evenSide(window.width()), evenSide(window.height())}, offer_.pixelRatio, tr("as in the window"));
  picture_->setItemData(picture_->count() - 1, 0);
  picture_->setCurrentIndex(std::max(0, picture_->findData(height)));
}

void RecordDialog::addFile(QFormLayout& form, const QString& folder) {
  file_->setObjectName("recordFile");
  file_->setAccessibleName(tr("File"));
  file_->setText(QDir::toNativeSeparators(freeName(folder, toQString(offer_.media.stem()) + "-lanes")));
  browse_ = new QPushButton(tr("&Browse…"), this);
  browse_->setObjectName("recordBrowse");
  browse_->setAutoDefault(false);
  browse_->setToolTip(tr("Choose folder and name of the movie"));
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  row->addWidget(file_, 1);
  row->addWidget(browse_);
  form.addRow(tr("&File"), row);
  if (auto* label = qobject_cast<QLabel*>(form.labelForField(row))) label->setBuddy(file_);
  connect(browse_, &QPushButton::clicked, this, &RecordDialog::browse);
  connect(file_, &QLineEdit::textChanged, this, &RecordDialog::refresh);
}

void RecordDialog::browse() {
  const QString name =
      QFileDialog::getSaveFileName(this, tr("Movie of the lanes"), fileName(), tr("MP4 movies (*.mp4)"));
  if (!name.isEmpty()) file_->setText(QDir::toNativeSeparators(name));
}

// As it will be written.
QString RecordDialog::fileName() const {
  const QString name = file_->text().trimmed();
  return name.isEmpty() || name.endsWith(".mp4", Qt::CaseInsensitive) ? name : name + ".mp4";
}

QString RecordDialog::problem() const {
  const QString typed = file_->text().trimmed();
  const QFileInfo file(fileName());
  if (typed.isEmpty()) return tr("The movie needs a name: write one, or choose with Browse.");
  if (typed.endsWith('/') || file.isDir()) return tr("“%1” is a folder: add a name for the movie.").arg(typed);
  if (!file.dir().exists())
    return tr("There is no folder “%1”: choose another, or make it first.").arg(QDir::toNativeSeparators(file.path()));
  if (!QFileInfo(file.path()).isWritable())
    return tr("Nothing may be written into “%1”: choose another folder.").arg(QDir::toNativeSeparators(file.path()));
  std::error_code none;
  if (std::filesystem::equivalent(toPath(fileName()), offer_.media, none))
    return tr("That is the recording itself: choose another name, so that it stays.");
  return {};
}

void RecordDialog::refresh() {
  if (range_->currentIndex() < 0 || picture_->currentIndex() < 0 || fps_->currentIndex() < 0) return;
  const QString wrong = problem();
  const LaneRecording wanted = recording();
  QString text = wrong;
  if (text.isEmpty()) {
    text = offer_.hasSound ? tr("%1 s with sound.").arg(wanted.to - wanted.from, 0, 'f', 1)
                           : tr("%1 s, silent: this file has no sound.").arg(wanted.to - wanted.from, 0, 'f', 1);
    if (QFileInfo::exists(fileName())) text += QChar(' ') + tr("The file exists already and will be replaced.");
  }
  says_->setText(text);
  setTextColour(*says_, wrong.isEmpty() ? widgets::theme().quiet : widgets::theme().bad);
  record_->setEnabled(wrong.isEmpty());
}

void RecordDialog::changeEvent(QEvent* event) {
  QDialog::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) refresh();
}

LaneRecording RecordDialog::recording() const {
  const auto& range = ranges_[static_cast<std::size_t>(range_->currentIndex())];
  const PictureForm& picture = pictures_[static_cast<std::size_t>(picture_->currentIndex())];
  return {toPath(fileName()),
          range.first,
          range.second,
          picture.pixels,
          picture.scale,
          fps_->currentData().toInt(),
          view_->currentIndex() == 1,
          video_->isChecked()};
}

RecordHabits RecordDialog::habits() const {
  return {picture_->currentData().toInt(), fps_->currentData().toInt(), view_->currentIndex() == 1,
          offer_.hasVideo ? video_->isChecked() : habits_.showsVideo, QFileInfo(fileName()).path()};
}

}  // namespace chladni::ui
