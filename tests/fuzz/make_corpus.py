#!/usr/bin/env python3
"""Writes the seed inputs of the fuzz targets into corpus/, from Python's standard library alone.

Those of hdf5 are copies of tests/unit/serial/hdf5/*.h5."""
import collections
import io
import json
import pathlib
import pickle
import struct
import zipfile

here = pathlib.Path(__file__).parent / "corpus"


def put(target, name, data):
    folder = here / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)


def safetensors(header, data):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def entry(dtype, shape, begin, end):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


plain = safetensors({"__metadata__": {"format": "pt"}, "a": entry("F32", [2], 0, 8), "b": entry("U8", [3], 8, 11)},
                    bytes(range(11)))
put("safetensors", "plain", plain)
put("safetensors", "scalar-empty", safetensors({"s": entry("BF16", [], 0, 2), "e": entry("I64", [4, 0], 2, 2)}, b"ab"))
put("safetensors", "overlap", safetensors({"a": entry("U8", [4], 0, 4), "b": entry("U8", [4], 2, 6)}, b"abcdef"))
put("safetensors", "long-header", struct.pack("<Q", 1 << 62) + b"{}")


class Named:
    """Pickles as a bare global, the way torch names its functions and storage types."""

    def __init__(self, module, name):
        self.module, self.name = module, name


class Writer(pickle._Pickler):
    def persistent_id(self, value):
        if isinstance(value, tuple) and value[:1] == ("storage",):
            return value
        return None

    def save(self, value, save_persistent_id=True):
        if isinstance(value, Named):
            self.write(b"c" + value.module.encode() + b"\n" + value.name.encode() + b"\n")
        elif isinstance(value, Call):
            self.save(value.function)
            self.save(value.arguments)
            self.write(b"R")
        elif isinstance(value, tuple) and value[:1] == ("storage",) and save_persistent_id:
            self.save(value, save_persistent_id=False)
            self.write(b"Q")
        else:
            super().save(value, save_persistent_id)


class Call:
    def __init__(self, function, *arguments):
        self.function, self.arguments = function, arguments


def tensor(key, count, offset, shape, strides, kind="FloatStorage"):
    storage = ("storage", Named("torch", kind), key, "cpu", count)
    return Call(Named("torch._utils", "_rebuild_tensor_v2"), storage, offset, shape, strides, False,
                collections.OrderedDict())


def dumped(value, protocol):
    out = io.BytesIO()
    Writer(out, protocol).dump(value)
    return out.getvalue()


state = {"w": tensor("0", 6, 0, (2, 3), (3, 1)), "t": tensor("0", 6, 1, (3, 1), (2, 9)), "n": 3}
nested = {"epoch": 3, "lr": 0.1, "big": 1 << 40, "none": None, "ok": True, "bytes": b"xy", "list": [1, (2, 3)],
          "model": state}
hostile = {"w": Call(Named("os", "system"), "true")}
for protocol in (2, 4, 5):
    for name, value in (("state", state), ("nested", nested), ("hostile", hostile)):
        data = dumped(value, protocol)
        put("pickle", f"{name}-{protocol}", data)
        if protocol != 4:
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
                archive.writestr(zipfile.ZipInfo("archive/data.pkl"), data)
                archive.writestr(zipfile.ZipInfo("archive/byteorder"), "little")
                archive.writestr(zipfile.ZipInfo("archive/data/0"), struct.pack("<6f", *range(6)))
                archive.writestr(zipfile.ZipInfo("archive/version"), "3\n")
            put("checkpoint", f"{name}-{protocol}.pth", out.getvalue())
