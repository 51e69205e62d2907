// FilmLoader: the provider of a film lane's pictures. One thread decodes what is wanted, in that order; a newer wish
// replaces what is left of the one before. A slot is given the key frame nearest to its beginning if it is at most half a slot away;
// else, and then for all slots as short, the very picture on show when it begins. Keeps a bounded number of pictures. GUI thread only; destruction joins.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>

#include "core/base/error.h"
#include "core/media/video_reader.h"
#include "ui/bridge/gui_post.h"
#include "widgets/video/film_provider.h"

namespace chladni::ui {

class FilmLoader : public widgets::FilmProvider {
  Q_OBJECT

 public:
  explicit FilmLoader(QObject* parent = nullptr);
  ~FilmLoader() override;

  void setFilm(std::optional<std::filesystem::path> path, int pixels) override;
  [[nodiscard]] std::optional<std::shared_ptr<const VideoFrame>> picture(widgets::FilmSlot slot) const override;
  [[nodiscard]] std::shared_ptr<const VideoFrame> nearest(double seconds) const override;
  void want(const std::vector<widgets::FilmSlot>& slots) override;
  [[nodiscard]] bool idle() const override { return outstanding_.empty(); }
  [[nodiscard]] const QString& failure() const override { return failure_; }

 private:
  struct Wish {
    std::uint64_t film = 0;
    std::filesystem::path path;
    int pixels = 0;
    std::vector<widgets::FilmSlot> slots;  // in order; the first is served next
  };

  void run(std::stop_token stop);
  [[nodiscard]] Result<VideoFrame> serve(const Wish& wish, widgets::FilmSlot slot, std::stop_token stop);
  void accept(widgets::FilmSlot slot, std::shared_ptr<const VideoFrame> picture);
  void giveUp(const Error& error);
  void trim();

  // GUI thread
  std::uint64_t film_ = 0;
  std::optional<std::filesystem::path> path_;
  int pixels_ = 0;
  std::map<widgets::FilmSlot, std::shared_ptr<const VideoFrame>> pictures_;
  std::map<MediaTime, std::shared_ptr<const VideoFrame>> byTime_;
  std::vector<widgets::FilmSlot> outstanding_;
  QString failure_;
  GuiPost post_;
  // guarded by mutex_
  std::mutex mutex_;
  std::condition_variable_any wake_;
  Wish wish_;
  std::stop_source current_;  // stops the decoding for a film that was replaced
  // worker only
  std::optional<media::VideoReader> reader_;
  std::uint64_t readerFilm_ = 0;
  int exactFrom_ = 0;  // slots below this level have no key frames near enough
  // last: starts when everything above exists
  std::jthread thread_;
};

}  // namespace chladni::ui
