#!/usr/bin/env python3
"""Single sounds of instruments, and sounds that are none, from free packages, as a manifest for
`chladni-cli train instruments-s --data FOLDER/manifest.csv`.

    python3 models/convert/sample_packs.py --out samples --scratch package --also clips/manifest.csv

Takes what is there and says what is not: lmms-common, sonic-pi-samples, tuxpaint-stamps-default, gcompris-qt-data and
fluid-soundfont-gs of Debian (the last is played by timidity), and, where --scratch names it, the unpacked npm package
scratch-vm. A row without a class is a sound of none of the instruments: animals, things, weather, people who speak.
`--also` names a manifest whose rows are put first (`--without iowa-bass-flute` leaves out the flutes that play where
trombones do). Needs only Python's own library, and zstd where gcompris-qt-data is packed with it.
"""
import argparse
import fnmatch
import pathlib
import random

import event_clips
from freepats_notes import COLUMNS, earlier_rows, write_manifest

PIANO, SYNTH, BASS, ELECTRIC, KIT = (f"playing {name}" for name in ("piano", "synthesizer", "bass guitar", "electric guitar", "drum kit"))
KICK, SNARE, CYMBAL = "playing bass drum", "playing snare drum", "playing cymbal"
# Patterns of names, what they are and how they are used; the first that fits.
LMMS = [
    ("instruments/bassslap*", BASS, "passage"), ("instruments/cello*", "playing cello", "passage"), ("instruments/e_organ*", "playing hammond organ", "passage"),
    ("instruments/flute*", "playing flute", "passage"), ("instruments/harpsichord*", "playing harpsichord", "passage"), ("instruments/piano*", PIANO, "passage"),
    ("instruments/steel_guitar*distorted*", ELECTRIC, "passage"), ("instruments/steel_guitar*", "playing acoustic guitar", "passage"),
    ("instruments/trumpet*", "playing trumpet", "passage"), ("instruments/violin_[df]*", "playing violin, fiddle", "passage"),
    ("basses/*", SYNTH, "passage"), ("stringsnpads/*_pad*", SYNTH, "passage"), ("stringsnpads/space*", SYNTH, "passage"),
    ("drums/bassdrum*", KICK, "hit"), ("drums/kick*", KICK, "hit"), ("drums/snare*", SNARE, "hit"), ("drums/crash*", CYMBAL, "hit"),
    ("drums/hihat*", CYMBAL, "hit"), ("drums/ride*", CYMBAL, "hit"), ("drums/tom*", "tom", "hit"), ("beats/break*", KIT, "passage"),
    ("misc/applause*", "", "passage"), ("misc/raving*", "", "passage"), ("misc/breath*", "", "passage")]
SONIC_PI = [
    ("bass_[dht]*", SYNTH, "passage"), ("bd_*", KICK, "hit"), ("drum_bass*", KICK, "hit"), ("drum_heavy_kick*", KICK, "hit"), ("sn_*", SNARE, "hit"),
    ("drum_snare*", SNARE, "hit"), ("drum_cymbal*", CYMBAL, "hit"), ("drum_splash*", CYMBAL, "hit"), ("drum_tom*", "tom", "hit"),
    ("guit_*", ELECTRIC, "passage"), ("ambi_piano*", PIANO, "passage"), ("loop_amen*", KIT, "passage"), ("loop_breakbeat*", KIT, "passage"),
    ("ambi_*woosh*", "", "passage"), ("ambi_lunar*", "", "passage"), ("ambi_s*", "", "passage"), ("glitch_*", "", "passage"), ("loop_3d*", "", "passage"),
    ("loop_industrial*", "", "passage"), ("mehackit_*", "", "passage"), ("misc_*", "", "passage"), ("perc_[dis]*", "", "passage"), ("vinyl_*", "", "passage")]
SCRATCH = [
    ("*/1-piano/*", PIANO, "note"), ("*/3-organ/*", "playing hammond organ", "note"), ("*/4-guitar/*", "playing acoustic guitar", "note"),
    ("*/5-electric-guitar/*", ELECTRIC, "note"), ("*/6-bass/*", BASS, "note"), ("*/8-cello/*", "playing cello", "note"), ("*/9-trombone/*", "playing trombone", "note"),
    ("*/10-clarinet/*", "playing clarinet", "note"), ("*/11-saxophone/*", "playing saxophone", "note"), ("*/12-flute/*", "playing flute", "note"),
    ("*/14-bassoon/*", "playing bassoon", "note"), ("*/15-choir/*", "singing choir", "note"), ("*/16-vibraphone/*", "playing vibraphone", "note"),
    ("*/18-steel-drum/*", "playing steelpan", "note"), ("*/19-marimba/*", "playing marimba, xylophone", "note"), ("*/20-synth*/*", SYNTH, "note"),
    ("*/21-synth*/*", SYNTH, "note"), ("*/1-snare*", SNARE, "hit"), ("*/2-bass-drum*", KICK, "hit"), ("*/4-crash*", CYMBAL, "hit"),
    ("*hi-hat*", CYMBAL, "hit"), ("*/7-tambourine*", "playing tambourine", "hit"), ("*/13-bongo*", "playing bongo", "hit"), ("*/14-conga*", "playing congas", "hit")]
