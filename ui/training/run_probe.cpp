#include "ui/training/run_probe.h"

#include <unistd.h>

#include "core/base/atomic_file.h"
#include "core/serial/json_value.h"
#include "ui/workspace/paths.h"

namespace chladni::ui {
namespace {

constexpr int kNiceness = 10;
constexpr std::size_t kEnoughSteps = 8;
constexpr double kEnoughSeconds = 6.0;  // of steps: slow models say it with fewer
constexpr int kPatienceMs = 180'000;    // data may have to be decoded first

}  // namespace

RunProbe::RunProbe(std::filesystem::path program, QObject* parent) : QObject(parent), program_(std::move(program)) {
  patience_.setSingleShot(true);
  patience_.setInterval(kPatienceMs);
  connect(&patience_, &QTimer::timeout, this, [this] { conclude(tr("the first steps take longer than three minutes")); });
}

RunProbe::~RunProbe() { drop(); }

void RunProbe::drop() {
  patience_.stop();
  if (process_ != nullptr) {
    process_->disconnect(this);
    process_->kill();
    process_->waitForFinished(1000);  // killed: it ends at once
    process_->deleteLater();
    process_ = nullptr;
  }
  folder_.reset();
}

void RunProbe::start(const training::Recipe& recipe) {
  drop();
  recipe_ = recipe;
  history_ = {};
  rest_.clear();
  failure_.clear();
  folder_ = std::make_unique<QTemporaryDir>();
  training::Recipe few = recipe;
  few.reportEvery = 1;
  const QString file = folder_->filePath(QStringLiteral("recipe.json"));
  if (!folder_->isValid() || !writeFileAtomically(toPath(file), training::recipeJson(few).text())) {
    drop();
    Q_EMIT failed(tr("no room for a temporary folder"));
    return;
  }
  process_ = new QProcess(this);
  process_->setChildProcessModifier([] { (void)!::nice(kNiceness); });
  process_->setStandardInputFile(QProcess::nullDevice());
  connect(process_, &QProcess::readyReadStandardOutput, this, &RunProbe::read);
  connect(process_, &QProcess::finished, this, [this] {
    read();
    if (process_ != nullptr) conclude(failure_.isEmpty() ? tr("the training ended after its first steps") : failure_);
  });
  connect(process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
    if (error == QProcess::FailedToStart) conclude(tr("%1: cannot be started; install chladni-cli beside the window").arg(toQString(program_)));
  });
  patience_.start();
  process_->start(toQString(program_), {"train", "--recipe", file, "--out", folder_->filePath(QStringLiteral("run")), "--json"});
}

void RunProbe::cancel() { drop(); }

void RunProbe::read() {
  if (process_ == nullptr) return;
  rest_ += process_->readAllStandardOutput();
  for (qsizetype end = rest_.indexOf('\n'); end >= 0 && process_ != nullptr; end = rest_.indexOf('\n')) {
    const QByteArray line = rest_.left(end);
    rest_.remove(0, end + 1);
    take(line);
  }
}

void RunProbe::take(const QByteArray& line) {
  auto event = serial::parseJson(line.toStdString(), "event");
  if (!event) return;
  history_.take(*event);
  if (!history_.failure.empty()) failure_ = QString::fromStdString(history_.failure);
  Q_EMIT progressed();
  const auto& seconds = history_.steps.seconds;
  const bool slow = seconds.size() >= runs::kLeastSteps && seconds.back() - seconds.front() >= kEnoughSeconds;
  if (seconds.size() >= kEnoughSteps || slow) conclude({});
}

void RunProbe::conclude(const QString& why) {
  drop();
  if (const auto made = runs::estimateOf(history_, recipe_)) Q_EMIT estimated(*made);
  else Q_EMIT failed(why.isEmpty() ? tr("its steps told no times") : why);
}

}  // namespace chladni::ui