put("checkpoint", "plain.safetensors", plain)
put("checkpoint", "old-pickle", b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.")

manifest = {
    "format": "chladni-model", "version": 1, "family": "ast", "title": "A title", "licence": "CC0",
    "task": "multi-class", "tasks": ["instruments"],
    "frontend": {"kind": "kaldi-fbank", "rate": 16000, "frame_length_ms": 25.0, "frame_shift_ms": 10.0,
                 "window": "hanning", "mel_bins": 128, "target_frames": 1024, "mean": -4.2677393,
                 "deviation": 4.5689974},
    "architecture": {"depth": 12, "distilled": True, "norm": "pre"}, "classes": ["a", "b"], "ontology_ids": ["/m/a", "/m/b"],
    "temperature": 1.5, "weights": {"file": "weights.safetensors", "dtype": "fp32"},
    "sha256": {"weights.safetensors": "0" * 64, "CARD.md": "F" * 64}, "metrics": {"top1": 0.5}}
put("manifest", "ast.json", json.dumps(manifest, indent=1).encode())
manifest["frontend"] = dict(manifest["frontend"], kind="log-mel", log_mel={"padding": "reflect", "mel_scale": "slaney"})
put("manifest", "log-mel.json", json.dumps(manifest).encode())
put("json", "mixed", b'{"a":[1,-2,3.5e-7,true,false,null,"x\\"\\u00e9\\n"],"b":{},"c":[[[]]],"d":18446744073709551615}')
put("json", "negative-zero", b"-0.0")
put("json", "twice", b'{"a":1,"a":2}')
put("csv", "quoted", b'path,labels\r\n"a ""b"", c",x;y\r\n\n"two\nlines",\r\n')
put("csv", "marked", b"\xef\xbb\xbfname,value\nna\xc3\xafve,1\n")
put("csv", "mark-after-empty-line", b"\n\xef\xbb\xbfme,value\n")  # found by fuzzing

# Labels: one small file a format, as other programs write them.
put("labels_json", "two", json.dumps({"format": "chladni-labels", "version": 1, "media": "a", "length_ns": 5, "tracks": [
    {"name": "t", "kind": "intervals", "exclusive": True, "labels": [
        {"start_ns": 1, "end_ns": 2, "text": "x", "band_hz": [1, 2.5], "confidence": 0.5, "state": "proposed", "author": "b",
         "origin": {"model": "m", "weights_sha256": "", "threshold": 0.25}, "attributes": [["k", "v"]]}]}]}).encode())
put("labels_csv", "two", b"start,end,label,track,low_hz,high_hz,confidence,author,source,state,weights_sha256,threshold,attributes,"
    b"track_kind,media,media_end\n1,1,\"x,y\",t,1,2,0.5,b,m,proposed,,0.25,k=v;,exclusive points,a,9\n,,,u,,,,,,,,,,intervals,,\n")
put("labels_audacity", "two", b"0.5\t1,5\tBark\n\\\t100\t-1\n2\tpoint\n\n3\t2\tx\ty\n")
put("labels_textgrid", "long", b'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = 2\ntiers? <exists>\nsize = 1\n'
    b'item []:\nitem [1]:\nclass = "IntervalTier"\nname = "a"\nxmin = 0\nxmax = 2\nintervals: size = 1\nintervals [1]:\nxmin = 0\n'
    b'xmax = 2\ntext = "x""y"\n')
put("labels_textgrid", "short", '"ooTextFile"\n"TextGrid"\n0\n1\n<exists>\n1\n"TextTier"\n"p"\n0\n1\n1\n0.5\n"ä"\n'.encode("utf-16"))
put("labels_eaf", "two", b'<ANNOTATION_DOCUMENT><HEADER><MEDIA_DESCRIPTOR MEDIA_URL="file:///a"/></HEADER><TIME_ORDER><TIME_SLOT '
    b'TIME_SLOT_ID="1" TIME_VALUE="5"/><TIME_SLOT TIME_SLOT_ID="2"/></TIME_ORDER><TIER TIER_ID="t" ANNOTATOR="a"><ANNOTATION>'
    b'<ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="1" TIME_SLOT_REF2="2"><ANNOTATION_VALUE>x</ANNOTATION_VALUE>'
    b'</ALIGNABLE_ANNOTATION></ANNOTATION><ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a2" ANNOTATION_REF="a1"/></ANNOTATION></TIER>'
    b'</ANNOTATION_DOCUMENT>')
put("labels_jams", "two", b'{"file_metadata":{"title":"a","duration":3.5},"annotations":[{"namespace":"beat","sandbox":{"chladni":{"name"'
    b':"b","kind":"points"}},"annotation_metadata":{"annotator":{"name":"c"}},"data":[{"time":1,"duration":0,"value":{"label":"x"},'
    b'"confidence":0.5}]},{"namespace":"n","data":{"time":[1],"duration":[2],"value":["x"],"confidence":[null]}}]}')
put("labels_raven", "two", b"Selection\tView\tBegin Time (s)\tEnd Time (s)\tLow Freq (Hz)\tHigh Freq (Hz)\tSpecies\tSex\n"
    b"1\tWaveform 1\t0\t1\t\t\tx\tf\n1\tSpectrogram 1\t0\t1\t1\t2\tx\tf\n")
put("labels_rttm", "two", b";; r\nSPEAKER a 1 0.5 1 <NA> <NA> x 0.5 <NA>\nSPEAKER b 1 1 <NA> <NA> <NA> y <NA>\n")
put("labels_svl", "two", b'<sv><data><model id="1" name="n" sampleRate="8000" type="sparse" subtype="region" dataset="0"/><dataset '
    b'id="0"><point frame="1" value="0" duration="2" label="x"/></dataset><model name="b" sampleRate="1" type="sparse" subtype="box" '
    b'dataset="2"/><dataset id="2"><point frame="-1" value="1" extent="2" label="&lt;"/></dataset></data></sv>')
put("labels_sv_csv", "named", b"TIME,VALUE,DURATION,LABEL\n1,0,0.5,x\n2,1,1,\"y\"\n")
put("labels_sv_csv", "bare", b"# r\n0.5\t1.5\tx\n2\t3\ty\n")
put("labels_vtt", "two", b"WEBVTT\n\nNOTE n\n\nid\n01:02.5 --> 01:03 align:left\n<v A>x <b>y</b> &lt;\n\n00:00:01 --> 00:00:02\nz\n")
put("labels_srt", "two", b"1\n00:00:01,000 --> 00:00:02,000\nx\ny\n\n2\n00:00:03.0 --> 00:00:04\n")
put("labels_ave", "two", b"Category&VideoID&Quality&StartTime&EndTime\nBark&a&good&0&3\nCat&b&poor&1&1\n")
put("data_manifest", "csv", b"0path,start,end,labels,split\na.wav,,,x;y,train\n\"b,c.wav\",1,2.5,z,test\n")
put("data_manifest", "lines", b'1{"path": "a.wav", "labels": ["x", "y"], "start": 1}\n{"path": "b.wav", "labels": "z", "lyrics": "la"}\n')
put("recipe", "few", json.dumps({"preset": "ast-finetune", "family": "ast", "rate": 1e-3, "steps": 10, "mask_ratio": 0.75,
                                 "optimiser": "adamw", "balanced": True}).encode())
put("events", "run", b"\n".join(json.dumps(event).encode() for event in [
    {"event": "start", "time": 1.0, "config": {"steps": 20}},
    {"event": "step", "time": 2.0, "epoch": 1, "step": 10, "steps": 20, "loss": 0.5, "lr": 1e-3, "losses": {"class": 0.5}},
    {"event": "epoch", "time": 3.0, "epoch": 1, "train": {"loss": 0.5}, "validation": {"accuracy": 0.25}},
    {"event": "end", "time": 4.0, "reason": "finished"}]) + b"\n")
put("project", "whole", bytes(2))
put("project", "header", bytes([0, 0, 0, 0, 0, 18, 9, 0, 0, 0, 60, 99]))
put("project", "cut", bytes([64, 0]))
put("project", "older", bytes([0, 0, 0, 0, 0, 63, 1]))
