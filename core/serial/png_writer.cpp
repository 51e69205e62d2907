#include "core/serial/png_writer.h"

#include <png.h>

#include <string>

#include "core/base/atomic_file.h"

namespace chladni::serial {

namespace {

constexpr std::int64_t kMaxSide = 1'000'000;  // libpng's own default

void keepBytes(png_structp png, png_bytep data, png_size_t size) {
  static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<const char*>(data), size);
}

void keepQuiet(png_structp, png_const_charp) {}

// libpng reports errors by a long jump: nothing with a destructor may live in this frame.
bool encode(png_structp png, png_infop info, png_uint_32 width, png_uint_32 height, int colour,
            const std::uint8_t* bytes, std::size_t rowBytes) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_set_IHDR(png, info, width, height, 8, colour, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  for (png_uint_32 y = 0; y < height; ++y) png_write_row(png, bytes + y * rowBytes);
  png_write_end(png, info);
  return true;
}

}  // namespace

Result<std::string> encodePng(std::int64_t width, std::int64_t height, PngPixels pixels, std::span<const std::uint8_t> bytes) {
  const std::int64_t channels = pixels == PngPixels::rgb ? 3 : 1;
  if (width < 1 || height < 1 || width > kMaxSide || height > kMaxSide ||
      bytes.size() != static_cast<std::size_t>(width * height * channels))
    return fail(ErrorCode::invalidArgument, "a picture of " + std::to_string(width) + " x " + std::to_string(height) +
                                                " cannot be made from " + std::to_string(bytes.size()) + " bytes");
  std::string file;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, &keepQuiet);
  png_infop info = png ? png_create_info_struct(png) : nullptr;
  bool done = false;
  if (info) {
    png_set_write_fn(png, &file, &keepBytes, nullptr);
    done = encode(png, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height),
                  pixels == PngPixels::rgb ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY, bytes.data(),
                  static_cast<std::size_t>(width * channels));
  }
  png_destroy_write_struct(&png, &info);
  if (!done) return fail(ErrorCode::io, "the picture could not be encoded; is memory short?");
  return file;
}

Result<void> writePng(const std::filesystem::path& path, std::int64_t width, std::int64_t height, PngPixels pixels,
                      std::span<const std::uint8_t> bytes) {
  const auto file = encodePng(width, height, pixels, bytes);
  if (!file) return fail(Error{file.error().code, path.string() + ": " + file.error().message, {}});
  return writeFileAtomically(path, *file);
}

}  // namespace chladni::serial
