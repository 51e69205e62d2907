#include "core/media/picture_converter.h"

namespace chladni::media {

namespace {

constexpr int kAlignment = 64;  // swscale writes whole vectors, past the end of a row of odd width
constexpr int kHdHeight = 720;
constexpr int kHdWidth = 1280;

// Unmarked pictures: BT.709 from HD on, BT.601 below, as players do.
int matrixOf(const AVFrame& frame) {
  switch (frame.colorspace) {
    case AVCOL_SPC_BT709: return SWS_CS_ITU709;
    case AVCOL_SPC_FCC: return SWS_CS_FCC;
    case AVCOL_SPC_BT470BG:
    case AVCOL_SPC_SMPTE170M: return SWS_CS_ITU601;
    case AVCOL_SPC_SMPTE240M: return SWS_CS_SMPTE240M;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL: return SWS_CS_BT2020;
    default: return frame.height >= kHdHeight || frame.width >= kHdWidth ? SWS_CS_ITU709 : SWS_CS_ITU601;
  }
}

// Grey is full range unless marked, like RGB; YUV is limited unless marked or of a "yuvj" format.
bool fullRange(const AVFrame& frame, const AVPixFmtDescriptor& format, AVPixelFormat pixel) {
  if (frame.color_range != AVCOL_RANGE_UNSPECIFIED) return frame.color_range == AVCOL_RANGE_JPEG;
  const bool yuvj = pixel == AV_PIX_FMT_YUVJ420P || pixel == AV_PIX_FMT_YUVJ422P || pixel == AV_PIX_FMT_YUVJ444P ||
                    pixel == AV_PIX_FMT_YUVJ440P || pixel == AV_PIX_FMT_YUVJ411P;
  return yuvj || format.nb_components < 3 || (format.flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
}

}  // namespace

std::optional<VideoFrame> PictureConverter::convert(const AVFrame& frame) {
  const auto pixel = static_cast<AVPixelFormat>(frame.format);
  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(pixel);
  if (!format || frame.width <= 0 || frame.height <= 0) return std::nullopt;
  const int width = orientation_.transpose ? size_.height : size_.width;
  const int height = orientation_.transpose ? size_.width : size_.height;
  const bool shrinks = width < frame.width || height < frame.height;
  const int flags = quick_ ? (shrinks ? SWS_AREA : SWS_BILINEAR) : (shrinks ? SWS_AREA : SWS_BICUBIC) | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP;
  scaler_.reset(sws_getCachedContext(scaler_.release(), frame.width, frame.height, pixel, width, height,
                                     AV_PIX_FMT_RGB24, flags, nullptr, nullptr, nullptr));
  if (!scaler_) return std::nullopt;
  const int* matrix = sws_getCoefficients(matrixOf(frame));
  constexpr int kUnity = 1 << 16;
  sws_setColorspaceDetails(scaler_.get(), matrix, fullRange(frame, *format, pixel) ? 1 : 0, matrix, 1, 0, kUnity, kUnity);

  const int stride = (width * 3 + kAlignment - 1) / kAlignment * kAlignment + kAlignment;
  rows_.resize(static_cast<std::size_t>(stride) * static_cast<std::size_t>(height) + kAlignment);
  std::uint8_t* planes[4] = {rows_.data(), nullptr, nullptr, nullptr};
  const int strides[4] = {stride, 0, 0, 0};
  if (sws_scale(scaler_.get(), frame.data, frame.linesize, 0, frame.height, planes, strides) <= 0) return std::nullopt;
  VideoFrame picture;
  picture.width = size_.width;
  picture.height = size_.height;
  picture.rgb = turned(rows_.data(), stride, width, height, orientation_);
  return picture;
}

}  // namespace chladni::media
