// Whatever a reader of labels accepts can be written in the same format again and comes back as keptOf() promised.
#include "core/annotation/label_file.h"
#include "tests/fuzz/fuzz_input.h"

using namespace chladni;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr auto kFormat = annotation::LabelFormat::CHLADNI_LABEL_FORMAT;
  const auto text = test::text(data, size);
  (void)annotation::detectLabelFormat(text, "fuzz");
  const auto set = annotation::readLabels(text, kFormat, "fuzz");
  if (!set) {
    test::checkMessage(set.error());
    return 0;
  }
  const LabelSet kept = annotation::keptOf(*set, kFormat);
  bool empty = true;
  for (const LabelTrack& track : kept.tracks) empty = empty && track.labels.empty();
  // AVE has no empty file.
  if (empty && kFormat == annotation::LabelFormat::ave) return 0;
  const auto written = annotation::writeLabels(*set, kFormat);
  CHLADNI_ASSERT(written);
  const auto again = annotation::readLabels(*written, kFormat, "again");
  CHLADNI_ASSERT(again && *again == kept);
  return 0;
}
