// Where a process of several stands, from the variables of torchrun and Slurm.
#include <map>

#include "core/training/process_place.h"
#include "tests/support/catch.h"

using namespace chladni;
using training::processPlace;

namespace {

Result<training::ProcessPlace> placeOf(const std::map<std::string, std::string>& variables) {
  return processPlace([&](const char* name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

}  // namespace

TEST_CASE("processes: without variables there is one") {
  const auto place = placeOf({});
  REQUIRE(place);
  CHECK(place->alone());
  CHECK(place->leads());
  CHECK(placeOf({{"WORLD_SIZE", "1"}})->alone());
  // A batch script of four tasks is one process until srun starts them.
  CHECK(placeOf({{"SLURM_JOB_ID", "77"}, {"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "4"}})->alone());
}

TEST_CASE("processes: torchrun's variables, with its own meeting point") {
  const auto place = placeOf({{"RANK", "3"}, {"WORLD_SIZE", "4"}, {"LOCAL_RANK", "1"}, {"MASTER_ADDR", "node7"}, {"MASTER_PORT", "29501"},
                              {"TORCHELASTIC_USE_AGENT_STORE", "True"}, {"TORCHELASTIC_RESTART_COUNT", "2"}, {"SLURM_PROCID", "9"}, {"SLURM_NTASKS", "99"}});
  REQUIRE(place);
  CHECK(place->rank == 3);
  CHECK(place->count == 4);
  CHECK(place->local == 1);
  CHECK(place->address == "node7");
  CHECK(place->port == 29501);
  CHECK(place->meetingServed);
  CHECK(place->meetingPrefix == "/worker/attempt_2");
  CHECK(place->name() == "process 3 of 4");
}

TEST_CASE("processes: Slurm's variables, and a port that its job agrees on") {
  const auto place = placeOf({{"SLURM_JOB_ID", "123456"}, {"SLURM_STEP_ID", "0"}, {"SLURM_PROCID", "1"}, {"SLURM_NTASKS", "8"},
                              {"SLURM_STEP_NUM_TASKS", "2"}, {"SLURM_LOCALID", "1"}, {"SLURM_LAUNCH_NODE_IPADDR", "10.0.0.4"}});
  REQUIRE(place);
  CHECK(place->rank == 1);
  CHECK(place->count == 2);
  CHECK(place->address == "10.0.0.4");
  CHECK(place->port == 15000 + 3456);
  CHECK_FALSE(place->meetingServed);
}

TEST_CASE("processes: what does not fit is named") {
  const auto message = [](const std::map<std::string, std::string>& variables) {
    const auto place = placeOf(variables);
    return place ? std::string() : place.error().message;
  };
  CHECK(message({{"RANK", "2"}, {"WORLD_SIZE", "2"}}) == "RANK=2: expected a whole number from 0 to 1");
  CHECK(message({{"WORLD_SIZE", "two"}}).starts_with("WORLD_SIZE=two"));
  CHECK(message({{"WORLD_SIZE", "2"}}).find("RANK is not") != std::string::npos);
  CHECK(message({{"RANK", "0"}, {"WORLD_SIZE", "2"}}).starts_with("MASTER_ADDR is not set"));
  CHECK(message({{"RANK", "0"}, {"WORLD_SIZE", "2"}, {"MASTER_ADDR", "a"}}).starts_with("MASTER_PORT is not set"));
  CHECK(message({{"RANK", "0"}, {"WORLD_SIZE", "2"}, {"MASTER_ADDR", "a"}, {"MASTER_PORT", "70000"}}).starts_with("MASTER_PORT=70000"));
}
