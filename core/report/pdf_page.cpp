#include "core/report/pdf_page.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <cmath>

#include "core/report/cairo_canvas.h"
#include "core/report/markup.h"

namespace chladni::report {

namespace {

constexpr double kWidth = 595.28;  // A4
constexpr double kHeight = 841.89;
constexpr double kMargin = 48.0;
constexpr double kText = kWidth - 2.0 * kMargin;
constexpr double kBottom = kHeight - 56.0;
constexpr double kGap = 8.0;
constexpr double kCaption = 34.0;  // of the words below a plot, which stay with it

// A name inside a link attribute: ours are letters, digits and hyphens.
std::string linkTo(const std::string& anchor) { return "dest='" + anchor + "'"; }

double heightOf(PangoLayout* layout) {
  int height = 0;
  pango_layout_get_size(layout, nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

}  // namespace

PdfPages::PdfPages(const std::filesystem::path& path, const std::string& title, const std::string& program)
    : surface_(cairo_pdf_surface_create(path.c_str(), kWidth, kHeight)), context_(cairo_create(surface_.get())), title_(title), y_(kMargin) {
  cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, plain(title).c_str());
  cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATOR, plain(program).c_str());
}

PdfPages::~PdfPages() = default;

PdfPages::Layout PdfPages::layout(const std::string& text, const TextStyle& style, double width, bool right) const {
  Layout made(pango_cairo_create_layout(context_.get()));
  PangoFontDescription* font = pango_font_description_from_string(style.bold ? "sans bold" : "sans");
  pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
  pango_layout_set_font_description(made.get(), font);
  pango_font_description_free(font);
  pango_layout_set_width(made.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(made.get(), right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  const std::string clean = plain(text);
  pango_layout_set_text(made.get(), clean.c_str(), static_cast<int>(clean.size()));
  return made;
}

void PdfPages::show(PangoLayout* layout, double x, double y, Ink ink) {
  setInk(context_.get(), ink);
  cairo_move_to(context_.get(), x, y);
  pango_cairo_show_layout(context_.get(), layout);
}

void PdfPages::footer() {
  const TextStyle style{8.0, false, Ink::faint};
  const auto left = layout(title_, style, kText - 60.0);
  pango_layout_set_ellipsize(left.get(), PANGO_ELLIPSIZE_END);
  show(left.get(), kMargin, kHeight - 40.0, style.ink);
  show(layout(std::to_string(page_), style, 60.0, true).get(), kMargin + kText - 60.0, kHeight - 40.0, style.ink);
}

void PdfPages::newPage() {
  footer();
  cairo_show_page(context_.get());
  ++page_;
  y_ = kMargin;
}

void PdfPages::need(double height) {
  if (y_ + height > kBottom && y_ > kMargin) newPage();
}

void PdfPages::paragraph(const std::string& text, const TextStyle& style, double spaceAfter) {
  const auto made = layout(text, style, kText);
  const double height = heightOf(made.get());
  need(height);
  show(made.get(), kMargin, y_, style.ink);
  y_ += height + spaceAfter;
}

void PdfPages::heading(const std::string& text, double size, const std::string& anchor) {
  need(80.0 + size);
  y_ += size * 0.5;
  if (!anchor.empty()) {
    cairo_tag_begin(context_.get(), CAIRO_TAG_DEST, ("name='" + anchor + "'").c_str());
    cairo_pdf_surface_add_outline(surface_.get(), CAIRO_PDF_OUTLINE_ROOT, plain(text).c_str(), linkTo(anchor).c_str(), CAIRO_PDF_OUTLINE_FLAG_OPEN);
  }
  paragraph(text, {size, true, Ink::text}, size * 0.35);
  if (!anchor.empty()) cairo_tag_end(context_.get(), CAIRO_TAG_DEST);
}

void PdfPages::row(const std::vector<Cell>& cells, const TextStyle& style, const std::string& anchor) {
  double shares = 0.0;
  for (const Cell& cell : cells) shares += cell.share;
  const double width = kText - kGap * static_cast<double>(cells.size() - 1);
  std::vector<Layout> layouts;
  double height = style.size;
  for (const Cell& cell : cells) {
    layouts.push_back(layout(cell.text, style, width * cell.share / shares, cell.right));
    height = std::max(height, heightOf(layouts.back().get()));
  }
  need(height + 5.0);
  double x = kMargin;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const double cellWidth = width * cells[i].share / shares;
    const bool link = i == 0 && !anchor.empty();
    if (link) cairo_tag_begin(context_.get(), CAIRO_TAG_LINK, linkTo(anchor).c_str());
    show(layouts[i].get(), x, y_, link ? Ink::first : style.ink);
    if (link) cairo_tag_end(context_.get(), CAIRO_TAG_LINK);
    if (cells[i].bar >= 0.0) {
      setInk(context_.get(), Ink::first);
      cairo_rectangle(context_.get(), x, y_ + style.size * 0.35, cellWidth * std::clamp(cells[i].bar, 0.0, 1.0), style.size * 0.6);
      cairo_fill(context_.get());
    }
    x += cellWidth + kGap;
  }
  y_ += height + 2.0;
  setInk(context_.get(), Ink::grid);
  cairo_rectangle(context_.get(), kMargin, y_, kText, 0.6);
  cairo_fill(context_.get());
  y_ += 3.0;
}

void PdfPages::plot(PlotSize size, const std::function<void(Canvas&)>& draw) {
  // A plot higher than a page is made smaller.
  const double scale = std::min(kText / size.width, (kBottom - kMargin) / size.height);
  need(std::min(size.height * scale + kCaption, kBottom - kMargin));
  cairo_save(context_.get());
  cairo_translate(context_.get(), kMargin, y_);
  cairo_scale(context_.get(), scale, scale);
  CairoCanvas canvas(context_.get());
  draw(canvas);
  cairo_restore(context_.get());
  y_ += size.height * scale + 4.0;
}

void PdfPages::pictures(const std::vector<VideoFrame>& frames) {
  if (frames.empty()) return;
  const double width = (kText - kGap * static_cast<double>(frames.size() - 1)) / static_cast<double>(frames.size());
  double highest = 0.0;
  for (const VideoFrame& frame : frames) highest = std::max(highest, width * frame.height / frame.width);
  need(highest);
  double x = kMargin;
  for (const VideoFrame& frame : frames) {
    drawPicture(context_.get(), {x, y_, width, width * frame.height / frame.width}, frame, true);
    x += width + kGap;
  }
  y_ += highest + 4.0;
}

Result<void> PdfPages::finish() {
  footer();
  cairo_show_page(context_.get());
  context_.reset();
  cairo_surface_finish(surface_.get());
  const cairo_status_t status = cairo_surface_status(surface_.get());
  if (status == CAIRO_STATUS_SUCCESS) return {};
  return fail(status == CAIRO_STATUS_WRITE_ERROR || status == CAIRO_STATUS_FILE_NOT_FOUND ? ErrorCode::io : ErrorCode::internal,
              std::string("the PDF could not be written: ") + cairo_status_to_string(status));
}

}  // namespace chladni::report
