#!/usr/bin/env bash
# Every row of docs/performance.md in one sitting: makes an hour of sound and ten minutes of video, then runs each
# measurement, and beside it its floor or peer, ROUNDS times by turns. Let nothing else run meanwhile (five minutes a round).
#   tests/bench/audit.sh BUILD OUT [ROUNDS]
# BUILD: a Release build with CHLADNI_BUILD_BENCHMARKS=ON. OUT: takes the media (1.2 GB), audit.txt and the JSON of each run.
# Wants ffmpeg and GNU time; the start of the window also Xvfb and xdotool; the rows of PyTorch python3-torch. What is
# missing is said and left out.
set -uo pipefail
[ $# -ge 2 ] || { sed -n 2,7p "$0"; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" 2>/dev/null && pwd) && [ -x "$build/tests/bench/chladni_bench" ] || { echo "$1: no build with CHLADNI_BUILD_BENCHMARKS=ON" >&2; exit 2; }
mkdir -p "$2" && out=$(cd "$2" && pwd) || exit 2
rounds=${3:-3}
cli=$build/app/cli/chladni-cli
window=$build/tests/gui/bench/chladni_bench_window
log=$out/audit.txt
export XDG_CACHE_HOME=$out/cache QT_QPA_PLATFORM=offscreen

say() { echo "$*" | tee -a "$log"; }
have() { command -v "$1" >/dev/null || { say "left out, no $1: $2"; return 1; }; }
# WHAT COMMAND...: its seconds and memory, and what it printed, in files of its own.
timed() {
  local what=$1; shift
  /usr/bin/time -f '%e s, %U s of CPU, %M KB' -o "$out/time" "$@" >"$out/$what.$round.out" 2>"$out/$what.$round.err"
  local rc=$?
  say "$what: $(tail -1 "$out/time"), rc $rc"
}

makeMedia() {
  local tones="aevalsrc=0.4*sin(2*PI*(220+110*sin(t/7))*t)*sin(0.7*t)|0.3*sin(2*PI*330*t)*sin(0.9*t)+0.02*random(0):s=44100:d=3600"
  [ -s "$out/hour.wav" ] || ffmpeg -v error -f lavfi -i "$tones" -c:a pcm_s16le -y "$out/hour.wav"
  [ -s "$out/hour.mp3" ] || ffmpeg -v error -i "$out/hour.wav" -b:a 192k -y "$out/hour.mp3"
  [ -s "$out/film.mp4" ] || ffmpeg -v error -f lavfi -i testsrc2=s=1280x720:r=25:d=600 -f lavfi -i sine=440:d=600 -c:v libx264 -preset veryfast -g 50 -c:a aac -y "$out/film.mp4"
}

oneRound() {
  timed ffmpeg-mp3 ffmpeg -v error -i "$out/hour.mp3" -f null -
  timed ffmpeg-keyframes ffmpeg -v error -skip_frame nokey -i "$out/film.mp4" -f null -
  for file in hour.wav hour.mp3 film.mp4; do
    rm -rf "$XDG_CACHE_HOME"
    timed "window-$file" "$window" "$out/$file"
  done
  for precision in fp32 bf16; do timed "instruments-$precision" "$cli" classify "$out/hour.wav" --json --precision $precision; done
  timed bench "$cli" bench --json
  for row in train-ast-b train-cavmae-b reconstruct; do timed "bench-$row" "$cli" bench $row --precision fp32 --json; done
  for row in $peers; do
    timed "peer-$row" "$python" "$here/peers.py" $row --threads "$(nproc)"
    say "  $(tail -1 "$out/peer-$row.$round.out")"
  done
  timed suite "$build/tests/bench/chladni_bench" --benchmark_format=json
}

python=${PYTHON:-python3}
: >"$log"
say "$(date -u +%F) $(uname -sr), $(nproc) processors: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1); load $(cut -d' ' -f1-3 /proc/loadavg)"
have ffmpeg "all rows" || exit 3
have /usr/bin/time "all rows" || exit 3
peers="fbank vit ast cavmae musicnn-vgg"
"$python" -c 'import torch' 2>/dev/null || { say "left out, no torch in $python: $peers"; peers=; }
makeMedia
for ((round = 1; round <= rounds; ++round)); do
  say "round $round"
  oneRound
  if have xvfb-run start && have xdotool start; then
    say "start: $(QT_QPA_PLATFORM=xcb xvfb-run -a python3 "$here/start.py" "$build/app/gui/chladni" --times 3 2>&1 | tail -1)"
  fi
done
