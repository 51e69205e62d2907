// One folder for each class, folders of music with lyrics, and telling forms apart.
#include "core/base/atomic_file.h"
#include "core/datasets/class_folders.h"
#include "core/datasets/music_table.h"
#include "core/datasets/open_data_set.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::datasets;

namespace {

void put(const std::filesystem::path& path, const std::string& text = "") {
  std::filesystem::create_directories(path.parent_path());
  REQUIRE(writeFileAtomically(path, text));
}

void putMusic(const std::filesystem::path& folder) {
  put(folder / "id_genres.csv", "id\tgenres\naa\trock,pop\nbb\trock\ncc\tjazz, rock\ndd\tpop,\"odd\nee\tpolka\n");
  put(folder / "id_lang.csv", "id\tlang\r\naa\ten\r\nbb\ten\r\ncc\tpt\r\ndd\ten\r\nee\ten\r\n");
}

}  // namespace

TEST_CASE("one folder for each class") {
  const test::Scratch scratch;
  put(scratch / "dog/b.wav");
  put(scratch / "dog/more/a.FLAC");
  put(scratch / "dog/readme.txt");
  put(scratch / "dog/.hidden.wav");
  put(scratch / "cat/c.mp4");
  put(scratch / ".git/d.wav");
  const auto set = readClassFolders(scratch.path());
  REQUIRE(set);
  CHECK(set->classes == std::vector<std::string>{"cat", "dog"});
  REQUIRE(set->items.size() == 3);
  CHECK(set->items[0].media == scratch / "cat/c.mp4");
  CHECK(set->items[1].id == (scratch / "dog/b"));
  CHECK(set->items[2].media == scratch / "dog/more/a.FLAC");
}

TEST_CASE("folders of classes inside train, validation and test") {
  const test::Scratch scratch;
  put(scratch / "train/dog/a.wav");
  put(scratch / "val/dog/b.wav");
  put(scratch / "test/cat/c.wav");
  const auto set = readClassFolders(scratch.path());
  REQUIRE(set);
  CHECK(set->classes == std::vector<std::string>{"cat", "dog"});
  CHECK(set->items[0].split == "test");
  CHECK(set->items[1].split == "train");
  CHECK(set->items[2].split == "validation");
  CHECK(!readClassFolders(scratch / "nowhere"));
  CHECK(!readClassFolders(scratch / "train/dog"));
}

TEST_CASE("music with lyrics: the commonest classes, one language") {
  const test::Scratch scratch;
  putMusic(scratch.path());
  MusicTableOptions options;
  options.commonest = 2;
  const auto set = readMusicFolder(scratch.path(), options);
  REQUIRE(set);
  CHECK(set->classes == std::vector<std::string>{"rock", "pop"});
  REQUIRE(set->items.size() == 3);  // cc is not English, ee has no kept class
  CHECK(set->items[0].labels == std::vector<std::string>{"rock", "pop"});
  CHECK(set->items[2].labels == std::vector<std::string>{"pop"});
  CHECK(set->items[0].media == scratch / "audios/aa.mp3");
  CHECK(set->items[0].lyrics == scratch / "lyrics/aa.txt");
  CHECK(set->notes.size() == 2);

  options.commonest = 0;
  options.language.clear();
  const auto all = readMusicFolder(scratch.path(), options);
  REQUIRE(all);
  CHECK(all->items.size() == 5);
  CHECK(all->classes == std::vector<std::string>{"rock", "pop", "\"odd", "jazz", "polka"});
}

TEST_CASE("broken tables of music are refused") {
  CHECK(parseIdTable("id\tx\na\t1\n", "x", "t"));
  for (const char* text : {"", "x\tid\n", "id\ty\na\t1\n", "id\tx\na\n", "id\tx\na\t1\na\t2\n", "id\tx\n\t1\n",
                           "id\tx\na\t\xFF\n"})
    CHECK(!parseIdTable(text, "x", "t"));
}

TEST_CASE("forms are told apart by what they hold") {
  const test::Scratch scratch;
  put(scratch / "m.csv", "path,start,end,labels\na.wav,0,1,dog\n");
  put(scratch / "m.jsonl", "{\"path\":\"a.wav\",\"labels\":[\"dog\"]}\n");
  put(scratch / "l.json", "{\"data\": [{\"wav\": \"a.wav\", \"labels\": \"dog\"}]}");
  put(scratch / "vgg.csv", "ab,2,dog,train\n");
  put(scratch / "ave.txt", "dog&ab&good&0&10\n");
  put(scratch / "folders/dog/a.wav");
  for (const char* name : {"m.csv", "m.jsonl", "l.json", "vgg.csv", "ave.txt", "folders"}) {
    INFO(name);
    const auto set = openDataSet(scratch / name);
    REQUIRE(set);
    REQUIRE(set->items.size() == 1);
    CHECK(set->items[0].labels == std::vector<std::string>{"dog"});
  }
  putMusic(scratch / "music");
  const auto music = openDataSet(scratch / "music");
  REQUIRE(music);
  CHECK(music->items.size() == 4);
  put(scratch / "odd.txt", "hello\n");
  CHECK(openDataSet(scratch / "odd.txt").error().code == ErrorCode::unsupported);
  CHECK(openDataSet(scratch / "missing").error().code == ErrorCode::notFound);
}

TEST_CASE("a folder with a table of others is read by it, or by its folders when the table lists no recordings") {
  const test::Scratch scratch;
  put(scratch / "understood/manifest.csv", "file,class\na.wav,dog\n");
  const auto understood = openDataSet(scratch / "understood");
  REQUIRE(understood);
  CHECK(understood->items[0].labels == std::vector<std::string>{"dog"});
  CHECK(understood->notes.size() == 1);
  put(scratch / "mixed/manifest.csv", "file,codec\ncat/a.wav,pcm\n");
  put(scratch / "mixed/cat/a.wav");
  const auto mixed = openDataSet(scratch / "mixed");
  REQUIRE(mixed);
  CHECK(mixed->items[0].labels == std::vector<std::string>{"cat"});
  REQUIRE(mixed->notes.size() == 1);
  CHECK(mixed->notes[0].find("the folders were taken as classes instead") != std::string::npos);
  put(scratch / "neither/manifest.csv", "file,codec\na.wav,pcm\n");
  const auto neither = openDataSet(scratch / "neither");
  REQUIRE_FALSE(neither);
  CHECK(neither.error().message.find("no column for labels among file, codec; a manifest begins with path,start,end,labels") != std::string::npos);
}
