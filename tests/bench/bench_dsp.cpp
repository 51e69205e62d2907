// Signal layer against floors measured in the same run: raw FFTW for transforms, one pass of memory for peaks.
// The counter "ratio" is processor time over floor.
#include <benchmark/benchmark.h>
#include <fftw3.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <random>
#include <vector>

#include "core/data/min_max_pyramid.h"
#include "core/dsp/frontend.h"
#include "core/dsp/kaldi_fbank.h"
#include "core/dsp/logarithm.h"
#include "core/dsp/stft.h"

namespace {

using namespace chladni;

std::vector<float> noise(std::int64_t samples) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> uniform(-0.5F, 0.5F);
  std::vector<float> sound(static_cast<std::size_t>(samples));
  for (float& value : sound) value = uniform(random);
  return sound;
}

// Time on the processor of this thread, so that other work on the machine disturbs little.
double cpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class Work>
double secondsOf(Work&& work, int repetitions) {
  double best = 1e9;
  for (int i = 0; i < repetitions; ++i) {
    const double begin = cpuSeconds();
    work();
    best = std::min(best, cpuSeconds() - begin);
  }
  return best;
}

// Seconds of `columns` real FFTs of one size with FFTW's own real transform, measured plan, in cache.
double rawFftSeconds(int size, std::int64_t columns) {
  float* in = fftwf_alloc_real(static_cast<std::size_t>(size));
  fftwf_complex* out = fftwf_alloc_complex(static_cast<std::size_t>(size / 2 + 1));
  fftwf_plan plan = fftwf_plan_dft_r2c_1d(size, in, out, FFTW_MEASURE | FFTW_PRESERVE_INPUT);
  for (int i = 0; i < size; ++i) in[i] = std::sin(0.1F * static_cast<float>(i));
  const double seconds = secondsOf(
      [&] {
        for (std::int64_t c = 0; c < columns; ++c) fftwf_execute(plan);
      },
      5);
  fftwf_destroy_plan(plan);
  fftwf_free(in);
  fftwf_free(out);
  return seconds;
}

void report(benchmark::State& state, double floorSeconds, double totalSeconds) {
  const double each = totalSeconds / static_cast<double>(state.iterations());
  state.counters["floor_ms"] = floorSeconds * 1e3;
  state.counters["ratio"] = each / floorSeconds;
}

template <class Work>
void timed(benchmark::State& state, double floorSeconds, Work&& work) {
  double total = 0.0;
  for (auto _ : state) {
    const double begin = cpuSeconds();
    work();
    total += cpuSeconds() - begin;
  }
  report(state, floorSeconds, total);
}

void kaldiFbankTenSeconds(benchmark::State& state) {
  const std::vector<float> sound = noise(160000);
  dsp::KaldiFbankOptions options;
  options.window = dsp::WindowKind::hann;
  options.melBins = 128;
  const auto bank = dsp::KaldiFbank::create(options);
  timed(state, rawFftSeconds(512, bank->frames(160000)), [&] { benchmark::DoNotOptimize(bank->compute(sound)); });
}
BENCHMARK(kaldiFbankTenSeconds)->Unit(benchmark::kMillisecond);

void modelInputTenSeconds(benchmark::State& state) {
  const std::vector<float> sound = noise(160000);
  const auto frontend = dsp::Frontend::create({});
  timed(state, rawFftSeconds(512, 998), [&] { benchmark::DoNotOptimize(frontend->modelInput(sound)); });
}
BENCHMARK(modelInputTenSeconds)->Unit(benchmark::kMillisecond);

// Exact power spectrogram of an hour of mono 44.1 kHz in decibels, streamed in tiles of 256 columns.
void spectrogramHour(benchmark::State& state) {
  const std::int64_t samples = std::int64_t{3600} * 44100;
  const std::vector<float> minute = noise(60 * 44100);
  const auto stft = dsp::Stft::create({});
  const std::int64_t columns = stft->columns(samples) / 60;
  std::vector<float> tile(static_cast<std::size_t>(256 * stft->bins()));
  timed(state, rawFftSeconds(2048, columns) * 60, [&] {
    for (int m = 0; m < 60; ++m) {
      for (std::int64_t c = 0; c < columns; c += 256) {
        const std::int64_t last = std::min(columns, c + 256);
        stft->compute(minute, 0, static_cast<std::int64_t>(minute.size()), c, last, tile);
        const auto used = static_cast<std::size_t>((last - c) * stft->bins());
        dsp::powerToDecibels({tile.data(), used}, stft->fullScale(), -120.0F, {tile.data(), used});
      }
    }
    benchmark::DoNotOptimize(tile.data());
  });
}
BENCHMARK(spectrogramHour)->Unit(benchmark::kMillisecond)->Iterations(1);

// Peaks of an hour of stereo 44.1 kHz; the floor sums the same samples once.
void peaksHourStereo(benchmark::State& state) {
  const std::vector<float> chunk = noise(1 << 16);
  const std::int64_t chunks = std::int64_t{3600} * 44100 * 2 / (1 << 16);
  const double floor = secondsOf(
      [&] {
        for (std::int64_t c = 0; c < chunks; ++c) {
          float lanes[16] = {};
          for (std::size_t i = 0; i < chunk.size(); i += 16) {
            for (std::size_t lane = 0; lane < 16; ++lane) lanes[lane] += chunk[i + lane];
          }
          benchmark::DoNotOptimize(lanes);
        }
      },
      3);
  timed(state, floor, [&] {
    MinMaxPyramid left;
    MinMaxPyramid right;
    for (std::int64_t c = 0; c < chunks; ++c) (c % 2 == 0 ? left : right).append(chunk);
    left.finish();
    right.finish();
    benchmark::DoNotOptimize(left.completedSamples());
  });
}
BENCHMARK(peaksHourStereo)->Unit(benchmark::kMillisecond);

// One pixel column per summary of an hour, what a zoom step asks for.
void summariseHour(benchmark::State& state) {
  MinMaxPyramid peaks;
  const std::vector<float> chunk = noise(1 << 16);
  for (int c = 0; c < 3600 * 44100 / (1 << 16); ++c) peaks.append(chunk);
  peaks.finish();
  std::vector<PeakSummary> pixels(2000);
  for (auto _ : state) {
    peaks.summarise(0, peaks.completedSamples(), pixels);
    benchmark::DoNotOptimize(pixels.data());
  }
}
BENCHMARK(summariseHour)->Unit(benchmark::kMicrosecond);

// Natural logarithm of 128 x 998 values; the floor is logf.
void logarithmTable(benchmark::State& state) {
  std::vector<float> values = noise(128 * 998);
  for (float& value : values) value = std::abs(value) + 1e-6F;
  std::vector<float> out(values.size());
  const double floor = secondsOf(
      [&] {
        for (std::size_t i = 0; i < values.size(); ++i) out[i] = std::log(values[i]);
        benchmark::DoNotOptimize(out.data());
      },
      5);
  timed(state, floor, [&] {
    dsp::naturalLog(values, out);
    benchmark::DoNotOptimize(out.data());
  });
}
BENCHMARK(logarithmTable)->Unit(benchmark::kMicrosecond);

}  // namespace
