#!/usr/bin/env bash
# From a fresh clone to all tests: installs what is missing, builds, runs CTest.
# CHLADNI_SKIP_INSTALL=1 leaves the system alone. Arguments go to ctest, for example: packaging/run-tests.sh -L golden
set -euo pipefail
cd "$(dirname "$0")/.."

[ -n "${CHLADNI_SKIP_INSTALL:-}" ] || packaging/install-packages.sh build test

build=build/release
echo "Building Chladni and its tests in $build ..."
cmake --preset release -B "$build" -DCHLADNI_BUILD_TESTS=ON -DCHLADNI_BUILD_BENCHMARKS=OFF -DCMAKE_CXX_COMPILER_LAUNCHER="$(command -v ccache || true)" >/dev/null
cmake --build "$build"
QT_QPA_PLATFORM=offscreen ctest --test-dir "$build" --output-on-failure --no-tests=error "$@"
