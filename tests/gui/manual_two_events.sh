#!/usr/bin/env bash
# A check with real keys: opens the demo in a new project on an X server of its own and labels two events from a blank track
# with four keys (Space, two class keys held while their event sounds, Space). Needs Xvfb, xdotool and the built programs; no part
# of the test run:
#   tests/gui/manual_two_events.sh BUILD_FOLDER
# Prints how many keys were pressed and the labels; fails unless two labels are on disk.
set -euo pipefail
build=$(cd "${1:?folder of the build}" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
export HOME=$scratch XDG_DATA_HOME=$scratch/data XDG_CONFIG_HOME=$scratch/config XDG_CACHE_HOME=$scratch/cache XDG_RUNTIME_DIR=$scratch
export DISPLAY=:${CHLADNI_DISPLAY:-87}
chmod 700 "$scratch"
Xvfb "$DISPLAY" -screen 0 1440x900x24 >"$scratch/xvfb.log" 2>&1 &
server=$!
trap 'kill $window $server 2>/dev/null || true; rm -rf "$scratch"' EXIT
film=$root/resources/demo/ode_to_joy.mp4
cli=$build/app/cli/chladni-cli
"$cli" project create "$scratch/check.chladni" --quiet
"$cli" project add "$scratch/check.chladni" "$film" --quiet
"$cli" project classes "$scratch/check.chladni" --import ave --quiet
"$build/app/gui/chladni" "$film" --project "$scratch/check.chladni" --size 1440x900 >"$scratch/window.log" 2>&1 &
window=$!
for _ in $(seq 120); do id=$(xdotool search --onlyvisible --name ode_to_joy | head -n 1 || true); [ -n "$id" ] && break; sleep 1; done
sleep "${CHLADNI_SETTLE:-15}"
xdotool windowfocus "$id"
keys=0
press() { xdotool key "$1"; keys=$((keys + 1)); }
hold() { xdotool keydown "$1"; sleep "$2"; xdotool keyup "$1"; keys=$((keys + 1)); }
press space
sleep 1
hold 1 2
sleep 1
hold 2 2
press space
sleep 3
import -window root "${CHLADNI_PICTURE:-$scratch/end.png}"
"$cli" project labels "$scratch/check.chladni" | tee "$scratch/labels.txt"
echo "keys: $keys"
[ "$keys" -le 6 ] && [ "$(grep -c . "$scratch/labels.txt")" -ge 2 ]
