#include "ui/training/data_page.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "core/runs/project_labels.h"
#include "core/runs/run_desk.h"
#include "ui/training/run_words.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "widgets/evaluation/bar_list.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

constexpr int kTypingMs = 350;
constexpr int kFewExamples = 8;
constexpr int kIndent = 24;

std::filesystem::path manifestOf(const std::filesystem::path& folder, const std::filesystem::path& project) {
  return folder / (runs::folderName(project.stem().string()) + ".csv");
}

}  // namespace

DataPage::DataPage(std::filesystem::path project, std::filesystem::path labelFolder, QWidget* parent)
    : QWidget(parent), project_(std::move(project)), labelFolder_(std::move(labelFolder)), post_(this),
      queue_(std::make_unique<jobs::JobQueue>(jobs::QueueOrder::inOrder, 1)) {
  files_ = new QRadioButton(tr("A folder with one folder for each class, or a manifest or list"), this);
  files_->setChecked(true);
  labels_ = new QRadioButton(project_.empty() ? tr("The labels of a project (none is open)") : tr("The labels of the project “%1”").arg(fileName(project_)), this);
  labels_->setEnabled(!project_.empty());
  labels_->setObjectName("dataLabels");
  path_ = new QLineEdit(this);
  path_->setObjectName("dataPath");
  path_->setPlaceholderText(tr("Folder or file"));
  path_->setAccessibleName(tr("Folder or file of the data"));
  path_->setClearButtonEnabled(true);
  auto* folder = new QPushButton(tr("Folder…"), this);
  auto* file = new QPushButton(tr("File…"), this);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(kIndent, 0, 0, 0);
  row->addWidget(path_, 1);
  row->addWidget(folder);
  row->addWidget(file);
  counts_ = new QLabel(this);
  counts_->setObjectName("dataCounts");
  counts_->setWordWrap(true);
  remarks_ = new QLabel(this);
  remarks_->setObjectName("dataRemarks");
  remarks_->setWordWrap(true);
  remarks_->setTextFormat(Qt::PlainText);
  remarks_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  progress_ = new QProgressBar(this);
  progress_->setFixedHeight(4);
  progress_->setTextVisible(false);
  progress_->setRange(0, 0);
  bars_ = new widgets::BarList;
  bars_->setAccessibleName(tr("Examples of each class"));
  auto* scroll = new QScrollArea(this);
  scroll->setWidget(bars_);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addWidget(files_);
  column->addLayout(row);
  column->addWidget(labels_);
  column->addSpacing(8);
  column->addWidget(progress_);
  column->addWidget(counts_);
  column->addWidget(remarks_);
  column->addWidget(scroll, 1);
  connect(folder, &QPushButton::clicked, this, [this] { choose(true); });
  connect(file, &QPushButton::clicked, this, [this] { choose(false); });
  connect(path_, &QLineEdit::textChanged, this, &DataPage::schedule);
  connect(labels_, &QRadioButton::toggled, this, [this, folder, file](bool on) {
    for (QWidget* widget : {static_cast<QWidget*>(path_), static_cast<QWidget*>(folder), static_cast<QWidget*>(file)}) widget->setEnabled(!on);
    schedule();
  });
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &DataPage::look);
  show();
}

DataPage::~DataPage() = default;

void DataPage::setRecipe(const training::Recipe& recipe) {
  if (recipe == recipe_) return;
  recipe_ = recipe;
  schedule();
}

void DataPage::setPath(const QString& path) { path_->setText(path); }

QString DataPage::path() const { return labels_->isChecked() ? toQString(manifestOf(labelFolder_, project_)) : path_->text().trimmed(); }

void DataPage::choose(bool folder) {
  const QString chosen = folder ? QFileDialog::getExistingDirectory(this, tr("Folder with one folder for each class"), path_->text())
                                : QFileDialog::getOpenFileName(this, tr("Manifest or list"), path_->text(), tr("Lists (*.csv *.jsonl *.json *.txt);;All files (*)"));
  if (!chosen.isEmpty()) path_->setText(chosen);
}

void DataPage::schedule() {
  ++asked_;
  queue_->cancelAll();
  check_.reset();
  problem_.clear();
  looking_ = needsData() && !path().isEmpty();
  if (looking_) timer_.start(kTypingMs);
  if (!looking_) timer_.stop();
  show();
  Q_EMIT changed();
}

void DataPage::look() {
  training::Recipe recipe = recipe_;
  recipe.data = toPath(path()).string();
  const auto project = labels_->isChecked() ? project_ : std::filesystem::path();
  queue_->submit([this, recipe, project, number = asked_](const std::stop_token& stop) {
    const auto tell = [this, number](const Progress& progress) {
      post_([this, number, progress] {
        if (number != asked_) return;
        progress_->setRange(0, static_cast<int>(progress.total));
        progress_->setValue(static_cast<int>(progress.done));
      });
    };
    std::optional<Error> problem;
    if (!project.empty())
      if (auto written = runs::writeProjectLabels(project, recipe.data); !written) problem = written.error();
    std::optional<runs::DataCheck> check;
    if (!problem) {
      auto made = runs::checkData(recipe, tell, stop);
      if (made) {
        check = std::move(*made);
      } else {
        problem = made.error();
      }
    }
    post_([this, number, check = std::move(check), problem = std::move(problem)]() mutable {
      if (number != asked_) return;
      looking_ = false;
      check_ = std::move(check);
      problem_ = problem ? toText(*problem) : QString();
      show();
      Q_EMIT changed();
    });
  });
}

void DataPage::show() {
  const auto& theme = widgets::theme();
  progress_->setVisible(looking_);
  if (looking_) progress_->setRange(0, 0);
  setTextColour(*counts_, problem_.isEmpty() ? theme.quiet : theme.bad);
  setTextColour(*remarks_, theme.warn);
  std::vector<widgets::Bar> bars;
  QStringList remarks;
  if (!needsData()) {
    counts_->setText(tr("This preset makes its own examples from the installed soundfonts; no data are needed. A folder of recorded notes may be named."));
  } else if (looking_) {
    counts_->setText(tr("Looking at the data…"));
  } else if (!problem_.isEmpty()) {
    counts_->setText(problem_);
  } else if (check_) {
    const auto& report = check_->report;
    counts_->setText(tr("%1 items of %2 classes, %3 in clips of %4 s: %5 to learn from, %6 held out%7")
                         .arg(report.items).arg(report.classes.size()).arg(spanText(report.seconds)).arg(check_->clipSeconds, 0, 'g', 3)
                         .arg(report.train).arg(report.validation).arg(report.test > 0 ? tr(", %1 kept for tests").arg(report.test) : QString()));
    for (const auto& remark : check_->remarks) remarks << QStringLiteral("⚠ ") + QString::fromStdString(remark);
    for (std::size_t n = 0; n < report.classes.size() && n < check_->perClass.size(); ++n) {
      const auto count = check_->perClass[n];
      bars.push_back({QString::fromStdString(report.classes[n]), static_cast<double>(count), count < kFewExamples ? tr("%1, few").arg(count) : QString::number(count),
                      count < kFewExamples ? theme.warn : theme.accent, count < kFewExamples ? tr("%1 examples to learn from, which is few").arg(count) : tr("%1 examples to learn from").arg(count)});
    }
  } else {
    counts_->setText(tr("Name the data; they are looked through at once."));
  }
  remarks_->setText(remarks.join('\n'));
  remarks_->setVisible(!remarks.isEmpty());
  bars_->setBars(std::move(bars));
}

}  // namespace chladni::ui
