#include "ui/bridge/tile_loader.h"
#include "ui/workspace/text.h"

namespace chladni::ui {

using namespace widgets;
namespace {

constexpr std::size_t kByteBudget = 96U << 20;
constexpr std::size_t kQueued = 96;
constexpr int kAgainMs = 600;

std::size_t bytesOf(const Tile& tile) { return tile.values.values.size() * sizeof(float); }

}  // namespace

TileLoader::TileLoader(QObject* parent)
    : TileProvider(parent), post_(this),
      queue_(std::make_unique<jobs::JobQueue>(jobs::QueueOrder::newestFirst, 2, kQueued)) {
  again_.setSingleShot(true);
  again_.setInterval(kAgainMs);
  connect(&again_, &QTimer::timeout, this, [this] {
    refreshSampled();
    Q_EMIT ready();
  });
}

TileLoader::~TileLoader() { queue_.reset(); }

void TileLoader::setSource(std::shared_ptr<TileSource> source) {
  ++generation_;
  queue_->cancelAll();
  again_.stop();
  source_ = std::move(source);
  tiles_.clear();
  uses_.clear();
  wanted_.clear();
  bytes_ = 0;
  failure_.clear();
}

std::shared_ptr<const Tile> TileLoader::tile(TileKey key, bool wanted) {
  const auto found = tiles_.find(key);
  if (found == tiles_.end()) {
    if (wanted) request(key);
    return nullptr;
  }
  uses_.splice(uses_.begin(), uses_, found->second.use);
  if (wanted && found->second.stale) request(key);
  return found->second.tile;
}

void TileLoader::refreshSampled() {
  for (auto& [key, kept] : tiles_) kept.stale = kept.tile->sampled;
}

void TileLoader::request(TileKey key) {
  if (!source_ || !wanted_.insert(key).second) return;
  jobs::Job job;
  job.run = [this, post = post_, source = source_, key, generation = generation_](std::stop_token stop) {
    auto result = std::make_shared<Result<std::shared_ptr<const Tile>>>(source->compute(key, stop));
    post([this, generation, key, result] {
      if (generation != generation_) return;
      wanted_.erase(key);
      if (*result) {
        accept(key, **result);
      } else if (result->error().code != ErrorCode::cancelled) {
        failure_ = messageText(result->error());
      }
      Q_EMIT ready();
    });
  };
  // Dropped because newer ones came: it may be asked for again.
  job.dropped = [this, post = post_, key, generation = generation_] {
    post([this, generation, key] {
      if (generation == generation_) wanted_.erase(key);
    });
  };
  queue_->submit(std::move(job));
}

void TileLoader::accept(TileKey key, std::shared_ptr<const Tile> tile) {
  if (const auto old = tiles_.find(key); old != tiles_.end()) {
    bytes_ -= bytesOf(*old->second.tile);
    uses_.erase(old->second.use);
    tiles_.erase(old);
  }
  if (tile->sampled && !again_.isActive()) again_.start();
  uses_.push_front(key);
  bytes_ += bytesOf(*tile);
  tiles_[key] = {std::move(tile), uses_.begin(), false};
  trim();
}

void TileLoader::trim() {
  while (bytes_ > kByteBudget && uses_.size() > 1) {
    const auto oldest = tiles_.find(uses_.back());
    bytes_ -= bytesOf(*oldest->second.tile);
    tiles_.erase(oldest);
    uses_.pop_back();
  }
}

}  // namespace chladni::ui
