#!/usr/bin/env python3
"""Recorded instruments of the learning game GCompris (Debian: gcompris-qt-data) as sounds with a manifest, for
`chladni-cli train instruments-s --data FOLDER/manifest.csv`.

    python3 models/convert/gcompris_instruments.py --out clips --also notes/manifest.csv

Each clip is a few seconds of one instrument, played for the game (GPL-3+; S. Dechy, J. Blanchard, J. Jules, C. Tuvuku;
the drum kit, whose licence is another, is left out). `--also` names a manifest whose rows are put first, so that one
manifest holds all. Needs only Python's own library, and zstd where gcompris-qt-data is packed with it.
"""
import argparse
import pathlib

from event_clips import resources_of
from freepats_notes import COLUMNS, earlier_rows, write_manifest

CLASSES = {
    "accordion": "playing accordion", "banjo": "playing banjo", "bongo": "playing bongo", "castanets": "playing castanets",
    "cello": "playing cello", "clarinet": "playing clarinet", "cymbal": "playing cymbal", "electric_guitar": "playing electric guitar",
    "flute_traversiere": "playing flute", "guitar": "playing acoustic guitar", "harmonica": "playing harmonica", "harp": "playing harp",
    "horn": "playing french horn", "piano": "playing piano", "saxophone": "playing saxophone", "snare_drum": "playing snare drum",
    "tambourine": "playing tambourine", "timpani": "playing timpani", "trombone": "playing trombone", "trumpet": "playing trumpet",
    "violin": "playing violin, fiddle"}
ATTRIBUTION = "S. Dechy, J. Blanchard, J. Jules, C. Tuvuku, GCompris"


def clips_of(packed, out):
    """Writes the clips of a file of Qt resources, and yields their rows."""
    for name, content in sorted(resources_of(packed)):
        path = pathlib.Path(name)
        if path.suffix == ".ogg" and path.stem in CLASSES:
            (out / path.name).write_bytes(content)
            yield dict(zip(COLUMNS, [path.name, CLASSES[path.stem], "GCompris", "GPL-3+", ATTRIBUTION, "passage", "", "recorded"]))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", type=pathlib.Path, required=True)
    options.add_argument("--also", type=pathlib.Path, help="a manifest whose rows come first")
    options.add_argument("--resources", type=pathlib.Path, default="/usr/share/gcompris-qt/rcc/instruments.rcc")
    chosen = options.parse_args()
    if not chosen.resources.is_file():
        raise SystemExit(f"error: {chosen.resources} is not there; install gcompris-qt-data, or name the file with --resources")
    chosen.out.mkdir(parents=True, exist_ok=True)
    rows = list(earlier_rows(chosen.also))
    clips = list(clips_of(chosen.resources.read_bytes(), chosen.out))
    if not clips:
        raise SystemExit(f"error: {chosen.resources} holds no clip of an instrument; is it another file of resources?")
    write_manifest(chosen.out, rows + clips)


if __name__ == "__main__":
    main()
