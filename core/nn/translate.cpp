#include "core/nn/translate.h"

#include <string_view>

#include <c10/util/Exception.h>

namespace chladni::nn {
namespace {

bool mentions(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const auto word : words)
    if (text.find(word) != std::string_view::npos) return true;
  return false;
}

}  // namespace

Error translateException(const std::exception& problem) {
  if (dynamic_cast<const std::bad_alloc*>(&problem) != nullptr)
    return {ErrorCode::outOfMemory, "not enough memory; close other programs or use a smaller model", {}};
  const auto* torch = dynamic_cast<const c10::Error*>(&problem);
  const std::string text = torch != nullptr ? torch->what_without_backtrace() : problem.what();
  const std::string line = text.substr(0, text.find('\n'));
  if (mentions(text, {"out of memory", "can't allocate memory", "not enough memory"}))
    return {ErrorCode::outOfMemory, "not enough memory; close other programs or use a smaller model: " + line, {}};
  if (mentions(text, {"CUDA error", "CUDA driver", "cuDNN", "CUBLAS"}))
    return {ErrorCode::deviceUnavailable, "the CUDA device failed; try --device cpu: " + line, {}};
  return {ErrorCode::internal, "LibTorch refused: " + line, {}};
}

}  // namespace chladni::nn
