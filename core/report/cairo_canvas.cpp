#include "core/report/cairo_canvas.h"

#include <pango/pangocairo.h>

#include <memory>

#include "core/report/markup.h"

namespace chladni::report {

namespace {

void trace(cairo_t* context, std::span<const Point> points) {
  cairo_new_path(context);
  for (const Point& point : points) cairo_line_to(context, point.x, point.y);
}

}  // namespace

void setInk(cairo_t* context, Ink ink) {
  unsigned colour = 0;
  switch (ink) {
    case Ink::text: colour = 0x1b1f24; break;
    case Ink::faint: colour = 0x596170; break;
    case Ink::grid: colour = 0xdde1e7; break;
    case Ink::sound: colour = 0x9db4d0; break;
    case Ink::first: colour = 0x0b62b3; break;
    case Ink::second: colour = 0xb04a00; break;
    case Ink::third: colour = 0x00755e; break;
    case Ink::fourth: colour = 0x9b2f7f; break;
    case Ink::fifth: colour = 0x6b6200; break;
  }
  cairo_set_source_rgb(context, (colour >> 16U) / 255.0, ((colour >> 8U) & 255U) / 255.0, (colour & 255U) / 255.0);
}

void drawPicture(cairo_t* context, const Box& box, const VideoFrame& pixels, bool smooth) {
  cairo_surface_t* image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels.width, pixels.height);
  cairo_surface_flush(image);
  unsigned char* bytes = cairo_image_surface_get_data(image);
  const int stride = cairo_image_surface_get_stride(image);
  for (int y = 0; bytes && y < pixels.height; ++y) {
    auto* row = reinterpret_cast<std::uint32_t*>(bytes + static_cast<std::ptrdiff_t>(y) * stride);
    const std::uint8_t* from = &pixels.rgb[static_cast<std::size_t>(y) * static_cast<std::size_t>(pixels.width) * 3];
    for (int x = 0; x < pixels.width; ++x, from += 3)
      row[x] = (std::uint32_t{from[0]} << 16U) | (std::uint32_t{from[1]} << 8U) | from[2];
  }
  cairo_surface_mark_dirty(image);
  cairo_save(context);
  cairo_translate(context, box.x, box.y);
  cairo_scale(context, box.width / pixels.width, box.height / pixels.height);
  cairo_set_source_surface(context, image, 0.0, 0.0);
  cairo_pattern_set_filter(cairo_get_source(context), smooth ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST);
  cairo_pattern_set_extend(cairo_get_source(context), CAIRO_EXTEND_PAD);
  cairo_rectangle(context, 0.0, 0.0, pixels.width, pixels.height);
  cairo_fill(context);
  cairo_restore(context);
  cairo_surface_destroy(image);
}

void CairoCanvas::line(std::span<const Point> points, const Stroke& stroke) {
  trace(context_, points);
  setInk(context_, stroke.ink);
  cairo_set_line_width(context_, stroke.width);
  cairo_set_line_join(context_, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash(context_, stroke.dashes.data(), static_cast<int>(stroke.dashes.size()), 0.0);
  cairo_stroke(context_);
}

void CairoCanvas::fill(std::span<const Point> outline, Ink ink) {
  trace(context_, outline);
  setInk(context_, ink);
  cairo_fill(context_);
}

void CairoCanvas::text(Point baseline, const std::string& text, double size, Ink ink, Align align) {
  PangoLayout* layout = pango_cairo_create_layout(context_);
  PangoFontDescription* font = pango_font_description_from_string("sans");
  pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  const std::string clean = plain(text);
  pango_layout_set_text(layout, clean.c_str(), static_cast<int>(clean.size()));
  PangoRectangle extents;
  pango_layout_get_extents(layout, nullptr, &extents);
  const double width = static_cast<double>(extents.width) / PANGO_SCALE;
  const double shift = align == Align::start ? 0.0 : align == Align::middle ? width / 2.0 : width;
  setInk(context_, ink);
  cairo_move_to(context_, baseline.x - shift, baseline.y - static_cast<double>(pango_layout_get_baseline(layout)) / PANGO_SCALE);
  pango_cairo_show_layout(context_, layout);
  g_object_unref(layout);
}

void CairoCanvas::picture(const Box& box, const VideoFrame& pixels, bool smooth) { drawPicture(context_, box, pixels, smooth); }

}  // namespace chladni::report
