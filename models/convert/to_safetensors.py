#!/usr/bin/env python3
"""Turns an old PyTorch checkpoint (before 1.6, or a pickled whole module) into safetensors that Chladni imports.

Chladni itself never runs code from a checkpoint; this script does, with your own PyTorch, so run it only on files whose
origin you trust.   Usage:  to_safetensors.py old.pth new.safetensors
"""
import json
import struct
import sys

import torch

NAMES = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.float64: "F64",
         torch.int64: "I64", torch.int32: "I32", torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8",
         torch.bool: "BOOL"}


def state_dict(path):
    loaded = torch.load(path, map_location="cpu")
    if hasattr(loaded, "state_dict"):
        loaded = loaded.state_dict()
    for key in ("model", "state_dict"):
        if isinstance(loaded.get(key), dict):
            loaded = loaded[key]
    sets = [key for key in ("student", "teacher") if isinstance(loaded.get(key), dict)]
    if sets:  # a pair of networks: both are kept, told apart by their prefix
        loaded = {f"{key}.{name}": tensor for key in sets for name, tensor in loaded[key].items()}
    return {name: tensor.detach().contiguous() for name, tensor in loaded.items() if torch.is_tensor(tensor)}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    tensors, header, blobs, offset = state_dict(sys.argv[1]), {}, [], 0
    for name, tensor in tensors.items():
        blob = bytes(tensor.reshape(-1).view(torch.uint8).numpy()) if tensor.numel() else b""
        header[name] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape),
                        "data_offsets": [offset, offset + len(blob)]}
        offset += len(blob)
        blobs.append(blob)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(sys.argv[2], "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for blob in blobs:
            out.write(blob)
    print(f"{len(tensors)} tensors written to {sys.argv[2]}")


if __name__ == "__main__":
    main()
