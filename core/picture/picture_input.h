// What a model sees of one video frame, as its PictureSpec says: the short side resized to `size` and the middle square
// cut out (or all of it stretched to the square), 8-bit values scaled, mean taken off, divided by the deviation. Output [3, size, size] row-major, channels in
// spec.channelOrder; mean and deviation always belong to red, green, blue.
// Pure functions; any thread. Fails with invalidArgument for an impossible picture or an unknown interpolation.
// Reference: the image half of the published CAV-MAE loader (torchvision 0.14.1 on Pillow 9.4).
#pragma once

#include <vector>

#include "core/base/result.h"
#include "core/data/picture_spec.h"
#include "core/data/video_frame.h"

namespace chladni::picture {

Result<std::vector<float>> pictureInput(const VideoFrame& frame, const PictureSpec& spec);

// The 8-bit square before scaling: what a view shows as "what the model saw".
Result<VideoFrame> pictureSquare(const VideoFrame& frame, const PictureSpec& spec);

// The square of any crop, already spec.size wide and high, to model input.
std::vector<float> normalisedPicture(const VideoFrame& square, const PictureSpec& spec);

// Model input back to an 8-bit square (reconstructions): the inverse of normalisedPicture, rounded and clamped.
VideoFrame pictureOfInput(const std::vector<float>& input, const PictureSpec& spec);

// The published loaders' input for a picture that could not be read: 0.01 in every normalised value.
std::vector<float> unreadablePicture(const PictureSpec& spec);

}  // namespace chladni::picture
