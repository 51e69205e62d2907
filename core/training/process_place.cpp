#include "core/training/process_place.h"

#include <charconv>
#include <cstdlib>

#include "core/serial/json_value.h"

namespace chladni::training {
namespace {

constexpr std::int64_t kMostProcesses = 100'000;
constexpr std::int64_t kFirstSlurmPort = 15'000;
constexpr std::int64_t kSlurmPorts = 10'000;

Result<std::int64_t> whole(const char* name, const std::string& text, std::int64_t least, std::int64_t most) {
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || value < least || value > most)
    return fail(ErrorCode::invalidArgument, std::string(name) + "=" + serial::printable(text) + ": expected a whole number from " +
                                                std::to_string(least) + " to " + std::to_string(most));
  return value;
}

// The first of the variables that is set, as a number; `otherwise` when none is.
Result<std::int64_t> firstOf(const Environment& environment, std::initializer_list<const char*> names, std::int64_t least, std::int64_t most,
                             std::int64_t otherwise) {
  for (const char* name : names)
    if (const auto text = environment(name)) return whole(name, *text, least, most);
  return otherwise;
}

// A batch script has the numbers of its job too, but is one process; only what srun starts is a step.
bool slurmStep(const Environment& environment) {
  if (!environment("SLURM_PROCID") || !environment("SLURM_NTASKS")) return false;
  return !environment("SLURM_JOB_ID") || environment("SLURM_STEP_ID") || environment("SLURM_STEPID");
}

Result<void> readNumbers(const Environment& environment, ProcessPlace& place) {
  const bool elastic = environment("WORLD_SIZE").has_value();
  if (!elastic && !slurmStep(environment)) return {};
  auto count = elastic ? firstOf(environment, {"WORLD_SIZE"}, 1, kMostProcesses, 1)
                       : firstOf(environment, {"SLURM_STEP_NUM_TASKS", "SLURM_NTASKS"}, 1, kMostProcesses, 1);
  if (!count) return fail(count.error());
  if (elastic && *count > 1 && !environment("RANK")) return fail(ErrorCode::invalidArgument, "WORLD_SIZE is set but RANK is not; start the processes with torchrun or srun");
  auto rank = elastic ? firstOf(environment, {"RANK"}, 0, *count - 1, 0) : firstOf(environment, {"SLURM_PROCID"}, 0, *count - 1, 0);
  if (!rank) return fail(rank.error());
  auto local = elastic ? firstOf(environment, {"LOCAL_RANK"}, 0, *count - 1, 0) : firstOf(environment, {"SLURM_LOCALID"}, 0, *count - 1, 0);
  if (!local) return fail(local.error());
  place.count = *count;
  place.rank = *rank;
  place.local = *local;
  return {};
}

Result<void> readMeeting(const Environment& environment, ProcessPlace& place) {
  auto address = environment("MASTER_ADDR");
  if (!address) address = environment("SLURM_LAUNCH_NODE_IPADDR");
  if (!address || address->empty()) return fail(ErrorCode::invalidArgument, "MASTER_ADDR is not set: the address of the machine that process 0 runs on");
  place.address = *address;
  // Processes of one Slurm job find the same port without being told.
  auto job = firstOf(environment, {"SLURM_JOB_ID"}, 0, INT64_MAX, -1);
  if (!job) return fail(job.error());
  auto port = firstOf(environment, {"MASTER_PORT"}, 1, 65535, *job < 0 ? 0 : kFirstSlurmPort + *job % kSlurmPorts);
  if (!port) return fail(port.error());
  if (*port == 0) return fail(ErrorCode::invalidArgument, "MASTER_PORT is not set: a free port of MASTER_ADDR");
  place.port = static_cast<std::uint16_t>(*port);
  place.meetingServed = environment("TORCHELASTIC_USE_AGENT_STORE").value_or("") == "True";
  if (place.meetingServed) place.meetingPrefix = "/worker/attempt_" + environment("TORCHELASTIC_RESTART_COUNT").value_or("0");
  return {};
}

}  // namespace

std::string ProcessPlace::name() const { return "process " + std::to_string(rank) + " of " + std::to_string(count); }

Result<ProcessPlace> processPlace(const Environment& environment) {
  ProcessPlace place;
  if (auto read = readNumbers(environment, place); !read) return fail(read.error());
  if (place.alone()) return place;
  if (auto read = readMeeting(environment, place); !read) return fail(read.error());
  return place;
}

Result<ProcessPlace> processPlace() {
  return processPlace([](const char* name) -> std::optional<std::string> {
    const char* value = std::getenv(name);
    return value ? std::optional<std::string>(value) : std::nullopt;
  });
}

}  // namespace chladni::training
