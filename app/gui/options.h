// Options of the command line of `chladni`, as plain values. parse() ends the program for --help, --version and wrong
// usage (exit status 2), as the command line contract says.
#pragma once

#include <QSize>
#include <QString>
#include <QStringList>
#include <optional>

namespace chladni::gui {

struct Options {
  QStringList files;
  QString model;
  QString device;  // auto, cpu, cuda, cuda:N
  QString project;
  QStringList docks;
  QString spectrogram;  // kind of the spectrogram lane; empty: as last time
  std::optional<double> atSeconds;
  std::optional<double> fromSeconds;  // with toSeconds: the visible stretch
  std::optional<double> toSeconds;
  std::optional<QSize> size;
  double scale = 1.0;
  QString language;  // code, or empty: as the system
  QString theme;  // "light", "dark" or empty: as last time
  QString screenshot;
  bool demo = false;
};

// Before QApplication exists, because it reads the environment: --scale and, for pictures without a display, offscreen.
void prepareEnvironment(int argc, char** argv);

Options parse(const QStringList& arguments);

}  // namespace chladni::gui
