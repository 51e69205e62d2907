#include "ui/workspace/lane_memory.h"

#include <QDataStream>
#include <QIODevice>
#include <QString>
#include <algorithm>

namespace chladni::ui {

using namespace widgets;
namespace {

constexpr quint32 kMagic = 0x434C4E31;  // "CLN1"

bool sensible(const SpectrogramLane::Choices& choices) {
  const auto powerOfTwo = [](int value, int from, int to) { return value >= from && value <= to && (value & (value - 1)) == 0; };
  return powerOfTwo(choices.windowSamples, 64, 1 << 16) && powerOfTwo(choices.overlap, 1, 32) && powerOfTwo(choices.oversampling, 1, 8) &&
         choices.binsPerOctave >= 6 && choices.binsPerOctave <= 96 && choices.melBins >= 8 && choices.melBins <= 1024 &&
         choices.rangeDb >= 10.0 && choices.rangeDb <= 200.0 && choices.gainDb >= 0.0 && choices.gainDb <= 100.0;
}

}  // namespace

QByteArray packLanes(const LaneMemory& memory) {
  QByteArray bytes;
  QDataStream out(&bytes, QIODevice::WriteOnly);
  out.setVersion(QDataStream::Qt_6_0);
  const SpectrogramLane::Choices& c = memory.spectrogram;
  const std::string_view colours = name(c.colours);
  out << kMagic << memory.splitter << viewId(c.view) << qint32(c.windowSamples) << qint32(c.overlap) << qint32(c.oversampling)
      << qint32(c.binsPerOctave) << qint32(c.melBins) << c.rangeDb << c.gainDb << c.evenColumns << c.notes
      << QByteArray(colours.data(), static_cast<qsizetype>(colours.size()));
  return bytes;
}

LaneMemory unpackLanes(const QByteArray& bytes) {
  QDataStream in(bytes);
  in.setVersion(QDataStream::Qt_6_0);
  quint32 magic = 0;
  in >> magic;
  if (magic != kMagic) return {};
  LaneMemory memory;
  SpectrogramLane::Choices c;
  QString view;
  QByteArray colours;
  qint32 window = 0;
  qint32 overlap = 0;
  qint32 oversampling = 0;
  qint32 binsPerOctave = 0;
  qint32 melBins = 0;
  in >> memory.splitter >> view >> window >> overlap >> oversampling >> binsPerOctave >> melBins >> c.rangeDb >> c.gainDb >>
      c.evenColumns >> c.notes >> colours;
  c.windowSamples = window;
  c.overlap = overlap;
  c.oversampling = oversampling;
  c.binsPerOctave = binsPerOctave;
  c.melBins = melBins;
  c.view = viewFromId(view).value_or(c.view);
  c.colours = colormapFromName(colours.toStdString()).value_or(c.colours);
  if (in.status() == QDataStream::Ok && sensible(c)) memory.spectrogram = c;
  return memory;
}

}  // namespace chladni::ui
