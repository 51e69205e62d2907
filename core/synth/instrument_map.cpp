#include "core/synth/instrument_map.h"

#include <charconv>
#include <cstdlib>
#include <system_error>

#include "core/synth/csv_table.h"

namespace chladni::synth {
namespace {

namespace fs = std::filesystem;

fs::path mapsFolder() {
  std::error_code ignored;
  const auto program = fs::read_symlink("/proc/self/exe", ignored);
  const auto installed = program.parent_path().parent_path() / "share/chladni/maps";
  if (!program.empty() && fs::is_directory(installed, ignored)) return installed;
  return fs::path(CHLADNI_SOURCE_RESOURCES) / "maps";
}

Result<int> wholeNumber(const std::string& text, const std::string& what) {
  int value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size())
    return fail(ErrorCode::corruptData, what + ": expected a whole number, found " + text);
  return value;
}

Result<Manner> mannerOf(const std::string& text) {
  if (text == "solo") return Manner::solo;
  if (text == "chords") return Manner::chords;
  if (text == "voice") return Manner::voice;
  if (text == "hits") return Manner::hits;
  if (text == "kit") return Manner::kit;
  return fail(ErrorCode::corruptData, "manner: expected solo, chords, voice, hits or kit, found " + text);
}

// Rows as texts in the order of `columns`.
Result<std::vector<std::vector<std::string>>> rowsOf(const fs::path& path, const std::vector<std::string>& columns) {
  auto table = CsvTable::read(path);
  if (!table) return fail(table.error());
  std::vector<std::size_t> indices;
  for (const auto& name : columns) {
    auto index = table->require(name);
    if (!index) return fail(index.error());
    indices.push_back(*index);
  }
  std::vector<std::vector<std::string>> rows(table->rows());
  for (std::size_t row = 0; row < rows.size(); ++row)
    for (const auto index : indices) rows[row].push_back(table->at(row, index));
  return rows;
}

Result<void> loadInstruments(const fs::path& path, InstrumentMap& map) {
  auto rows = rowsOf(path, {"class", "manner", "lowest_key", "highest_key"});
  if (!rows) return fail(rows.error());
  for (const auto& row : *rows) {
    auto manner = mannerOf(row[1]);
    auto low = wholeNumber(row[2], "lowest_key");
    auto high = wholeNumber(row[3], "highest_key");
    if (!manner) return fail(manner.error(), path.string());
    if (!low) return fail(low.error(), path.string());
    if (!high) return fail(high.error(), path.string());
    map.instruments[row[0]] = {row[0], *manner, *low, *high};
  }
  return {};
}

Result<void> loadPresets(const fs::path& path, InstrumentMap& map) {
  auto rows = rowsOf(path, {"soundfont", "bank", "program", "preset", "class"});
  if (!rows) return fail(rows.error());
  for (const auto& row : *rows) {
    auto bank = wholeNumber(row[1], "bank");
    auto program = wholeNumber(row[2], "program");
    if (!bank) return fail(bank.error(), path.string());
    if (!program) return fail(program.error(), path.string());
    map.presets.push_back({row[0], *bank, *program, row[3], row[4]});
  }
  return {};
}

Result<void> loadDrums(const fs::path& path, InstrumentMap& map) {
  auto rows = rowsOf(path, {"key", "class"});
  if (!rows) return fail(rows.error());
  for (const auto& row : *rows) {
    auto key = wholeNumber(row[0], "key");
    if (!key) return fail(key.error(), path.string());
    map.drumLabels[*key] = row[1];
  }
  return {};
}

}  // namespace

Result<InstrumentMap> InstrumentMap::load(const fs::path& folder) {
  const auto maps = folder.empty() ? mapsFolder() : folder;
  InstrumentMap map;
  if (auto done = loadInstruments(maps / "instruments.csv", map); !done) return fail(done.error());
  if (auto done = loadPresets(maps / "soundfont_presets.csv", map); !done) return fail(done.error());
  if (auto done = loadDrums(maps / "drum_notes.csv", map); !done) return fail(done.error());
  return map;
}

fs::path findSoundfont(const std::string& fileName) {
  std::vector<fs::path> folders{"/usr/share/sounds/sf2", "/usr/share/sounds/sf3", "/usr/share/soundfonts"};
  if (const char* own = std::getenv("CHLADNI_SOUNDFONTS")) folders = {own};
  std::error_code ignored;
  for (const auto& folder : folders)
    if (fs::is_regular_file(folder / fileName, ignored)) return folder / fileName;
  return {};
}

}  // namespace chladni::synth
