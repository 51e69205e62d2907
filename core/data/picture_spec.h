// PictureSpec and LyricsSpec: every number of a model's picture and text input pipelines, as stored under
// "frontend.picture" and "frontend.lyrics" in model.json. Executed by core/picture and the family's tokeniser.
#pragma once

#include <array>
#include <string>

namespace chladni {

struct PictureSpec {
  int size = 224;                         // side of the square that the model sees
  std::string fit = "crop";               // "crop": short side resized, middle square cut out; "stretch": plain resize
  std::string interpolation = "bicubic";  // "bicubic" or "bilinear", antialiased as Pillow does it on 8-bit pictures
  std::array<float, 3> mean{0.485F, 0.456F, 0.406F};       // of red, green, blue in 0..1: (x - mean) / deviation
  std::array<float, 3> deviation{0.229F, 0.224F, 0.225F};
  std::string channelOrder = "rgb";       // "rgb" or "bgr" (networks from Caffe)
  float scale = 1.0F / 255.0F;            // 8-bit values are multiplied by this before the mean is taken off
  int framesPerClip = 1;                  // 1: the middle of the clip; more: spread evenly over it
  double framesPerSecond = 0.0;           // above 0: so many evenly spaced frames for each second instead
};

struct LyricsSpec {
  std::string vocabulary = "vocab.txt";  // beside model.json; one WordPiece a line, index = line
  int tokens = 300;                      // padded or cut to this many
  bool lowerCase = true;
};

}  // namespace chladni
