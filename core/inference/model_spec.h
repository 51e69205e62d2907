// ModelSpec: a parsed and checked model.json (version 1) plus where it lies. Plain data, no torch.
// `architecture` holds the family's own numbers by name ("depth", "width", "stride_time"); families read what they
// know and refuse what is missing. Reading and writing: core/inference/model_package.h.
#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/data/frontend_spec.h"

namespace chladni::inference {

using Attribute = std::variant<bool, double, std::string>;

struct WeightsFile {
  std::string file = "weights.safetensors";  // beside model.json
  std::string sha256;                        // lower-case hex
  std::string dtype = "fp32";                // how it is stored: fp32, fp16, bf16
};

struct ModelSpec {
  std::string name;  // of the folder
  std::filesystem::path folder;
  int version = 1;
  std::string family;
  std::string title;
  std::string licence;
  std::string source;
  std::string data;                // one paragraph: trained on what
  std::vector<std::string> tasks;  // "instruments", "audio-events", ...
  bool multiLabel = false;         // "task": "multi-label" (sigmoid) or "multi-class" (softmax)
  FrontendSpec frontend;
  std::map<std::string, Attribute> architecture;
  std::vector<std::string> classes;  // index order
  std::vector<std::string> ontologyIds;  // empty or one per class
  double windowSeconds = 0.0;  // recommended window and hop when classifying long recordings
  double hopSeconds = 0.0;
  WeightsFile weights;
  std::map<std::string, std::string> fileSha256;  // of every other file that the manifest vouches for, by its name
  std::string metricsJson = "{}";  // measured figures, verbatim
  double temperature = 1.0;        // logits are divided by this before softmax or sigmoid (calibration)
  bool installed = true;           // false: manifest without its weights

  [[nodiscard]] std::optional<double> number(const std::string& key) const {
    const auto it = architecture.find(key);
    if (it == architecture.end() || !std::holds_alternative<double>(it->second)) return std::nullopt;
    return std::get<double>(it->second);
  }
  [[nodiscard]] bool hasTask(std::string_view task) const { return std::find(tasks.begin(), tasks.end(), task) != tasks.end(); }
  [[nodiscard]] std::optional<bool> flag(const std::string& key) const {
    const auto it = architecture.find(key);
    if (it == architecture.end() || !std::holds_alternative<bool>(it->second)) return std::nullopt;
    return std::get<bool>(it->second);
  }
  [[nodiscard]] std::optional<std::string> text(const std::string& key) const {
    const auto it = architecture.find(key);
    if (it == architecture.end() || !std::holds_alternative<std::string>(it->second)) return std::nullopt;
    return std::get<std::string>(it->second);
  }
};

}  // namespace chladni::inference
