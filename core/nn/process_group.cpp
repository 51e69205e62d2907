#include "core/nn/process_group.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include <ATen/ATen.h>

#ifdef CHLADNI_HAS_C10D
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#ifdef CHLADNI_HAS_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif
#endif

namespace chladni::nn {

#ifdef CHLADNI_HAS_C10D
namespace {

std::string firstLine(const char* text) {
  const std::string all = text;
  return all.substr(0, all.find('\n'));
}

template <class Work>
auto exchanged(Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const std::exception& problem) {
    throw PeerLost(firstLine(problem.what()));
  }
}

// Which of this machine's addresses the others are given: loopback when they meet there, the one that
// GLOO_SOCKET_IFNAME asks for, else that of the machine's name.
std::shared_ptr<::gloo::transport::Device> ownDevice(const training::ProcessPlace& place) {
  if (const char* wanted = std::getenv("GLOO_SOCKET_IFNAME"); wanted && *wanted) return c10d::ProcessGroupGloo::createDeviceForInterface(wanted);
  const bool loopback = place.address == "localhost" || place.address.starts_with("127.") || place.address == "::1";
  return loopback ? c10d::ProcessGroupGloo::createDeviceForHostname("127.0.0.1") : c10d::ProcessGroupGloo::createDefaultDevice();
}

// LibTorch 2 would serve the store with libuv, which Debian builds it without.
template <class Options>
void serveWithoutLibuv([[maybe_unused]] Options& options) {
  if constexpr (requires { options.useLibUV; }) options.useLibUV = false;
}

c10::intrusive_ptr<c10d::Store> meet(const training::ProcessPlace& place, std::chrono::milliseconds patience) {
  c10d::TCPStoreOptions options;
  options.port = place.port;
  options.isServer = place.leads() && !place.meetingServed;
  options.numWorkers = static_cast<std::size_t>(place.count);
  options.timeout = patience;
  options.waitWorkers = false;
  serveWithoutLibuv(options);
  c10::intrusive_ptr<c10d::Store> store = c10::make_intrusive<c10d::TCPStore>(place.address, options);
  store->setTimeout(patience);
  if (place.meetingPrefix.empty()) return store;
  return c10::make_intrusive<c10d::PrefixStore>(place.meetingPrefix, store);
}

}  // namespace

struct ProcessGroup::Links {
  c10::intrusive_ptr<c10d::Store> store;
  c10::intrusive_ptr<c10d::ProcessGroupGloo> gloo;
#ifdef CHLADNI_HAS_NCCL
  c10::intrusive_ptr<c10d::ProcessGroupNCCL> nccl;  // made at its first use, when the device is known
#endif

  template <class Exchange>
  void run(const at::Tensor& values, const training::ProcessPlace& place, Exchange&& exchange) {
#ifdef CHLADNI_HAS_NCCL
    if (values.is_cuda()) {
      if (!nccl) nccl = c10::make_intrusive<c10d::ProcessGroupNCCL>(c10::make_intrusive<c10d::PrefixStore>("nccl", store), static_cast<int>(place.rank), static_cast<int>(place.count));
      exchange(*nccl, values);
      return;
    }
#endif
    static_cast<void>(place);
    if (values.is_cpu() && values.is_contiguous()) {
      exchange(*gloo, values);
      return;
    }
    auto copy = values.cpu().contiguous();
    exchange(*gloo, copy);
    values.copy_(copy);
  }
};

Result<std::unique_ptr<ProcessGroup>> ProcessGroup::join(const training::ProcessPlace& place, std::chrono::milliseconds patience) {
  try {
    auto links = std::make_unique<Links>();
    links->store = meet(place, patience);
    auto options = c10d::ProcessGroupGloo::Options::create(patience);
    options->devices.push_back(ownDevice(place));
    links->gloo = c10::make_intrusive<c10d::ProcessGroupGloo>(c10::make_intrusive<c10d::PrefixStore>("gloo", links->store),
                                                              static_cast<int>(place.rank), static_cast<int>(place.count), options);
    return std::unique_ptr<ProcessGroup>(new ProcessGroup(place, std::move(links)));
  } catch (const std::exception& problem) {
    return fail(ErrorCode::io, place.name() + ": the others were not met at " + place.address + ":" + std::to_string(place.port) +
                                   "; see that all were started and the port is free (" + firstLine(problem.what()) + ")");
  }
}

