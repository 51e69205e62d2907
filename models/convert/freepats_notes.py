#!/usr/bin/env python3
"""Notes of the Freepats project's patches (Debian: freepats, timidity) as sounds with a manifest, for
`chladni-cli train instruments-s --data FOLDER/manifest.csv`.

    python3 models/convert/freepats_notes.py --out notes --also recordings/manifest.csv

Each patch plays up to twelve notes over its instrument's range, each a file; drums are struck three times. `--also`
names a manifest of recordings whose rows are put first, so that one manifest holds all. Needs only Python's own library.
"""
import argparse
import array
import csv
import pathlib
import random
import struct
import subprocess
import tempfile
import wave

RATE = 44100
SPACING = 4.0  # seconds from note to note; what rings longer is cut
CLASSES = {
    0: "playing piano", 1: "playing piano", 2: "playing piano", 6: "playing harpsichord", 9: "playing glockenspiel",
    13: "playing marimba, xylophone", 16: "playing hammond organ", 21: "playing accordion", 23: "playing accordion",
    24: "playing acoustic guitar", 25: "playing acoustic guitar", 26: "playing electric guitar", 27: "playing electric guitar",
    28: "playing electric guitar", 29: "playing electric guitar", 30: "playing electric guitar", 32: "playing double bass",
    33: "playing bass guitar", 34: "playing bass guitar", 35: "playing bass guitar", 36: "playing bass guitar",
    37: "playing bass guitar", 38: "playing synthesizer", 40: "playing violin, fiddle", 42: "playing cello", 46: "playing harp",
    47: "playing timpani", 53: "singing choir", 56: "playing trumpet", 57: "playing trombone", 59: "playing trumpet",
    60: "playing french horn", 64: "playing saxophone", 65: "playing saxophone", 66: "playing saxophone",
    67: "playing saxophone", 68: "playing oboe", 70: "playing bassoon", 71: "playing clarinet", 72: "playing flute",
    73: "playing flute", 80: "playing synthesizer", 84: "playing synthesizer", 88: "playing synthesizer",
    94: "playing synthesizer", 95: "playing synthesizer", 104: "playing sitar", 114: "playing steelpan"}
LICENCE = "GPL-2 with an exception for music made with it"
COLUMNS = ["file", "class", "source", "licence", "attribution", "kind", "midi_note", "origin"]


def resources():
    return pathlib.Path(__file__).resolve().parents[2] / "resources" / "maps"


def variable_length(value):
    parts = [value & 0x7F]
    while value := value >> 7:
        parts.append(0x80 | (value & 0x7F))
    return bytes(reversed(parts))


def midi(program, keys, channel, chance):
    """One track at 480 ticks a half second: every key in turn, SPACING seconds apart."""
    ticks = lambda seconds: int(seconds * 960)
    track = b"" if channel == 9 else b"\x00" + bytes([0xC0 | channel, program])
    for key in keys:
        held = chance.uniform(0.8, 2.2)
        track += b"\x00" + bytes([0x90 | channel, key, chance.randint(60, 120)])
        track += variable_length(ticks(held)) + bytes([0x80 | channel, key, 0])
        track += variable_length(ticks(SPACING - held)) + bytes([0xB0 | channel, 120, 0])  # silence before the next
    track += b"\x00\xff\x2f\x00"
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, 480) + b"MTrk" + struct.pack(">I", len(track)) + track


def played(music):
    with tempfile.TemporaryDirectory() as folder:
        score, sound = pathlib.Path(folder, "a.mid"), pathlib.Path(folder, "a.wav")
        score.write_bytes(music)
        subprocess.run(["timidity", "-c", "/etc/timidity/freepats.cfg", "-Ow", "--output-mono", "-s", str(RATE), "--reverb=d", "--chorus=d",
                        "-o", str(sound), str(score)], check=True, capture_output=True)
        with wave.open(str(sound)) as file:
            return array.array("h", file.readframes(file.getnframes()))


def write_wave(path, samples):
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())


def rows_of(patch, program, keys, channel, label_of, kind, out, chance):
    samples = played(midi(program, keys, channel, chance))
    for index, key in enumerate(keys):
        piece = samples[int(index * SPACING * RATE):int((index + 1) * SPACING * RATE)]
        if not piece or max(max(piece), -min(piece)) < 300:
            continue  # no patch for this key
        label = label_of(key)
        path = pathlib.Path(label, f"{patch}_{index:02d}_{key}.wav")
        write_wave(out / path, piece)
        yield dict(zip(COLUMNS, [path, label, f"Freepats {patch}", LICENCE, "Freepats project", kind, key, "rendered"]))


def earlier_rows(manifest):
    """The rows of a manifest of recordings, with paths that hold from anywhere; none without a manifest."""
    if not manifest:
        return
    with open(manifest, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            row["file"] = (manifest.parent / row["file"]).resolve()
            yield {"origin": "recorded", **row}


def write_manifest(out, rows):
    with open(out / "manifest.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} sounds in {out / 'manifest.csv'}")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", required=True, type=pathlib.Path)
    options.add_argument("--also", type=pathlib.Path, help="a manifest of recordings to put in front")
    chosen = options.parse_args()
    chance = random.Random(1)
    rows = list(earlier_rows(chosen.also))
    with open(resources() / "instruments.csv", newline="", encoding="utf-8") as file:
        ranges = {row["class"]: (int(row["lowest_key"]), int(row["highest_key"])) for row in csv.DictReader(file)}
    for program, label in CLASSES.items():
        low, high = ranges[label]
        keys = sorted({round(low + n * (high - low) / 11) for n in range(12)})
        rows += rows_of(f"{program:03d}", program, keys, 0, lambda key: label, "note", chosen.out, chance)
    with open(resources() / "drum_notes.csv", newline="", encoding="utf-8") as file:
        drums = {int(row["key"]): row["class"] for row in csv.DictReader(file)}
    rows += rows_of("drums", 0, sorted(list(drums) * 3), 9, drums.get, "hit", chosen.out, chance)
    write_manifest(chosen.out, rows)


if __name__ == "__main__":
    main()
