#!/usr/bin/env python3
"""Recorded instruments of the learning game GCompris (Debian: gcompris-qt-data) as sounds with a manifest, for
`chladni-cli train instruments-s --data FOLDER/manifest.csv`.

    python3 models/convert/gcompris_instruments.py --out clips --also notes/manifest.csv

Each clip is a few seconds of one instrument, played for the game (GPL-3+; S. Dechy, J. Blanchard, J. Jules, C. Tuvuku;
the drum kit, whose licence is another, is left out). They lie in a file of Qt resources, whose format is read here.
`--also` names a manifest whose rows are put first, so that one manifest holds all. Needs only Python's own library.
"""
import argparse
import csv
import os
import pathlib
import struct

CLASSES = {
    "accordion": "playing accordion", "banjo": "playing banjo", "bongo": "playing bongo", "castanets": "playing castanets",
    "cello": "playing cello", "clarinet": "playing clarinet", "cymbal": "playing cymbal", "electric_guitar": "playing electric guitar",
    "flute_traversiere": "playing flute", "guitar": "playing acoustic guitar", "harmonica": "playing harmonica", "harp": "playing harp",
    "horn": "playing french horn", "piano": "playing piano", "saxophone": "playing saxophone", "snare_drum": "playing snare drum",
    "tambourine": "playing tambourine", "timpani": "playing timpani", "trombone": "playing trombone", "trumpet": "playing trumpet",
    "violin": "playing violin, fiddle"}
COLUMNS = ["file", "class", "source", "licence", "attribution", "kind", "midi_note", "origin"]
ATTRIBUTION = "S. Dechy, J. Blanchard, J. Jules, C. Tuvuku, GCompris"
COMPRESSED, FOLDER = 1, 2


class Resources:
    """A file of Qt resources: a tree of names, each a folder of others or a block of bytes."""

    def __init__(self, path):
        self.bytes = pathlib.Path(path).read_bytes()
        if self.bytes[:4] != b"qres":
            raise SystemExit(f"{path} is not a file of Qt resources. Install gcompris-qt-data again.")
        self.version, self.tree, self.data, self.names = struct.unpack(">4I", self.bytes[4:20])

    def name(self, offset):
        at = self.names + offset
        length = struct.unpack(">H", self.bytes[at:at + 2])[0]
        return self.bytes[at + 6:at + 6 + 2 * length].decode("utf-16-be")

    def files(self, node=0):
        at = self.tree + node * (14 if self.version < 2 else 22)
        name, flags = struct.unpack(">IH", self.bytes[at:at + 6])
        if flags & FOLDER:
            count, first = struct.unpack(">II", self.bytes[at + 6:at + 14])
            for child in range(first, first + count):
                yield from self.files(child)
        elif not flags & COMPRESSED:
            offset = self.data + struct.unpack(">I", self.bytes[at + 10:at + 14])[0]
            length = struct.unpack(">I", self.bytes[offset:offset + 4])[0]
            yield self.name(name), self.bytes[offset + 4:offset + 4 + length]


def earlier_rows(manifest, out):
    with open(manifest, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            row["file"] = os.path.relpath(manifest.resolve().parent / row["file"], out.resolve())
            yield {column: row.get(column) or "" for column in COLUMNS}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--out", type=pathlib.Path, required=True)
    arguments.add_argument("--also", type=pathlib.Path, help="a manifest whose rows come first")
    arguments.add_argument("--resources", default="/usr/share/gcompris-qt/rcc/instruments.rcc")
    given = arguments.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    rows = list(earlier_rows(given.also, given.out)) if given.also else []
    for name, content in sorted(Resources(given.resources).files()):
        stem, kind = os.path.splitext(name)
        if kind != ".ogg" or stem not in CLASSES:
            continue
        (given.out / name).write_bytes(content)
        rows.append(dict(zip(COLUMNS, [name, CLASSES[stem], "GCompris", "GPL-3+", ATTRIBUTION, "passage", "", "recorded"])))
    with open(given.out / "manifest.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(rows)
    print(f"{len(rows)} sounds in {given.out / 'manifest.csv'}")


if __name__ == "__main__":
    main()
