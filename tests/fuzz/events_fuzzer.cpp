// The events of a run, first a part of them and then the rest, as a run writes them.
#include "core/runs/event_file.h"

#include <filesystem>
#include <fstream>
#include <unistd.h>

#include "tests/fuzz/fuzz_input.h"

using namespace chladni;

namespace {

const std::filesystem::path& scratchFile() {
  static const auto path = std::filesystem::temp_directory_path() / ("chladni-fuzz-events-" + std::to_string(getpid()));
  return path;
}

void put(std::string_view text, std::ios::openmode mode) {
  std::ofstream file(scratchFile(), std::ios::binary | mode);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = test::text(data, size);
  runs::EventFile file(scratchFile());
  runs::RunHistory history;
  put(text.substr(0, size / 2), std::ios::trunc);
  CHLADNI_ASSERT(file.update(history));
  put(text.substr(size / 2), std::ios::app);
  CHLADNI_ASSERT(file.update(history));
  return 0;
}
