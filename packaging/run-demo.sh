#!/usr/bin/env bash
# From a fresh clone to the workbench on the bundled demo, with predictions running. Installs what is missing, builds,
# opens the window. Without a display the same screens are rendered to PNG and the analysis is written as JSON.
# CHLADNI_SKIP_INSTALL=1 leaves the system alone; CHLADNI_DEMO_OUT chooses the folder for pictures (default out/demo).
set -euo pipefail
cd "$(dirname "$0")/.."

[ -n "${CHLADNI_SKIP_INSTALL:-}" ] || packaging/install-packages.sh build

build=build/release
echo "Building Chladni in $build (a few minutes the first time) ..."
cmake --preset release -B "$build" -DCHLADNI_BUILD_TESTS=OFF -DCHLADNI_BUILD_BENCHMARKS=OFF \
      -DCMAKE_CXX_COMPILER_LAUNCHER="$(command -v ccache || true)" >/dev/null
cmake --build "$build"

demo=
for candidate in resources/demo/*.mp4 resources/demo/*.webm resources/demo/*.mkv resources/demo/*.flac resources/demo/*.opus; do
  if [ -f "$candidate" ]; then
    demo=$candidate
    break
  fi
done
if [ -z "$demo" ]; then
  echo "error: no demo recording in resources/demo; the clone is incomplete, clone again" >&2
  exit 1
fi

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec "$build/app/gui/chladni" "$demo"
fi

out=${CHLADNI_DEMO_OUT:-out/demo}
mkdir -p "$out"
echo "No display here: rendering the same screens to $out ..."
export QT_QPA_PLATFORM=offscreen
window="$build/app/gui/chladni"
"$window" "$demo" --at 6 --size 1440x900 --theme light --screenshot "$out/workbench-light.png"
"$window" "$demo" --at 6 --size 1440x900 --theme dark --screenshot "$out/workbench-dark.png"
"$window" "$demo" --at 6 --dock attention --size 1440x900 --scale 2 --theme light --screenshot "$out/attention-2x.png"
"$build/app/cli/chladni-cli" classify "$demo" --json > "$out/predictions.json.part"
mv "$out/predictions.json.part" "$out/predictions.json"
"$build/app/cli/chladni-cli" attend "$demo" --at 6 --out "$out/attention.png"
"$build/app/cli/chladni-cli" spectrogram "$demo" --kind mel --out "$out/spectrogram.png"
echo "Done. Pictures and predictions are in $(pwd)/$out:"
ls -1 "$out"