PACKS = {
    "LMMS": ("/usr/share/lmms/samples", LMMS, "GPL-2+", "the LMMS developers"),
    "Sonic Pi": ("/usr/share/sonic-pi/samples", SONIC_PI, "CC0 1.0", "Sonic Pi, its samples' README"),
    "Scratch": (None, SCRATCH, "AGPL-3", "Scratch Foundation, MIT")}
# Instruments among the clips of everyday events, and what may be one.
MAYBE_INSTRUMENTS = ("/instruments/", "/melody/", "guitar", "gong", "hobbies/music", "final-roll-call", "dreydl", "Weird", "win.wav", "bonus.wav", "completetask", "silence", "harbor",
                     "morse", "audioclick")


def samples_of(name, folder):
    _, table, licence, attribution = PACKS[name]
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".ogg", ".flac", ".mp3", ".wav")):
        if path.suffix == ".ogg" and path.read_bytes()[:4] != b"OggS":
            continue  # two of LMMS are Vorbis in a WAVE, which hardly anything reads
        found = next(((label, kind) for pattern, label, kind in table if fnmatch.fnmatch(str(path.relative_to(folder)), pattern)), None)
        if found:
            key = path.stem if path.stem.isdigit() else ""
            yield [path.resolve(), found[0], name, licence, attribution, found[1], key, "recorded"]


def others_of(clips, name, licence, attribution):
    """Clips of everyday events that are certainly no instrument."""
    for path, _, _, label, _ in clips:
        if label not in event_clips.VGGSOUND.values() and not any(part in str(path) for part in MAYBE_INSTRUMENTS):
            yield [path.resolve(), "", name, licence, attribution, "passage", "", "rendered" if name == "FluidR3_GS" else "recorded"]


def others(out):
    stamps, gcompris, effects = pathlib.Path("/usr/share/tuxpaint/stamps"), pathlib.Path("/usr/share/gcompris-qt/rcc"), pathlib.Path("/usr/share/sounds/sf2/FluidR3_GS.sf2")
    if stamps.exists():
        yield from others_of(event_clips.stamps_of(stamps), "Tux Paint", "GPL-2+", "the Tux Paint developers")
        yield from others_of(event_clips.voices_of(stamps, random.Random(1)), "Tux Paint, speech", "GPL-2+", "the Tux Paint developers")
    if gcompris.exists():
        yield from others_of(event_clips.gcompris_of(gcompris, out / "gcompris"), "GCompris, everyday sounds", "GPL-3+", "the GCompris developers")
    if effects.exists():
        yield from others_of(event_clips.played_effects(effects, out / "effects"), "FluidR3_GS", "MIT", "F. Wen")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", type=pathlib.Path, required=True)
    options.add_argument("--also", type=pathlib.Path, help="a manifest whose rows come first")
    options.add_argument("--without", action="append", default=[], metavar="TEXT", help="leave out earlier rows with this in the name of their file")
    options.add_argument("--scratch", type=pathlib.Path, help="the unpacked npm package scratch-vm")
    chosen = options.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    rows = []
    for name, (folder, *_) in PACKS.items():
        place = chosen.scratch if folder is None else pathlib.Path(folder)
        found = list(samples_of(name, place)) if place and place.exists() else []
        print(f"{name}: {len(found)} sounds" if found else f"{name}: left out, not there")
        rows += found
    found = list(others(chosen.out))
    print(f"others: {len(found)} sounds")
    rows += found
    if not rows:
        raise SystemExit("error: none of the packages is here; install lmms-common, sonic-pi-samples, tuxpaint-stamps-default or gcompris-qt-data")
    earlier = [row for row in earlier_rows(chosen.also) if not any(text in row["file"].name for text in chosen.without)]
    write_manifest(chosen.out, earlier + [dict(zip(COLUMNS, row)) for row in rows])


if __name__ == "__main__":
    main()
