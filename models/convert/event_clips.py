#!/usr/bin/env python3
"""Clips of everyday events from free Debian packages as a manifest, for `chladni-cli train audio-events-s --data
FOLDER/manifest.csv`.

    chladni-cli synth scenes --out scenes --scenes 1400 --size 64 --fps 1 --rate 16000 --seed 7 --off-screen 0 --without-event 0.05 --test 0
    python3 models/convert/event_clips.py --out clips --scenes scenes --recordings recordings/manifest.csv

Classes are those of AVE; what is none of them has no label. What is not there is left out and told: tuxpaint-stamps-default
(animals, things, and people who speak), gcompris-qt-data (read from its .rcc files), fluid-soundfont-gs (played by
timidity), the manifest of recordings (columns file, class with VGGSound's names), the scenes. Needs only Python's own
library, zstd where gcompris-qt-data is packed with it, and timidity for the soundfont.
"""
import argparse
import array
import collections
import csv
import pathlib
import random
import struct
import subprocess
import sys
import wave
import zlib

MALE, FEMALE = "Male speech, man speaking", "Female speech, woman speaking"
VGGSOUND = {
    "playing violin, fiddle": "Violin, fiddle", "playing flute": "Flute", "playing acoustic guitar": "Acoustic guitar",
    "playing accordion": "Accordion", "playing banjo": "Banjo", "playing mandolin": "Mandolin", "playing ukulele": "Ukulele",
    "church bell ringing": "Church bell"}
# Parts of paths, the first that fits; None: neither an event nor surely none.
STAMPS = {
    "household/toilet": "Toilet flush", "string/violin": "Violin, fiddle", "blackcat": "Cat", "equines/horse": "Horse",
    "bovines/goat": "Goat", "mountaingoat": "Goat", "dogs/dog": "Bark", "rodents/": "Rodents, rats, mice", "town/": None, "symbols/": None}
# Languages in which one person speaks the names of the stamps.
VOICES = {"bg": MALE, "ca": MALE, "ru": MALE, "lt": MALE, "be": FEMALE, "es": FEMALE, "ro": FEMALE}
SPOKEN = 40  # of each voice
GCOMPRIS = {
    "electric_guitar": "", "LRBark": "Bark", "animals/dog": "Bark", "animals/cat": "Cat", "animals/horse": "Horse", "helicopter": "Helicopter",
    "banjo": "Banjo", "flute_traversiere": "Flute", "violin": "Violin, fiddle", "accordion": "Accordion", "guitar_melody": "Acoustic guitar",
    "guitar_son": "Acoustic guitar", "guitar.ogg": "Acoustic guitar", "CarEngine": None, "car.wav": None, "traffic": None, "music/": None}
# Program and bank of effects, and what they are.
EFFECTS = {
    (123, 1): "Bark", (123, 2): "Horse", (125, 0): "Helicopter", (125, 7): "Fixed-wing aircraft, airplane", (14, 8): "Church bell",
    (124, 1): "", (125, 6): "", (125, 5): "", (122, 1): "", (122, 2): "", (122, 3): "", (126, 0): "", (126, 1): "", (126, 2): "",
    (124, 2): "", (124, 3): "", (125, 2): "", (125, 3): "", (127, 0): ""}
KEYS = (52, 57, 60, 63, 67)
# How often a row stands in the manifest: there are far fewer recordings than scenes.
TIMES = {"stamps": (12, 3), "gcompris": (12, 3), "recordings": (2, 1), "voices": (3, 3), "effects": (6, 6), "scenes": (1, 1)}


def label_of(path, table):
    return next((label for part, label in table.items() if part in path), "")


def scene_stretches(folder):
    """Stretches of one event, or of nothing, in scenes that say so second by second."""
    splits = {row["path"]: row["split"] for row in csv.DictReader(open(folder / "manifest.csv", encoding="utf-8"))}
    seconds = collections.defaultdict(dict)
    for row in csv.DictReader(open(folder / "positions.csv", encoding="utf-8")):
        seconds[row["path"]][int(row["second"])] = row["class"]
    for path, classes in seconds.items():
        start = 0
        for second in range(1, len(classes) + 1):
            if classes.get(second) == classes[start]:
                continue
            label = "" if classes[start] == "Background" else classes[start]
            yield folder / path, start, second, label, "train" if splits.get(path, "train") == "train" else "validation"
            start = second


def unpacked(data, flags, offset):
    size = struct.unpack(">I", data[offset:offset + 4])[0]
    content = data[offset + 4:offset + 4 + size]
    if flags & 1:
        return zlib.decompress(content[4:])
    if flags & 4:
        return subprocess.run(["zstd", "-dc"], input=content, capture_output=True, check=True).stdout
    return content


