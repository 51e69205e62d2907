// Lyrics as the audio + lyrics model was shown them: every line and every paragraph once (the first time it comes, in
// the order of the text), and only English songs. Lines are compared without the whitespace around them; paragraphs are
// parted by empty lines. Any bytes are accepted; any thread may call.
#pragma once

#include <string>
#include <string_view>

namespace chladni::text {

struct CleaningOptions {
  bool paragraphs = true;  // a paragraph said before goes
  bool lines = true;       // a line said before goes
};

std::string withoutRepeats(std::string_view lyrics, const CleaningOptions& options = {});

// A guess from the commonest English words and the Latin alphabet, made for whole songs; false for fewer than four words.
bool looksEnglish(std::string_view lyrics);

}  // namespace chladni::text
