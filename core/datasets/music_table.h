// Folders of music with lyrics as Music4All has them: tables separated by tabs whose first column is id (id_genres.csv with
// genres, id_tags.csv with tags, separated by commas; id_lang.csv with lang), audios/<id><extension> and lyrics/<id>.txt.
// Kept are items with at least one of the commonest classes and, if a language is asked for, lyrics in it.
// Fails with notFound, io, or corruptData naming the line; the files of sound and lyrics are not looked for.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/datasets/data_set.h"

namespace chladni::datasets {

struct MusicTableOptions {
  std::string labels = "genres";   // or "tags": the column, and the table id_<labels>.csv
  std::size_t commonest = 50;      // classes kept, counted over all rows; 0: all
  std::string language = "en";     // needs id_lang.csv; "": any
  std::string extension = ".mp3";
};

// id -> text of the column. An id that is there twice fails.
Result<std::map<std::string, std::string>> parseIdTable(std::string_view text, const std::string& column,
                                                        const std::string& origin);

// Classes are ordered by how often they occur, equal ones by name.
Result<DataSet> readMusicFolder(const std::filesystem::path& folder, const MusicTableOptions& options = {});

}  // namespace chladni::datasets
