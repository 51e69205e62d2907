#include "models/lyrics_mae/lyrics_reader.h"

#include <string>
#include <utility>

#include "core/inference/model_package.h"
#include "core/text/lyric_cleaning.h"

namespace chladni::models::lyrics_mae {

Result<text::Vocabulary> readVocabulary(const std::filesystem::path& file, const LyricsConfig& config) {
  auto vocabulary = text::Vocabulary::read(file);
  if (vocabulary && vocabulary->size() != config.vocabularySize)
    return fail(ErrorCode::incompatibleModel, file.string() + ": has " + std::to_string(vocabulary->size()) +
                                                  " words but the model has vectors for " +
                                                  std::to_string(config.vocabularySize) +
                                                  "; use the vocab.txt it was trained with");
  return vocabulary;
}

Result<LyricsReader> LyricsReader::create(const inference::ModelSpec& spec, const LyricsConfig& config) {
  auto file = inference::packageFile(spec.folder, spec.frontend.lyrics->vocabulary);
  if (!file) return fail(std::move(file).error());
  return create(*file, spec.frontend.lyrics->lowerCase, config);
}

Result<LyricsReader> LyricsReader::create(const std::filesystem::path& file, bool lowerCase, const LyricsConfig& config) {
  auto vocabulary = readVocabulary(file, config);
  if (!vocabulary) return fail(std::move(vocabulary).error());
  const text::WordPieceOptions options{lowerCase, static_cast<std::size_t>(config.wordLimit)};
  auto tokeniser = text::WordPiece::create(*std::move(vocabulary), options);
  if (!tokeniser) return fail(std::move(tokeniser).error());
  return LyricsReader(std::make_shared<const text::WordPiece>(*std::move(tokeniser)), config);
}

Result<std::vector<std::int64_t>> LyricsReader::read(std::string_view lyrics) const {
  if (lyrics.size() > kMaxBytes)
    return fail(ErrorCode::invalidArgument, "lyrics of " + std::to_string(lyrics.size()) +
                                                " bytes are no song's; give a text of at most 4 MiB");
  if (clean_) return tokeniser_->sequence(text::withoutRepeats(lyrics), tokens_, special_).ids;
  return tokeniser_->sequence(lyrics, tokens_, special_).ids;
}

}  // namespace chladni::models::lyrics_mae
