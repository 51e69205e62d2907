#include "core/report/svg_canvas.h"

#include <cstdio>

#include "core/report/markup.h"
#include "core/serial/png_writer.h"

namespace chladni::report {

namespace {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  std::string out = text;
  if (out.ends_with(".0")) out.resize(out.size() - 2);
  return out == "-0" ? "0" : out;
}

std::string attribute(const char* name, double value) { return std::string(" ") + name + "=\"" + number(value) + "\""; }

const char* nameOf(Ink ink) {
  switch (ink) {
    case Ink::text: return "text";
    case Ink::faint: return "faint";
    case Ink::grid: return "grid";
    case Ink::sound: return "sound";
    case Ink::first: return "first";
    case Ink::second: return "second";
    case Ink::third: return "third";
    case Ink::fourth: return "fourth";
    case Ink::fifth: return "fifth";
  }
  return "text";
}

std::string pointsOf(std::span<const Point> points) {
  std::string list;
  for (const Point& point : points) list += (list.empty() ? "" : " ") + number(point.x) + "," + number(point.y);
  return list;
}

std::string base64(const std::string& bytes) {
  static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto at = [&](std::size_t offset) { return i + offset < bytes.size() ? static_cast<unsigned char>(bytes[i + offset]) : 0U; };
    const unsigned group = (at(0) << 16U) | (at(1) << 8U) | at(2);
    out += kDigits[group >> 18U];
    out += kDigits[(group >> 12U) & 63U];
    out += i + 1 < bytes.size() ? kDigits[(group >> 6U) & 63U] : '=';
    out += i + 2 < bytes.size() ? kDigits[group & 63U] : '=';
  }
  return out;
}

}  // namespace

Result<std::string> pngAddress(const VideoFrame& pixels) {
  auto png = serial::encodePng(pixels.width, pixels.height, serial::PngPixels::rgb, pixels.rgb);
  if (!png) return fail(png.error());
  return "data:image/png;base64," + base64(*png);
}

SvgCanvas::SvgCanvas(PlotSize size, const std::string& description)
    : svg_("<svg role=\"img\" viewBox=\"0 0 " + number(size.width) + " " + number(size.height) + "\" aria-label=\"" + escaped(description) + "\">\n") {}

void SvgCanvas::line(std::span<const Point> points, const Stroke& stroke) {
  svg_ += std::string("<polyline class=\"line ink-") + nameOf(stroke.ink) + "\"" + attribute("stroke-width", stroke.width);
  if (!stroke.dashes.empty()) {
    std::string list;
    for (const double dash : stroke.dashes) list += (list.empty() ? "" : " ") + number(dash);
    svg_ += " stroke-dasharray=\"" + list + "\"";
  }
  svg_ += " points=\"" + pointsOf(points) + "\"/>\n";
}

void SvgCanvas::fill(std::span<const Point> outline, Ink ink) {
  svg_ += std::string("<polygon class=\"fill ink-") + nameOf(ink) + "\" points=\"" + pointsOf(outline) + "\"/>\n";
}

void SvgCanvas::text(Point baseline, const std::string& text, double size, Ink ink, Align align) {
  const char* anchor = align == Align::start ? "start" : align == Align::middle ? "middle" : "end";
  svg_ += std::string("<text class=\"fill ink-") + nameOf(ink) + "\" text-anchor=\"" + anchor + "\"" + attribute("x", baseline.x) +
          attribute("y", baseline.y) + attribute("font-size", size) + ">" + escaped(text) + "</text>\n";
}

void SvgCanvas::picture(const Box& box, const VideoFrame& pixels, bool smooth) {
  auto address = pngAddress(pixels);
  if (!address) {
    state_ = fail(address.error());
    return;
  }
  svg_ += "<image preserveAspectRatio=\"none\"" + attribute("x", box.x) + attribute("y", box.y) + attribute("width", box.width) +
          attribute("height", box.height) + (smooth ? "" : " class=\"pixels\"") + " href=\"" + *address + "\"/>\n";
}

Result<std::string> SvgCanvas::take() {
  if (!state_) return fail(state_.error());
  return svg_ + "</svg>\n";
}

}  // namespace chladni::report
