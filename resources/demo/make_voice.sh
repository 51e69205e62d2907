#!/bin/sh
# Makes resources/demo/spoken_and_sung.opus anew: the words of spoken_and_sung.txt spoken, then sung as verse.xml says, by
# Festival's voice kal. Needs ffmpeg, festival and festvox-kallpc16k. Usage: resources/demo/make_voice.sh
set -eu
folder=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
text2wave "$folder/spoken_and_sung.txt" -o "$work/spoken.wav"
text2wave -mode singing "$folder/verse.xml" -o "$work/sung.wav"
ffmpeg -loglevel error -y -i "$work/spoken.wav" -i "$work/sung.wav" -filter_complex \
  "[0]loudnorm=I=-20,aresample=48000,apad=pad_dur=1[a];[1]loudnorm=I=-20,aresample=48000[b];[a][b]concat=n=2:v=0:a=1" \
  -ac 1 -c:a libopus -b:a 40k -map_metadata -1 "$folder/spoken_and_sung.opus"
