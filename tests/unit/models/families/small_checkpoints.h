// A small checkpoint with random weights of every family, as `models import` reads it, and what packages of it can do.
// A new family adds a row to smallCheckpoints().
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace chladni::test {

enum class Media { sound, pictures };

struct SmallCheckpoint {
  std::string family;
  std::string variant;                          // of families that hold several networks
  std::map<std::string, std::string> settings;  // what its tensors do not tell
  bool classifies = false, attends = false, paints = false, givesFeatures = false;
  bool hasFrontend = false;                     // of sound: what `frontend` shows
  bool looks = false;                           // at patches of a picture, with its attention
  Media media = Media::sound;
  void (*write)(const SmallCheckpoint& self, const std::filesystem::path& file) = nullptr;
};

const std::vector<SmallCheckpoint>& smallCheckpoints();

// A TorchScript package, which no import makes; returns the SHA-256 of its module.
std::string writeScriptPackage(const std::filesystem::path& folder);

}  // namespace chladni::test
