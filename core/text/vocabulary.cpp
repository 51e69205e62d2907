#include "core/text/vocabulary.h"

#include <fstream>
#include <system_error>

#include "core/text/characters.h"
#include "core/text/code_points.h"

namespace chladni::text {
namespace {

std::string stripped(std::string_view line) {
  const auto all = decodeUtf8(line);
  std::size_t first = 0;
  std::size_t last = all.size();
  while (first < last && isWhitespace(all[first])) ++first;
  while (last > first && isWhitespace(all[last - 1])) --last;
  return encodeUtf8(std::u32string_view(all).substr(first, last - first));
}

}  // namespace

Result<Vocabulary> Vocabulary::read(const std::filesystem::path& file) {
  std::error_code problem;
  const auto bytes = std::filesystem::file_size(file, problem);
  if (problem)
    return fail(problem == std::errc::no_such_file_or_directory ? ErrorCode::notFound : ErrorCode::io,
                file.string() + ": cannot read the vocabulary, " + problem.message() +
                    "; put the vocab.txt that the model was trained with there");
  if (bytes > kMaxBytes) return fail(ErrorCode::corruptData, file.string() + ": too large for a vocabulary of words");
  std::string text(static_cast<std::size_t>(bytes), '\0');
  std::ifstream stream(file, std::ios::binary);
  if (!stream.read(text.data(), static_cast<std::streamsize>(text.size())))
    return fail(ErrorCode::io, file.string() + ": cannot read the vocabulary");
  return parse(text, file.string());
}

Result<Vocabulary> Vocabulary::parse(std::string_view lines, const std::string& origin) {
  if (lines.size() > kMaxBytes) return fail(ErrorCode::corruptData, origin + ": too large for a vocabulary of words");
  Vocabulary vocabulary;
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    auto entry = stripped(lines.substr(0, end));
    lines = end == std::string_view::npos ? std::string_view{} : lines.substr(end + 1);
    if (vocabulary.entries_.size() == kMaxEntries)
      return fail(ErrorCode::corruptData, origin + ": more than " + std::to_string(kMaxEntries) + " words");
    vocabulary.ids_[entry] = vocabulary.size();
    vocabulary.entries_.push_back(std::move(entry));
  }
  if (vocabulary.entries_.empty()) return fail(ErrorCode::corruptData, origin + ": a vocabulary without words");
  return vocabulary;
}

std::optional<std::int64_t> Vocabulary::find(const std::string& entry) const {
  const auto found = ids_.find(entry);
  if (found == ids_.end()) return std::nullopt;
  return found->second;
}

}  // namespace chladni::text
