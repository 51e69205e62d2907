#include "core/text/lyric_cleaning.h"

#include "tests/support/catch.h"

using namespace chladni;

TEST_CASE("A chorus sung again goes, in the order of the song") {
  CHECK(text::withoutRepeats("one\ntwo\n\nla la\noh\n\nthree\r\n\r\nla la\noh\n\n\nfour\n") ==
        "one\ntwo\n\nla la\noh\n\nthree\n\nfour\n");
}

TEST_CASE("Lines repeat inside and across paragraphs") {
  CHECK(text::withoutRepeats("oh\noh\nyes\n\nno\noh") == "oh\nyes\n\nno\n");
  CHECK(text::withoutRepeats("oh\noh\n\noh\noh\n\nno", {true, false}) == "oh\noh\n\nno\n");
  CHECK(text::withoutRepeats("oh\noh\n\noh\noh", {false, false}) == "oh\noh\n\noh\noh\n");
  CHECK(text::withoutRepeats(" \n\t\n").empty());
  CHECK(text::withoutRepeats("").empty());
}

TEST_CASE("English songs are told from others") {
  CHECK(text::looksEnglish("I was walking down the road and the sun was in my eyes, you know that I will wait for you"));
  CHECK_FALSE(text::looksEnglish("Ich gehe heute durch den Wald und denke nur an dich, mein Herz ist schwer"));
  CHECK_FALSE(text::looksEnglish("Quand la nuit descend sur la ville je pense encore à toi mon amour"));
  CHECK_FALSE(text::looksEnglish("Я иду по дороге и думаю о тебе"));
  CHECK_FALSE(text::looksEnglish("\xFF\xFE\x80"));
  CHECK_FALSE(text::looksEnglish("the"));
}
