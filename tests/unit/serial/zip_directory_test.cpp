#include "core/serial/zip_directory.h"

#include "tests/support/catch.h"
#include "tests/unit/serial/torch_zip.h"

using namespace chladni;
using namespace chladni::serial;
using chladni::test::zipText;

namespace {

std::unique_ptr<ByteSource> source(const std::string& text) {
  return memorySource(std::as_bytes(std::span(text)), "z.zip");
}

std::string entryText(const std::string& zip, const std::string& name) {
  const auto from = source(zip);
  const auto directory = readZipDirectory(*from);
  if (!directory) FAIL(directory.error().message);
  const auto entry = directory->find(name);
  REQUIRE(entry != directory->end());
  const auto start = locateZipEntry(*from, name, entry->second);
  if (!start) FAIL(start.error().message);
  return zip.substr(*start, entry->second.size);
}

}  // namespace

TEST_CASE("zip: entries are found, with comments and in ZIP64") {
  const test::ZipParts parts{{"a/data.pkl", "hello"}, {"a/data/0", std::string(1000, 'x')}, {"a/empty", ""}};
  for (const bool zip64 : {false, true})
    for (const std::string& comment : {std::string(), std::string("PK\x05\x06 a false start"), std::string(60'000, 'c')}) {
      const std::string zip = zipText(parts, {zip64, comment});
      for (const auto& [name, data] : parts) CHECK(entryText(zip, name) == data);
    }
}

TEST_CASE("zip: cut anywhere, it is refused") {
  const std::string zip = zipText({{"a/data.pkl", "hello"}, {"a/data/0", "xyz"}});
  for (std::size_t size = 0; size < zip.size(); ++size) {
    const std::string cut = zip.substr(0, size);
    CHECK_FALSE(readZipDirectory(*source(cut)));
  }
}

TEST_CASE("zip: entries that lie, repeat, hide or are packed") {
  CHECK_FALSE(readZipDirectory(*source(zipText({{"a", "1"}, {"a", "2"}}))));
  for (const auto& options : {test::ZipOptions{false, "", 8, 0}, test::ZipOptions{false, "", 0, 1}}) {
    const std::string zip = zipText({{"a", "1"}}, options);
    const auto from = source(zip);
    const auto directory = readZipDirectory(*from);
    REQUIRE(directory);
    CHECK(locateZipEntry(*from, "a", directory->at("a")).error().code == ErrorCode::unsupported);
  }
  const std::string zip = zipText({{"a", "1"}});
  const auto from = source(zip);
  CHECK_FALSE(locateZipEntry(*from, "a", {0, 5000, 0, false}));
  CHECK_FALSE(locateZipEntry(*from, "a", {0, ~std::uint64_t{0}, 0, false}));
  CHECK_FALSE(locateZipEntry(*from, "a", {~std::uint64_t{0}, 1, 0, false}));
  CHECK_FALSE(locateZipEntry(*from, "a", {3, 1, 0, false}));
  CHECK_FALSE(locateZipEntry(*from, "b", {0, 1, 0, false}));
}
