#include "core/training/train_control.h"

#include <string>

#include "core/serial/json_value.h"

namespace chladni::training {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string commandOf(std::string_view line) {
  line = trimmed(line);
  if (!line.starts_with("{")) return std::string(line);
  auto json = serial::parseJson(line, "command", {4096, 4, 64});
  const auto* command = json ? json->find("command") : nullptr;
  return command && command->string() ? *command->string() : std::string(line);
}

}  // namespace

TrainControl::TrainControl(std::stop_token stop) : stop_(std::move(stop)) {}

Result<void> TrainControl::obey(std::string_view line) {
  const auto command = commandOf(line);
  if (command.empty()) return {};
  const std::scoped_lock lock(mutex_);
  if (command == "pause") {
    paused_ = true;
  } else if (command == "resume") {
    paused_ = false;
  } else if (command == "stop") {
    stopSaid_ = true;
  } else {
    return fail(ErrorCode::protocol, serial::printable(command) + ": no such command; say pause, resume or stop");
  }
  changed_.notify_all();
  return {};
}

void TrainControl::waitWhilePaused() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, stop_, [this] { return !paused_ || stopSaid_; });
}

void TrainControl::wait(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, stop_, time, [this] { return stopSaid_.load(); });
}

}  // namespace chladni::training
