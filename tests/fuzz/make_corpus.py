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
put("json", "twice", b'{"a":1,"a":2}')
put("csv", "quoted", b'path,labels\r\n"a ""b"", c",x;y\r\n\n"two\nlines",\r\n')
put("csv", "marked", b"\xef\xbb\xbfname,value\nna\xc3\xafve,1\n")
put("csv", "mark-after-empty-line", b"\n\xef\xbb\xbfme,value\n")  # found by fuzzing
