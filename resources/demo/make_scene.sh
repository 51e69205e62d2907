#!/bin/sh
# Makes resources/demo/scene_with_events.mp4 anew: three scenes of ten seconds one after the other, in each a thing that is
# seen and heard for a while. Needs ffmpeg with libx264. Usage: resources/demo/make_scene.sh path/to/chladni-cli
set -eu
cli=${1:?usage: make_scene.sh path/to/chladni-cli}
folder=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
scene() {  # seed, class
  "$cli" synth scenes --out "$work/$1" --scenes 1 --seed "$1" --classes "$2" --size 448 --fps 25 --rate 44100 --off-screen 0 --without-event 0 --quiet
  echo "file '$(ls "$work/$1"/AVE/*.mp4)'" >> "$work/list.txt"
}
scene 409 "Church bell"
scene 428 "Bark"
scene 411 "Train horn"
ffmpeg -loglevel error -y -f concat -safe 0 -i "$work/list.txt" -c:v libx264 -preset slow -crf 26 -pix_fmt yuv420p -g 50 \
  -c:a aac -b:a 128k -map_metadata -1 -movflags +faststart "$folder/scene_with_events.mp4"
