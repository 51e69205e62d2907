// The window: reads the command line, makes the model registry, shows the main window. No logic of its own.
#include <QApplication>
#include <QScreen>
#include <QTimer>
#include <clocale>
#include <cstdio>

#include "app/gui/families.h"
#include "app/gui/options.h"
#include "app/gui/command_line.h"
#include "core/inference/model_registry.h"
#include "core/runs/run_desk.h"
#include "ui/main_window.h"
#include "ui/picture/picture_taker.h"
#include "core/analysis/demo_file.h"
#include "ui/workspace/language.h"
#include "ui/workspace/paths.h"

using namespace chladni;

namespace {

ui::WindowSetup setupFor(const gui::Options& options) {
  const std::filesystem::path program = ui::toPath(QApplication::applicationFilePath());
  const bool picture = !options.screenshot.isEmpty();
  ui::WindowSetup setup;
  setup.makeRegistry = [program] {
    auto registry = std::make_shared<inference::ModelRegistry>();
    gui::registerFamilies(*registry);
    registry->addStandardSearchFolders(program);
    registry->addSearchFolder(runs::usualRunFolder(), /*lastResort=*/true);  // a finished run is a model, for who chooses it
    return registry;
  };
  // A picture shows what the command line says, not what somebody did yesterday.
  setup.settings = picture ? ui::WorkspaceSettings::inMemory() : ui::WorkspaceSettings::ofUser();
  setup.model = options.model;
  setup.runtime.device = options.device.toStdString();
  setup.theme = options.theme;
  setup.silent = picture;
  setup.demos = analysis::findDemos(program);
  setup.commandLine = gui::findCommandLine(program);
  setup.runFolder = runs::usualRunFolder();
  setup.at = options.atSeconds;
  if (options.fromSeconds) setup.zoom = std::pair(*options.fromSeconds, *options.toSeconds);
  return setup;
}

// Chatter of the platform layer that no user can act on; everything else goes to stderr as usual.
void passOnMessage(QtMsgType type, const QMessageLogContext& context, const QString& message) {
  static const QStringList kChatter = {"This plugin does not support", "QStandardPaths:", "PulseAudioService:"};
  for (const QString& start : kChatter) {
    if (message.startsWith(start)) return;
  }
  std::fprintf(stderr, "%s\n", qUtf8Printable(qFormatLogMessage(type, context, message)));
}

}  // namespace

int main(int argc, char** argv) {
  qInstallMessageHandler(passOnMessage);
  gui::prepareEnvironment(argc, argv);
  QApplication::setAttribute(Qt::AA_DontShowIconsInMenus);
  QApplication application(argc, argv);
  std::setlocale(LC_NUMERIC, "C");  // Qt took the user's; numbers in files have points, whatever the language of the window
  QApplication::setApplicationName("chladni");
  QApplication::setApplicationDisplayName("Chladni");
  QApplication::setApplicationVersion(CHLADNI_VERSION);
  const gui::Options options = gui::parse(QApplication::arguments());

  ui::useLanguage(application, options.language);

  ui::WindowSetup setup = setupFor(options);
  const std::filesystem::path demo = setup.demo();
  ui::MainWindow window(std::move(setup));
  if (options.size) window.resize(*options.size);
  else if (QGuiApplication::platformName() != "offscreen") window.resize(window.size().boundedTo(window.screen()->availableSize()));
  window.show();
  if (!options.spectrogram.isEmpty() && !window.showSpectrogram(options.spectrogram)) {
    std::fprintf(stderr, "error: there is no spectrogram \"%s\"; see chladni --help\n", qUtf8Printable(options.spectrogram));
    return 2;
  }
  if (options.demo && demo.empty()) {
    std::fprintf(stderr, "error: the bundled demo is not installed; open a file of your own instead\n");
    return exitStatus(ErrorCode::notFound);
  }
  if (options.demo) window.openFile(demo);
  for (const QString& file : options.files) window.openFile(ui::toPath(file));
  // After the files: one that comes on show clears what was said before.
  if (!options.project.isEmpty()) window.openProject(ui::toPath(options.project));
  else if (options.screenshot.isEmpty()) window.reopenProject();
  for (const QString& dock : options.docks) {
    if (window.showDock(dock)) continue;
    std::fprintf(stderr, "error: there is no dock \"%s\"; see chladni --help\n", qUtf8Printable(dock));
    return 2;
  }
  if (!options.screenshot.isEmpty()) new ui::PictureTaker(window, options.screenshot, &window);
  return QApplication::exec();
}
