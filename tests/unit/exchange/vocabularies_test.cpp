// The vocabularies that ship, and how they join a project's own.
#include <fstream>
#include <set>

#include "core/exchange/vocabularies.h"
#include "tests/unit/exchange/exchange_support.h"

using namespace chladni;
using namespace chladni::exchange;

TEST_CASE("AVE, AudioSet and VGGSound ship, every name once") {
  for (const auto& [id, count] : {std::pair<const char*, std::size_t>{"ave", 28}, {"AudioSet", 527}, {"vggsound", 309}}) {
    INFO(id);
    const Vocabulary* one = shippedVocabulary(id);
    REQUIRE(one != nullptr);
    CHECK(one->classes.size() == count);
    CHECK(std::set<std::string>(one->classes.begin(), one->classes.end()).size() == count);
  }
  const auto& audioSet = shippedVocabulary("audioset")->classes;
  CHECK(audioSet[0] == "Speech");
  CHECK(audioSet[137] == "Music");
  CHECK(audioSet[526] == "Field recording");
  CHECK(shippedVocabulary("ave")->classes[0] == "Church bell");
  CHECK(shippedVocabulary("nothing") == nullptr);
}

TEST_CASE("a vocabulary joins what is there, with colours apart and the keys that are free") {
  const std::vector<LabelClass> mine{{"owl", 0x123456, "2"}, {"dog", 0x654321, ""}};
  const auto all = withClasses(mine, {"dog", "a", "b", "", "a"});
  REQUIRE(all.size() == 4);
  CHECK(all[0] == mine[0]);
  CHECK(all[1] == mine[1]);
  CHECK(all[2].key == "1");
  CHECK(all[3].key == "3");
  const auto many = withClasses({}, shippedVocabulary("ave")->classes);
  std::set<std::uint32_t> colours;
  for (const LabelClass& one : many) colours.insert(one.colour);
  CHECK(colours.size() == many.size());
  CHECK(many[8].key == "9");
  CHECK(many[9].key.empty());
}

TEST_CASE("a vocabulary is read from a published table or a list of names") {
  const test::Scratch scratch;
  std::ofstream(scratch / "class_labels_indices.csv") << "index,mid,display_name\n0,/m/1,\"Bark, dog\"\n1,/m/2,Meow\n";
  CHECK(*readVocabulary(scratch / "class_labels_indices.csv") == std::vector<std::string>{"Bark, dog", "Meow"});
  std::ofstream(scratch / "names.txt") << "a\nb\n";
  CHECK(readVocabulary(scratch / "names.txt")->size() == 2);
  CHECK(readVocabulary(scratch / "missing.txt").error().code == ErrorCode::notFound);
}
