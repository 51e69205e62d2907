#!/bin/sh
# Makes resources/demo/ode_to_joy.mp4 anew: the sound from chladni-cli synth demo, and a picture in which every part has
# a row and every note is a bar at its pitch, lit while it sounds. Needs ffmpeg with libx264 and a soundfont
# (fluid-soundfont-gm). Usage: resources/demo/make_demo.sh path/to/chladni-cli
set -eu
cli=${1:?usage: make_demo.sh path/to/chladni-cli}
folder=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$cli" synth demo --out "$work/demo.wav" --score "$work/score.csv" --quiet

# One row of 96 pixels for each part; a dim strip where it plays, a bright bar for each note.
awk -F, '
  BEGIN { split("cello flute piano trumpet drums", names, " "); split("e07a5f 81b29a 5b8def f2cc8f c08497", colours, " ")
          for (n in names) { row[names[n]] = n - 1; colour[names[n]] = colours[n] } }
  NR > 1 {
    y = 30 + row[$1] * 96; x = $1 == "drums" ? 120 + ($4 - 36) * 48 : ($4 - 34) * 17
    printf "%sdrawbox=x=%d:y=%d:w=40:h=72:color=0x%s:t=fill:enable=between(t\\,%s\\,%s)", (NR > 2 ? ",\n" : ""), x, y, colour[$1], $2, $2 + $3
  }' "$work/score.csv" > "$work/filter.txt"

ffmpeg -loglevel error -y -f lavfi -i "color=0x16181d:size=960x540:rate=24" -i "$work/demo.wav" \
  -filter_script:v "$work/filter.txt" -shortest -c:v libx264 -preset slow -crf 28 -pix_fmt yuv420p -g 48 \
  -c:a aac -b:a 160k -movflags +faststart "$folder/ode_to_joy.mp4"