void ProcessGroup::sum(at::Tensor& values) {
  exchanged([&] {
    links_->run(values, place_, [](auto& group, const at::Tensor& tensor) {
      std::vector<at::Tensor> list{tensor};
      group.allreduce(list)->wait();
    });
  });
}

void ProcessGroup::spread(at::Tensor& values) {
  exchanged([&] {
    links_->run(values, place_, [](auto& group, const at::Tensor& tensor) {
      std::vector<at::Tensor> list{tensor};
      group.broadcast(list)->wait();
    });
  });
}

std::vector<at::Tensor> ProcessGroup::gatherRows(const at::Tensor& rows) {
  return exchanged([&] {
    const auto gather = [&](const at::Tensor& own) {
      std::vector<std::vector<at::Tensor>> all(1);
      for (std::int64_t n = 0; n < count(); ++n) all.front().push_back(at::empty_like(own));
      std::vector<at::Tensor> list{own};
      links_->gloo->allgather(all, list)->wait();
      return all.front();
    };
    std::vector<std::int64_t> counts;
    for (const auto& count : gather(at::full({1}, rows.size(0), at::kLong))) counts.push_back(count.item<std::int64_t>());
    const auto most = *std::max_element(counts.begin(), counts.end());
    std::vector<at::Tensor> parts(counts.size(), rows.narrow(0, 0, 0));
    if (most == 0) return parts;
    auto shape = rows.sizes().vec();
    shape.front() = most;
    auto padded = at::zeros(shape, rows.options().device(at::kCPU));
    padded.narrow(0, 0, rows.size(0)).copy_(rows);
    const auto all = gather(padded);
    for (std::size_t n = 0; n < all.size(); ++n) parts[n] = all[n].narrow(0, 0, counts[n]).to(rows.device());
    return parts;
  });
}

#else

struct ProcessGroup::Links {};

Result<std::unique_ptr<ProcessGroup>> ProcessGroup::join(const training::ProcessPlace& place, std::chrono::milliseconds) {
  return fail(ErrorCode::unsupported, place.name() + ": this program was built without c10d; install libgloo-dev and build it again, or train with one process");
}
void ProcessGroup::sum(at::Tensor&) {}
void ProcessGroup::spread(at::Tensor&) {}
std::vector<at::Tensor> ProcessGroup::gatherRows(const at::Tensor& rows) { return {rows}; }

#endif

ProcessGroup::ProcessGroup(training::ProcessPlace place, std::unique_ptr<Links> links) : place_(std::move(place)), links_(std::move(links)) {}
ProcessGroup::~ProcessGroup() = default;

std::vector<std::string> ProcessGroup::gatherTexts(const std::string& text) {
  auto bytes = at::empty({static_cast<std::int64_t>(text.size())}, at::kByte);
  if (!text.empty()) std::memcpy(bytes.data_ptr<std::uint8_t>(), text.data(), text.size());
  std::vector<std::string> texts;
  for (const auto& part : gatherRows(bytes)) {
    const auto whole = part.contiguous();
    texts.emplace_back(reinterpret_cast<const char*>(whole.data_ptr<std::uint8_t>()), static_cast<std::size_t>(whole.numel()));
  }
  return texts;
}

namespace {
thread_local ProcessGroup* groupOfLosses = nullptr;
}

ProcessGroup* currentGroup() { return groupOfLosses; }
GroupScope::GroupScope(ProcessGroup* group) : before_(groupOfLosses) { groupOfLosses = group; }
GroupScope::~GroupScope() { groupOfLosses = before_; }

at::Tensor meanOverProcesses(const at::Tensor& values) {
  auto* group = currentGroup();
  if (group == nullptr) return values;
  auto mean = values.detach().clone().contiguous();
  group->sum(mean);
  return mean / static_cast<double>(group->count());
}

}  // namespace chladni::nn
