#include "ui/training/film_strip.h"

#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <map>

#include "ui/workspace/paths.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

constexpr int kCellHeight = 88;
constexpr int kGap = 8;
constexpr int kNameWidth = 72;
constexpr const char* kFolder = "paintings";

struct Files {
  std::filesystem::path truth, hidden;
  std::map<std::int64_t, std::filesystem::path> steps;
};

// "sound-1-step-00000120.png" by example; what is named otherwise is passed over.
std::map<std::string, Files> filesIn(const std::filesystem::path& folder) {
  std::map<std::string, Files> found;
  std::error_code problem;
  for (std::filesystem::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem)) {
    const std::string name = it->path().stem().string();
    if (it->path().extension() != ".png") continue;
    const auto cut = name.find('-', name.find('-') + 1);
    if (cut == std::string::npos) continue;
    Files& files = found[name.substr(0, cut)];
    const std::string rest = name.substr(cut + 1);
    if (rest == "true") files.truth = it->path();
    if (rest == "hidden") files.hidden = it->path();
    if (rest.starts_with("step-")) files.steps[QString::fromStdString(rest.substr(5)).toLongLong()] = it->path();
  }
  return found;
}

}  // namespace

std::vector<StripRow> readStrip(const std::filesystem::path& run, std::int64_t stepsPerEpoch, std::size_t most) {
  std::vector<StripRow> rows;
  for (const auto& [name, files] : filesIn(run / kFolder)) {
    StripRow row{QString::fromStdString(name).replace('-', ' '), {}};
    if (!files.truth.empty()) row.cells.push_back({FilmStrip::tr("as it is"), QImage(toQString(files.truth))});
    if (!files.hidden.empty()) row.cells.push_back({FilmStrip::tr("what is seen"), QImage(toQString(files.hidden))});
    std::vector<std::pair<std::int64_t, std::filesystem::path>> steps(files.steps.begin(), files.steps.end());
    const std::size_t shown = std::min(most, steps.size());
    for (std::size_t n = 0; n < shown; ++n) {
      const auto& [step, path] = steps[shown < 2 ? steps.size() - 1 : n * (steps.size() - 1) / (shown - 1)];
      const QString title = stepsPerEpoch > 0 ? FilmStrip::tr("epoch %1").arg((step + stepsPerEpoch - 1) / stepsPerEpoch) : FilmStrip::tr("step %1").arg(step);
      row.cells.push_back({title, QImage(toQString(path))});
    }
    std::erase_if(row.cells, [](const StripCell& cell) { return cell.image.isNull(); });
    if (!row.cells.empty()) rows.push_back(std::move(row));
  }
  return rows;
}

class FilmStrip::Canvas : public QWidget {
 public:
  explicit Canvas(QWidget* parent) : QWidget(parent) { setAccessibleName(FilmStrip::tr("What was painted of the same examples as the model learned")); }

  void setRows(const std::vector<StripRow>* rows, const QString& message) {
    rows_ = rows;
    message_ = message;
    int columns = 0, width = 0;
    for (const auto& row : *rows) {
      columns = std::max(columns, static_cast<int>(row.cells.size()));
      for (const auto& cell : row.cells) width = std::max(width, widthOf(cell));
    }
    cellWidth_ = width;
    setMinimumSize(kNameWidth + columns * (width + kGap) + kGap, rows->empty() ? 60 : titleHeight() + static_cast<int>(rows->size()) * (kCellHeight + kGap) + kGap);
    update();
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.fillRect(rect(), widgets::theme().panel);
    painter.setPen(widgets::theme().quiet);
    if (rows_ == nullptr || rows_->empty()) {
      painter.drawText(rect().adjusted(16, 12, -16, -12), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, message_);
      return;
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);  // a value is a square
    int y = titleHeight();
    for (const auto& row : *rows_) {
      painter.setPen(widgets::theme().text);
      painter.drawText(QRect(12, y, kNameWidth - 12, kCellHeight), Qt::AlignVCenter | Qt::AlignLeft, row.name);
      int x = kNameWidth;
      for (const auto& cell : row.cells) {
        if (&row == &rows_->front()) {
          painter.setPen(widgets::theme().quiet);
          painter.drawText(QRect(x, 0, cellWidth_, titleHeight()), Qt::AlignVCenter | Qt::AlignLeft, cell.title);
        }
        painter.drawImage(QRect(x, y, widthOf(cell), kCellHeight), cell.image);
        x += cellWidth_ + kGap;
      }
      y += kCellHeight + kGap;
    }
  }

 private:
  [[nodiscard]] int titleHeight() const { return fontMetrics().height() + 10; }
  static int widthOf(const StripCell& cell) { return std::clamp(cell.image.width() * kCellHeight / std::max(cell.image.height(), 1), 40, 2 * kCellHeight); }

  const std::vector<StripRow>* rows_ = nullptr;
  QString message_;
  int cellWidth_ = 0;
};

FilmStrip::FilmStrip(QWidget* parent) : QScrollArea(parent), canvas_(new Canvas(this)) {
  setObjectName("filmStrip");
  empty_ = tr("Masked autoencoders (dualmae, cav-mae) leave here what they paint of the same held-out examples after each epoch. "
              "This run has left nothing, or nothing yet.");
  setAccessibleName(tr("What was painted of the same examples as the model learned"));
  setFrameShape(QFrame::NoFrame);
  setWidgetResizable(true);
  setWidget(canvas_);
  canvas_->setRows(&rows_, {});
}

void FilmStrip::setRun(const std::filesystem::path& run, std::size_t epochs, std::int64_t stepsPerEpoch) {
  if (run == run_ && epochs == epochs_) return;
  const bool other = run != run_;
  const auto* bar = horizontalScrollBar();
  const bool atEnd = other || bar->value() >= bar->maximum();
  run_ = run;
  epochs_ = epochs;
  rows_ = readStrip(run, stepsPerEpoch);
  canvas_->setRows(&rows_, empty_);
  // The newest is what one watches for.
  if (atEnd) QMetaObject::invokeMethod(this, [this] { horizontalScrollBar()->setValue(horizontalScrollBar()->maximum()); }, Qt::QueuedConnection);
}

}  // namespace chladni::ui