def resources_of(data):
    """Name and content of every file in Qt's binary resource format."""
    if data[:4] != b"qres":
        return
    version, tree, contents, names = struct.unpack(">IIII", data[4:20])
    size = 14 if version == 1 else 22
    nodes = [(0, "")]
    while nodes:
        node, parent = nodes.pop()
        at = tree + size * node
        name_at, flags = struct.unpack(">IH", data[at:at + 6])
        length = struct.unpack(">H", data[names + name_at:names + name_at + 2])[0]
        name = data[names + name_at + 6:names + name_at + 6 + 2 * length].decode("utf-16-be") if node else ""
        path = f"{parent}/{name}" if name else parent
        if flags & 2:
            count, first = struct.unpack(">II", data[at + 6:at + 14])
            nodes += [(child, path) for child in range(first, first + count)]
        elif path.endswith((".ogg", ".wav")):
            yield path, unpacked(data, flags, contents + struct.unpack(">I", data[at + 10:at + 14])[0])


def effect_midi(program, bank, key):
    track = b"\x00" + bytes([0xB0, 0, bank]) + b"\x00" + bytes([0xC0, program]) + b"\x00" + bytes([0x90, key, 110])
    track += b"\x9e\x00" + bytes([0x80, key, 0]) + b"\x8f\x00" + b"\xff\x2f\x00"  # four seconds, and two to ring
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, 480) + b"MTrk" + struct.pack(">I", len(track)) + track


def played_effects(soundfont, out):
    out.mkdir(parents=True, exist_ok=True)
    (out / "soundfont.cfg").write_text(f"soundfont {soundfont}\n")
    for (program, bank), label in EFFECTS.items():
        for key in KEYS:
            sound, notes = out / f"{program}_{bank}_{key}.wav", out / "note.mid"
            notes.write_bytes(effect_midi(program, bank, key))
            subprocess.run(["timidity", "-c", str(out / "soundfont.cfg"), "-Ow", "-s", "44100", "-o", str(sound), str(notes)], capture_output=True, check=True)
            with wave.open(str(sound)) as file:
                samples = array.array("h", file.readframes(file.getnframes()))
            if samples and max(map(abs, samples)) > 400:
                yield sound, 0, "", label, "train"


def stamps_of(folder):
    for path in sorted(folder.rglob("*.ogg")):
        label = label_of(str(path.relative_to(folder)), STAMPS)
        if "_desc" not in path.stem and label is not None:
            yield path, 0, "", label, "train"


def voices_of(folder, chance):
    for language, label in VOICES.items():
        paths = sorted(folder.rglob(f"*_desc_{language}.ogg"))
        chance.shuffle(paths)
        for path in paths[:SPOKEN]:
            yield path, 0, "", label, "train"


def gcompris_of(folder, out):
    for packed in sorted(folder.rglob("*.rcc")):
        for name, content in resources_of(packed.read_bytes()):
            path = out / packed.stem / name.lstrip("/")
            if label_of(str(path), GCOMPRIS) is None:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            yield path, 0, "", label_of(str(path), GCOMPRIS), "train"


def recordings_of(manifest):
    for row in csv.DictReader(open(manifest, encoding="utf-8")):
        yield manifest.parent / row["file"], 0, "", VGGSOUND.get(row["class"], ""), "train"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--scenes", type=pathlib.Path)
    parser.add_argument("--recordings", type=pathlib.Path)
    parser.add_argument("--stamps", type=pathlib.Path, default="/usr/share/tuxpaint/stamps")
    parser.add_argument("--gcompris", type=pathlib.Path, default="/usr/share/gcompris-qt/rcc")
    parser.add_argument("--soundfont", type=pathlib.Path, default="/usr/share/sounds/sf2/FluidR3_GS.sf2")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    sources = {
        "scenes": (options.scenes, scene_stretches), "recordings": (options.recordings, recordings_of), "stamps": (options.stamps, stamps_of),
        "voices": (options.stamps, lambda folder: voices_of(folder, random.Random(options.seed))),
        "gcompris": (options.gcompris, lambda folder: gcompris_of(folder, options.out / "gcompris")),
        "effects": (options.soundfont, lambda font: played_effects(font, options.out / "effects"))}
    rows = []
    for name, (place, read) in sources.items():
        if place is None or not place.exists():
            print(f"{name}: left out, {place or 'not named'}")
            continue
        try:
            found = list(read(place))
        except (OSError, KeyError, ValueError, struct.error, zlib.error, wave.Error, subprocess.CalledProcessError) as problem:
            sys.exit(f"error: {name}: {place} cannot be used ({problem}); mend it, or name another place with its option")
        print(f"{name}: {len(found)} clips, {sum(1 for row in found if row[3])} of them of a class")
        for path, start, end, label, split in found:
            rows += [[path.resolve(), start, end, label, split]] * TIMES[name][0 if label else 1]
    if not rows:
        sys.exit("error: no clips: none of the sources is here; install one of the packages, or name --scenes or --recordings")
    with open(options.out / "manifest.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["path", "start", "end", "labels", "split"])
        writer.writerows(rows)
    print(f"{options.out / 'manifest.csv'}: {len(rows)} rows")


if __name__ == "__main__":
    main()
