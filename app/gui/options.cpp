#include "app/gui/options.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "ui/workspace/language.h"

namespace chladni::gui {
namespace {

constexpr int kWrongUsage = 2;
constexpr int kLargestPicture = 16384;
const QStringList kDocks = {"library", "video", "predictions", "course", "map", "attention", "reconstruction", "spectrum", "inspector",
                            "labels", "agreement", "training", "models", "evaluation"};
const QStringList kSpectrograms = {"log", "stft", "mel", "constant-q", "mfcc", "chroma", "model"};

[[noreturn]] void wrongUsage(const QString& message) {
  std::fprintf(stderr, "error: %s; see chladni --help\n", qUtf8Printable(message));
  std::exit(kWrongUsage);
}

// One of a list that is short enough to be said.
void checkChoice(const QString& option, const QString& text, const QStringList& choices) {
  if (!choices.contains(text)) wrongUsage(QStringLiteral("--%1 is one of %2, not \"%3\"").arg(option, choices.join(", "), text));
}

double seconds(const QString& text, const QString& option) {
  bool good = false;
  const double value = text.toDouble(&good);
  if (!good || !(value >= 0.0) || value > 1e9) {
    wrongUsage(QStringLiteral("--%1 needs a time in seconds, not \"%2\"").arg(option, text));
  }
  return value;
}

QString device(const QString& text) {
  static const QRegularExpression known("^(auto|cpu|cuda(:[0-9]{1,3})?)$");
  if (!known.match(text).hasMatch()) wrongUsage(QStringLiteral("--device is auto, cpu, cuda or cuda:N, not \"%1\"").arg(text));
  return text;
}

QSize size(const QString& text) {
  const QStringList parts = text.toLower().split('x');
  const int width = parts.size() == 2 ? parts[0].toInt() : 0;
  const int height = parts.size() == 2 ? parts[1].toInt() : 0;
  if (width < 200 || height < 150 || width > kLargestPicture || height > kLargestPicture) {
    wrongUsage(QStringLiteral("--size needs WIDTHxHEIGHT, for example 1440x900, not \"%1\"").arg(text));
  }
  return {width, height};
}

// QCommandLineParser gives an option one value; --zoom has two, so the second becomes part of the first.
QStringList joinZoom(QStringList arguments) {
  for (qsizetype i = 1; i + 2 < arguments.size(); ++i) {
    if (arguments[i] == "--") break;
    if (arguments[i] != "--zoom" || arguments[i + 1].contains(':')) continue;
    arguments[i + 1] += ':' + arguments[i + 2];
    arguments.removeAt(i + 2);
  }
  return arguments;
}

}  // namespace

void prepareEnvironment(int argc, char** argv) {
  bool picture = false;
  for (int i = 1; i < argc; ++i) {
    const auto is = [&](const char* name) { return std::strncmp(argv[i], name, std::strlen(name)) == 0; };
    if (is("--screenshot")) picture = true;
    if (is("--scale=")) qputenv("QT_SCALE_FACTOR", argv[i] + std::strlen("--scale="));
    if (std::strcmp(argv[i], "--scale") == 0 && i + 1 < argc) qputenv("QT_SCALE_FACTOR", argv[i + 1]);
  }
  const bool display = qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
  if (display || qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) return;
  const bool asksOnly = std::any_of(argv, argv + argc, [](const char* argument) {
    return std::strcmp(argument, "--help") == 0 || std::strcmp(argument, "-h") == 0 ||
           std::strcmp(argument, "--version") == 0 || std::strcmp(argument, "-v") == 0;
  });
  // Qt itself would abort.
  if (!picture && !asksOnly) {
    std::fprintf(stderr, "error: there is no display to open a window on; write a picture with --screenshot X.png or use "
                         "chladni-cli\n");
    std::exit(kWrongUsage);
  }
  qputenv("QT_QPA_PLATFORM", "offscreen");
}

Options parse(const QStringList& arguments) {
  QCommandLineParser parser;
  parser.setApplicationDescription(
      "Workbench for audio-visual analysis: open a recording or a video, see, hear and question it.\n"
      "Example: chladni clip.mp4 --at 6 --dock attention --theme dark");
  parser.addPositionalArgument("FILE", "Recordings and videos to open.", "[FILE...]");
  const auto help = parser.addHelpOption();
  const auto version = parser.addVersionOption();
  parser.addOptions({
      {"demo", "Open the bundled demo."},
      {"model", "Model package to use, by name or folder.", "PKG"},
      {"device", "Where models run: auto, cpu, cuda or cuda:N.", "DEVICE", "auto"},
      {"project", "Project to open.", "P"},
      {"dock", "Show and raise a dock: " + kDocks.join(", ") + ". May be repeated.", "NAME"},
      {"spectrogram", "Kind of spectrogram: " + kSpectrograms.join(", ") + ".", "KIND"},
      {"at", "Put the playhead there, in seconds.", "T"},
      {"zoom", "Show this stretch, in seconds.", "FROM TO"},
      {"size", "Size of the window in pixels.", "WxH"},
      {"scale", "Scale of everything, 0.5 to 4.", "FACTOR"},
      {"theme", "light or dark.", "THEME"},
      {"language", "Language of the window; as the system when it is left out.", "CODE"},
      {"screenshot", "Wait until nothing is pending, write the window to this PNG and leave.", "X.png"},
  });
  if (!parser.parse(joinZoom(arguments))) wrongUsage(parser.errorText());
  if (parser.isSet(help)) parser.showHelp(0);
  if (parser.isSet(version)) parser.showVersion();

  Options options;
  options.files = parser.positionalArguments();
  options.model = parser.value("model");
  options.device = device(parser.value("device").toLower());
  options.project = parser.value("project");
  for (const QString& names : parser.values("dock")) options.docks += names.toLower().split(',', Qt::SkipEmptyParts);
  for (const QString& name : options.docks) checkChoice("dock", name, kDocks);
  if (parser.isSet("at")) options.atSeconds = seconds(parser.value("at"), "at");
  if (parser.isSet("zoom")) {
    const QStringList ends = parser.value("zoom").split(':');
    if (ends.size() != 2) wrongUsage("--zoom needs two times in seconds: --zoom 3 8");
    options.fromSeconds = seconds(ends[0], "zoom");
    options.toSeconds = seconds(ends[1], "zoom");
    if (*options.toSeconds <= *options.fromSeconds) wrongUsage("--zoom needs a start before its end");
  }
  if (parser.isSet("size")) options.size = size(parser.value("size"));
  options.theme = parser.value("theme").toLower();
  if (parser.isSet("theme")) checkChoice("theme", options.theme, {"light", "dark"});
  options.language = parser.value("language").toLower();
  if (parser.isSet("language")) checkChoice("language", options.language, ui::languages());
  if (parser.isSet("scale")) {
    bool good = false;
    options.scale = parser.value("scale").toDouble(&good);
    if (!good || options.scale < 0.5 || options.scale > 4.0) wrongUsage("--scale needs a factor from 0.5 to 4");
  }
  options.spectrogram = parser.value("spectrogram").toLower();
  if (parser.isSet("spectrogram")) checkChoice("spectrogram", options.spectrogram, kSpectrograms);
  options.screenshot = parser.value("screenshot");
  options.demo = parser.isSet("demo");
  return options;
}

}  // namespace chladni::gui
