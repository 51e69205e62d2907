// Resizing and cropping of 8-bit pictures exactly as Pillow does it, because published models were trained on its
// output: separable filters that grow with the reduction (so shrinking is antialiased), weights rounded to 22-bit fixed
// point, horizontal pass first, its result rounded to 8 bits; a pass whose size does not change is skipped.
// Time stamps of the frame are kept. Pure functions; any thread. Sizes and rectangles must be sensible (asserted):
// foreign pictures go through checkedPicture first.
// Reference: Pillow 9.4, Image.resize with Resampling.BICUBIC (cubic with a = -0.5) and BILINEAR (triangle).
#pragma once

#include "core/base/result.h"
#include "core/data/video_frame.h"

namespace chladni::picture {

enum class ResampleFilter { bilinear, bicubic };

struct PictureSize {
  int width = 0;
  int height = 0;
  bool operator==(const PictureSize&) const = default;
};

// The longest side that is accepted; larger pictures are refused instead of exhausting memory.
inline constexpr int kMaxSide = 32'768;

// Fails with invalidArgument when a side is missing or too long, or rgb does not hold width * height * 3 bytes.
Result<void> checkedPicture(const VideoFrame& frame);

// The short side becomes `side`, the long one floor(side * long / short).
PictureSize shortSideSize(PictureSize size, int side);

VideoFrame resized(const VideoFrame& frame, PictureSize size, ResampleFilter filter);

// The rectangle whose upper left corner is (x, y); it lies within the frame.
VideoFrame cropped(const VideoFrame& frame, int x, int y, PictureSize size);

// The middle square; an odd remainder is rounded to even: round((length - side) / 2).
VideoFrame centreSquare(const VideoFrame& frame, int side);

}  // namespace chladni::picture
