#!/usr/bin/env bash
# A check with a real sound server (PulseAudio with a loudspeaker that is none): plays a minute, takes first the server, then
# only the loudspeaker away, and waits for the silent clock to take over. Needs pulseaudio and pulseaudio-utils; no part of the
# test run:
#   tests/gui/manual_sound_lost.sh BUILD_FOLDER
set -euo pipefail
build=$(cd "${1:?folder of the build}" && pwd)
scratch=$(mktemp -d)
export HOME=$scratch XDG_RUNTIME_DIR=$scratch XDG_CONFIG_HOME=$scratch/config PULSE_SERVER=unix:$scratch/sound QT_QPA_PLATFORM=offscreen
chmod 700 "$scratch"
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$scratch"' EXIT

serve() {
  pulseaudio -n --daemonize=no --exit-idle-time=-1 -L "module-native-protocol-unix socket=$scratch/sound auth-anonymous=1" \
             -L module-null-sink >"$scratch/server.log" 2>&1 &
  server=$!
  for _ in $(seq 100); do pactl info >/dev/null 2>&1 && return; sleep 0.1; done
  echo "the sound server did not start:" >&2
  cat "$scratch/server.log" >&2
  exit 1
}
check() { CHLADNI_LOSE_SOUND=$1 "$(find "$build" -name test_gui_window -type f)" "[.sound-server]"; }

serve
check "kill -9 $server"
rm -f "$scratch/sound"
serve
check "pactl unload-module module-null-sink"
