#include "ui/bridge/film_loader.h"
#include "ui/workspace/text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chladni::ui {

using widgets::FilmSlot;
namespace {

constexpr std::size_t kMostPictures = 800;  // of about 20 kB

}  // namespace

FilmLoader::FilmLoader(QObject* parent) : FilmProvider(parent), post_(this), thread_([this](std::stop_token stop) { run(stop); }) {}

FilmLoader::~FilmLoader() {
  {
    const std::lock_guard lock(mutex_);
    current_.request_stop();
  }
  thread_.request_stop();
  wake_.notify_all();
}

void FilmLoader::setFilm(std::optional<std::filesystem::path> path, int pixels) {
  ++film_;
  path_ = std::move(path);
  pixels_ = pixels;
  pictures_.clear();
  byTime_.clear();
  outstanding_.clear();
  failure_.clear();
  const std::lock_guard lock(mutex_);
  current_.request_stop();
  current_ = std::stop_source();
  wish_ = {};
}

std::optional<std::shared_ptr<const VideoFrame>> FilmLoader::picture(FilmSlot slot) const {
  const auto found = pictures_.find(slot);
  return found == pictures_.end() ? std::nullopt : std::optional(found->second);
}

std::shared_ptr<const VideoFrame> FilmLoader::nearest(double seconds) const {
  if (byTime_.empty()) return nullptr;
  const auto after = byTime_.lower_bound(MediaTime::fromSeconds(seconds));
  if (after == byTime_.begin()) return after->second;
  const auto before = std::prev(after);
  const bool later = after != byTime_.end() && after->first.seconds() - seconds < seconds - before->first.seconds();
  return later ? after->second : before->second;
}

void FilmLoader::want(const std::vector<FilmSlot>& slots) {
  if (!path_ || !failure_.isEmpty()) return;
  outstanding_ = slots;
  const std::lock_guard lock(mutex_);
  wish_ = {film_, *path_, pixels_, slots};
  wake_.notify_all();
}

void FilmLoader::run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    Wish wish;
    FilmSlot slot;
    std::stop_token current;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, stop, [&] { return !wish_.slots.empty(); });
      if (stop.stop_requested()) return;
      wish = wish_;
      slot = wish_.slots.front();
      wish_.slots.erase(wish_.slots.begin());
      current = current_.get_token();
    }
    auto picture = std::make_shared<Result<VideoFrame>>(serve(wish, slot, current));
    const bool opened = reader_.has_value();
    post_([this, film = wish.film, slot, picture, opened] {
      if (film != film_ || (!*picture && picture->error().code == ErrorCode::cancelled)) return;
      if (!opened) return giveUp(picture->error());
      accept(slot, *picture ? std::make_shared<const VideoFrame>(std::move(**picture)) : nullptr);
    });
  }
}

Result<VideoFrame> FilmLoader::serve(const Wish& wish, FilmSlot slot, std::stop_token stop) {
  if (readerFilm_ != wish.film || !reader_) {
    reader_.reset();
    readerFilm_ = wish.film;
    exactFrom_ = std::numeric_limits<int>::min();
    auto opened = media::VideoReader::open(wish.path, {.maxHeight = wish.pixels, .quick = true, .threads = 2}, stop);
    if (!opened) return fail(opened.error());
    reader_.emplace(std::move(*opened));
  }
  const auto start = MediaTime::fromSeconds(slot.start());
  if (slot.level >= exactFrom_) {
    auto key = reader_->nearestKeyFrame(start, stop);
    if (!key || std::abs(key->time.seconds() - slot.start()) <= 0.5 * FilmSlot::seconds(slot.level)) return key;
    exactFrom_ = slot.level + 1;
  }
  return reader_->frameAt(start, stop);
}

void FilmLoader::accept(FilmSlot slot, std::shared_ptr<const VideoFrame> picture) {
  if (picture) byTime_[picture->time] = picture;
  pictures_[slot] = std::move(picture);
  std::erase(outstanding_, slot);
  trim();
  Q_EMIT ready();
}

void FilmLoader::giveUp(const Error& error) {
  failure_ = messageText(error);
  outstanding_.clear();
  Q_EMIT ready();
}

// Of other lengths first; what is in view is asked for again.
void FilmLoader::trim() {
  if (pictures_.size() <= kMostPictures) return;
  const int level = outstanding_.empty() ? pictures_.begin()->first.level : outstanding_.front().level;
  std::erase_if(pictures_, [&](const auto& entry) { return entry.first.level != level; });
  if (pictures_.size() > kMostPictures) pictures_.clear();
  byTime_.clear();
  for (const auto& [slot, picture] : pictures_)
    if (picture) byTime_[picture->time] = picture;
}

}  // namespace chladni::ui
