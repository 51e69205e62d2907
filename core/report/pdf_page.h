// PdfPages: text and plots one below the other on A4 pages, a new page where something does not fit. Sizes are points.
// Private to core/report: the one header with Cairo in sight. One thread.
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/report/canvas.h"
#include "core/report/plots.h"

namespace chladni::report {

struct TextStyle {
  double size = 9.5;
  bool bold = false;
  Ink ink = Ink::text;
};

struct Cell {
  std::string text;
  double share = 1.0;  // of the width
  bool right = false;
  double bar = -1.0;   // 0..1: a bar of that length in place of text
};

class PdfPages {
 public:
  PdfPages(const std::filesystem::path& path, const std::string& title, const std::string& program);
  ~PdfPages();
  PdfPages(const PdfPages&) = delete;
  PdfPages& operator=(const PdfPages&) = delete;

  void paragraph(const std::string& text, const TextStyle& style, double spaceAfter = 4.0);
  // A paragraph that the outline of the document names, and the place that row() leads to.
  void heading(const std::string& text, double size, const std::string& anchor);
  // Cells side by side, wrapped where they are too long, a line below. `anchor`: the first is a link to that heading.
  void row(const std::vector<Cell>& cells, const TextStyle& style, const std::string& anchor = {});
  void plot(PlotSize size, const std::function<void(Canvas&)>& draw);
  void pictures(const std::vector<VideoFrame>& frames);
  void space(double height) { y_ += height; }
  void newPage();
  // Whether `height` is left on this page; begins a new one when it is not.
  void need(double height);
  Result<void> finish();

 private:
  struct Free {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  };
  using Layout = std::unique_ptr<PangoLayout, Free>;
  Layout layout(const std::string& text, const TextStyle& style, double width, bool right = false) const;
  void show(PangoLayout* layout, double x, double y, Ink ink);
  void footer();

  std::unique_ptr<cairo_surface_t, Free> surface_;
  std::unique_ptr<cairo_t, Free> context_;
  std::string title_;
  double y_ = 0.0;
  int page_ = 1;
};

}  // namespace chladni::report
