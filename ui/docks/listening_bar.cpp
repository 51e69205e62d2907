#include "ui/docks/listening_bar.h"

namespace chladni::ui {
namespace {

std::vector<Voice> voices() {
  return {{"listen0", ListeningBar::tr("▶ Original"), ListeningBar::tr("Hear the sound as the model knows it: its spectrum, with phases made up"), "original.wav"},
          {"listen1", ListeningBar::tr("▶ Shown"), ListeningBar::tr("Hear only what was shown to the model; what was hidden is silent"), "masked.wav"},
          {"listen2", ListeningBar::tr("▶ Painted"), ListeningBar::tr("Hear what was shown together with what the model painted into the gaps"), "predicted.wav"}};
}

}  // namespace

ListeningBar::ListeningBar(QWidget* parent) : VoiceBar("listening", voices(), parent) {}

void ListeningBar::setClip(std::shared_ptr<const analysis::ReconstructedClip> clip, const FrontendSpec& spec) {
  if (clip == clip_) return;
  clip_ = clip && clip->sound.original.rows > 0 ? std::move(clip) : nullptr;
  sounds_ = std::make_shared<Sounds>();
  if (!clip_) return setMaker({}, {});
  setMaker(
      [clip = clip_, spec, sounds = sounds_](const std::filesystem::path& folder, std::stop_token stop) -> Result<void> {
        auto made = analysis::listen(*clip, spec, stop);
        if (!made) return fail(made.error());
        if (auto written = analysis::writeListening(*made, folder); !written) return written;
        const std::lock_guard lock(sounds->mutex);
        sounds->listening = std::move(*made);
        return {};
      },
      tr("Heard through the model's ears: phases are made up, so even the original sounds a little rough."));
}

std::optional<analysis::Listening> ListeningBar::listening() const {
  if (!sounds_ || !made()) return std::nullopt;
  const std::lock_guard lock(sounds_->mutex);
  return sounds_->listening;
}

}  // namespace chladni::ui
