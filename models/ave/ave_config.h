// AveConfig: every free size and choice of the networks for audio-visual event localisation, parsed from
// ModelSpec::architecture and checked before anything is allocated. Keys of `architecture` are the field names below in
// snake_case ("sound_width"); the kind is the package's family. Defaults: the published networks (VGGish, VGG-19).
// Fails with incompatibleModel naming the bad field.
// Source: Tian, Shi, Li, Duan, Xu, "Audio-Visual Event Localization in Unconstrained Videos", ECCV 2018.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/inference/model_spec.h"

namespace chladni::models::ave {

enum class AveKind { avAtt, dmrn, audioOnly, visualOnly };

// "av-att", "dmrn", "audio-only", "visual-only": the name of the family.
std::string_view familyName(AveKind kind);
std::optional<AveKind> kindOfFamily(std::string_view family);

enum class Cell { lstm, gru };

// Where the term of the sound goes inside the attention: tanh(P + g). The two agree in shape alone.
enum class AttentionReading {
  published,  // one value of g for each region, as the authors' program does it and their weights need it
  paper       // one value of g for each hidden unit, as the paper's formula says
};

// How the regions become one vector when no sound guides the attention.
enum class PicturePooling { mean, selfAttention };

struct AveConfig {
  AveKind kind = AveKind::avAtt;
  Cell cell = Cell::lstm;
  AttentionReading attention = AttentionReading::published;
  PicturePooling pooling = PicturePooling::mean;  // of visual-only
  std::int64_t soundWidth = 128;     // of one segment's features
  std::int64_t gridRows = 7;         // regions of the picture
  std::int64_t gridColumns = 7;
  std::int64_t pictureWidth = 512;   // of one region's features
  std::int64_t attentionWidth = 512;
  std::int64_t hidden = 128;         // of the recurrent layers, in each direction
  std::int64_t headWidth = 64;       // of all but DMRN
  std::int64_t fusionBlocks = 1;     // of DMRN
  std::int64_t classes = 29;
  std::int64_t segments = 10;        // seconds seen at once
  bool weak = false;                 // learnt from one label per clip

  [[nodiscard]] std::int64_t regions() const { return gridRows * gridColumns; }
  [[nodiscard]] bool hears() const { return kind != AveKind::visualOnly; }
  [[nodiscard]] bool sees() const { return kind != AveKind::audioOnly; }
  [[nodiscard]] bool fuses() const { return hears() && sees(); }
  [[nodiscard]] bool attends() const { return fuses() || (sees() && pooling == PicturePooling::selfAttention); }

  bool operator==(const AveConfig&) const = default;
};

Result<void> check(const AveConfig& config);
// classes are counted in spec.classes; what a kind has no use for may be absent.
Result<AveConfig> configFromSpec(const inference::ModelSpec& spec);
std::map<std::string, inference::Attribute> toArchitecture(const AveConfig& config);

// The words of model.json and of import settings. Nothing for any other word.
std::optional<Cell> cellNamed(std::string_view word);                    // "lstm", "gru"
std::optional<AttentionReading> attentionNamed(std::string_view word);  // "published", "paper"
std::optional<PicturePooling> poolingNamed(std::string_view word);      // "mean", "self-attention"

}  // namespace chladni::models::ave
