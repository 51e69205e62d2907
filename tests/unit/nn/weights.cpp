// Weights in and out of modules, devices by name, exceptions at the wall.
#include <cstdlib>
#include <limits>

#include <ATen/Parallel.h>
#include <torch/types.h>

#include "core/nn/blocks.h"
#include "core/nn/device.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/translate.h"
#include "core/nn/weights.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::nn;

namespace {

NamedTensors weightsOfLinear() { return {{"weight", torch::ones({3, 2})}, {"bias", torch::zeros({3})}}; }

}  // namespace

TEST_CASE("Weights that fit are taken over") {
  Linear linear(2, 3);
  REQUIRE(loadWeights(linear, weightsOfLinear()));
  CHECK(at::equal(linear.weight, torch::ones({3, 2})));
}

TEST_CASE("Weights that do not fit are named and leave the module alone") {
  Linear linear(2, 3);
  const auto before = linear.weight.detach().clone();
  auto tensors = weightsOfLinear();
  SECTION("missing") {
    tensors.erase("bias");
    const auto loaded = loadWeights(linear, tensors);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == ErrorCode::incompatibleModel);
    CHECK_THAT(loaded.error().message, Catch::ContainsSubstring("missing tensor 'bias'"));
  }
  SECTION("unexpected") {
    tensors["extra"] = torch::zeros({1});
    const auto loaded = loadWeights(linear, tensors);
    REQUIRE_FALSE(loaded);
    CHECK_THAT(loaded.error().message, Catch::ContainsSubstring("unexpected tensor 'extra'"));
  }
  SECTION("wrong shape") {
    tensors["weight"] = torch::zeros({2, 3});
    const auto loaded = loadWeights(linear, tensors);
    REQUIRE_FALSE(loaded);
    CHECK_THAT(loaded.error().message, Catch::ContainsSubstring("'weight': file [2, 3], model [3, 2]"));
  }
  SECTION("NaN") {
    tensors["bias"][1] = std::numeric_limits<float>::quiet_NaN();
    const auto loaded = loadWeights(linear, tensors);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == ErrorCode::corruptData);
    CHECK_THAT(loaded.error().message, Catch::ContainsSubstring("'bias'"));
  }
  CHECK(at::equal(linear.weight, before));
}

TEST_CASE("Blobs and tensors keep every type and shape") {
  for (const auto type : {at::kFloat, at::kHalf, at::kBFloat16, at::kDouble, at::kLong, at::kInt, at::kShort, at::kChar,
                          at::kByte, at::kBool}) {
    const auto tensor = torch::arange(6).to(type).view({2, 3}).t();
    const auto back = toTensor(toBlob("t", tensor));
    REQUIRE(back);
    CHECK(back->scalar_type() == type);
    CHECK(at::equal(*back, tensor));
  }
  const auto empty = toTensor(toBlob("e", torch::zeros({0, 4})));
  REQUIRE(empty);
  CHECK(empty->sizes() == at::IntArrayRef({0, 4}));
}

TEST_CASE("A blob whose bytes do not match its shape is refused") {
  TensorBlob blob{"t", DType::f32, {2, 3}, std::vector<std::byte>(20)};
  CHECK_FALSE(toTensor(blob));
  blob.shape = {std::int64_t{1} << 62, 8};
  CHECK_FALSE(toTensor(blob));
  blob.shape = {-1};
  CHECK_FALSE(toTensor(blob));
}

TEST_CASE("Names repeated in a file are refused") {
  const TensorBlob blob{"t", DType::u8, {1}, std::vector<std::byte>(1)};
  const auto named = toNamedTensors({blob, blob});
  REQUIRE_FALSE(named);
  CHECK(named.error().code == ErrorCode::corruptData);
}

TEST_CASE("Devices are found by name") {
  const auto cpu = resolveRuntime({"cpu", inference::Precision::fp32});
  REQUIRE(cpu);
  CHECK(cpu->deviceName() == "cpu");
  CHECK(cpu->precisionName() == "fp32");
  REQUIRE(resolveRuntime({"auto", inference::Precision::automatic}));
  for (const char* wrong : {"gpu", "cuda:", "cuda:x", "cuda:-1", "cudaa", "CPU"}) {
    INFO(wrong);
    const auto runtime = resolveRuntime({wrong, inference::Precision::automatic});
    REQUIRE_FALSE(runtime);
    CHECK(runtime.error().code == ErrorCode::invalidArgument);
  }
  const auto absent = resolveRuntime({"cuda:99", inference::Precision::automatic});
  REQUIRE_FALSE(absent);
  CHECK(absent.error().code == ErrorCode::deviceUnavailable);
}

TEST_CASE("Exceptions of torch end at the wall as one line") {
  const auto result = translated("multiplying", []() -> Result<int> {
    static_cast<void>(at::matmul(torch::zeros({2, 3}), torch::zeros({2, 3})));
    return 1;
  });
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::internal);
  CHECK(result.error().message.find('\n') == std::string::npos);
  for (const char* said : {"CUDA error: unspecified launch failure\nCUDA kernel errors might be reported later", "cuDNN error: CUDNN_STATUS_EXECUTION_FAILED"}) {
    const auto lost = translated("looking", [&]() -> Result<int> { throw std::runtime_error(said); });
    REQUIRE_FALSE(lost);
    CHECK(lost.error().code == ErrorCode::deviceUnavailable);
    CHECK(lost.error().message.find("cpu") != std::string::npos);
    CHECK(lost.error().message.find('\n') == std::string::npos);
  }
  const auto memory = translated("allocating", []() -> Result<int> { throw std::bad_alloc(); });
  REQUIRE_FALSE(memory);
  CHECK(memory.error().code == ErrorCode::outOfMemory);
}

// Run by CTest with OMP_NUM_THREADS=3 in the environment, as torchrun and Slurm set it before a program starts.
TEST_CASE("The environment's number of threads stands unless another is asked for", "[.environment]") {
  const char* given = std::getenv("OMP_NUM_THREADS");
  REQUIRE(given != nullptr);
  nn::setThreads(0);
  CHECK(at::get_num_threads() == std::atoi(given));
  nn::setThreads(2);
  CHECK(at::get_num_threads() == 2);
}
