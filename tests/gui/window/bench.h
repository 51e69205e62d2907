// A whole window with a model family that needs no torch, and sounds to open in it.
#pragma once

#include <QFile>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/inference/model_registry.h"
#include "tests/gui/window/gui_application.h"
#include "tests/gui/window/sounds.h"
#include "tests/support/catch.h"
#include "tests/support/fake_family.h"
#include "tests/support/linear_family.h"
#include "tests/support/localiser_family.h"
#include "tests/support/scratch.h"
#include "ui/main_window.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/workspace_settings.h"

namespace chladni::test {

struct WindowParts {
  std::filesystem::path commandLine;
  std::filesystem::path runFolder;
};

struct Bench {
  // `parts` is asked when the scratch folder is there.
  explicit Bench(std::chrono::milliseconds delay = std::chrono::milliseconds(0), bool withModel = true,
                 test::FakeOptions options = {}, std::int64_t frames = 98, const std::function<WindowParts()>& parts = {}) {
    test::application();
    qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((scratch / "cache").string()));
    if (withModel) {
      std::filesystem::create_directories(scratch / "models");
      inference::ModelSpec spec = test::fakeSpec(20);
      spec.architecture["depth"] = 3.0;
      spec.architecture["heads"] = 2.0;
      spec.tasks = {"instruments", "reconstruction"};
      spec.frontend.targetFrames = frames;
      test::writeFakePackage(scratch / "models" / "fake-one", spec);
    }
    options.delayPerClip = delay;
    options_ = options;
    if (parts) parts_ = parts();
    makeWindow();
  }

  // The window again, as after a start of the program.
  void makeWindow() {
    ui::WindowSetup setup;
    setup.makeRegistry = [folder = scratch / "models", options = options_] {
      auto registry = std::make_shared<inference::ModelRegistry>();
      registry->addFamily(std::make_unique<test::FakeFamily>(options));
      registry->addFamily(std::make_unique<test::LinearFamily>(options.delayPerClip));
      registry->addFamily(std::make_unique<test::LocaliserFamily>());
      registry->addSearchFolder(folder);
      return registry;
    };
    setup.settings = ui::WorkspaceSettings::inFile(ui::toQString(scratch / "settings.ini"));
    setup.silent = true;
    setup.model = model;
    setup.runFolder = parts_ ? parts_->runFolder : scratch / "runs";
    if (parts_) setup.commandLine = parts_->commandLine;
    window = std::make_unique<ui::MainWindow>(std::move(setup));
    window->show();
  }

  std::filesystem::path sound(const std::string& name, double seconds = 3.0) {
    const auto path = scratch / name;
    REQUIRE(media::writeWav(path, test::rampAndTone(seconds, 16000)));
    return path;
  }
  bool settle() {
    int quiet = 0;
    return test::waitFor([&] { return (quiet = window->pending().isEmpty() ? quiet + 1 : 0) >= 5; });
  }
  template <class T>
  T* part(const char* name = "") {
    return window->findChild<T*>(QString::fromLatin1(name));
  }

  test::Scratch scratch;
  std::unique_ptr<ui::MainWindow> window;
  QString model;  // as on the command line; for the next makeWindow()

 private:
  test::FakeOptions options_;
  std::optional<WindowParts> parts_;
};

// Writes what the window shows to $CHLADNI_PICTURES/<name>.png, for people to look at; nothing without that folder.
inline void keepPicture(ui::MainWindow& window, const QString& name) {
  if (!qEnvironmentVariableIsSet("CHLADNI_PICTURES")) return;
  const QString folder = qEnvironmentVariable("CHLADNI_PICTURES");
  for (const char* theme : {"light", "dark"}) {
    window.setTheme(theme);
    runFor(60);
    window.grab().save(folder + "/" + name + "-" + theme + ".png");
  }
  window.setTheme("light");
}

inline void keepDialog(QWidget& dialog, const QString& name) {
  if (!qEnvironmentVariableIsSet("CHLADNI_PICTURES")) return;
  runFor(60);
  dialog.grab().save(qEnvironmentVariable("CHLADNI_PICTURES") + "/" + name + ".png");
}

}  // namespace chladni::test
