#!/usr/bin/env python3
"""Writes the small HDF5 files beside it with h5py: what the published files look like, and what must be refused."""
import pathlib

import h5py
import numpy as np

here = pathlib.Path(__file__).parent


def new(name):
    return h5py.File(here / name, "w")


table = np.arange(24.0).reshape(3, 2, 4) / 3
with new("contiguous_f64.h5") as f:
    f["avadataset"] = table
with new("chunked_f32.h5") as f:
    f.create_dataset("avadataset", data=table.astype("f4"), chunks=(1, 2, 4), compression="gzip", shuffle=True,
                     fletcher32=True)
with new("big_endian.h5") as f:
    f["avadataset"] = table.astype(">f8")
with new("kinds.h5") as f:
    for kind in ("i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2"):
        f["whole/" + kind] = np.array([1, 2, 100], kind)
    f["name"] = "text is passed over"
    f["nothing"] = h5py.Empty("f4")
with new("order.h5") as f:
    f["order"] = np.array([4, 0, 3], "i8")
with new("floating_order.h5") as f:
    f["whole"] = np.array([4.0, 0.0, 3.0])
    f["broken"] = np.array([4.0, 0.5, 3.0])
with new("keras.h5") as f:
    f["dense_1/dense_1/kernel:0"] = np.arange(6, dtype="f4").reshape(2, 3)
    f["dense_1/dense_1/bias:0"] = np.array([0.5, -0.5, 0.25], "f4")
    f["scalar"] = 7.0
with new("ring.h5") as f:
    f["group/data"] = np.array([1.0, 2.0])
    f["group/again"] = f["group"]
    f["soft"] = h5py.SoftLink("/group/data")
    f["foreign"] = h5py.ExternalLink("order.h5", "/order")
with new("external.h5") as f:
    f.create_dataset("avadataset", shape=(4,), dtype="f4", external=[("passwd", 0, 16)])
with new("virtual.h5") as f:
    layout = h5py.VirtualLayout(shape=(3,), dtype="i8")
    layout[:] = h5py.VirtualSource("order.h5", "order", shape=(3,))
    f.create_virtual_dataset("order", layout)
with new("lzf.h5") as f:
    f.create_dataset("avadataset", data=table, chunks=(1, 2, 4), compression="lzf")
with new("boast.h5") as f:  # nothing was ever stored
    f.create_dataset("avadataset", shape=(1 << 40, 1 << 10), chunks=(1, 1 << 10), dtype="f8")
with new("huge_chunk.h5") as f:
    d = f.create_dataset("avadataset", shape=(1 << 28, 1), chunks=(1 << 28, 1), dtype="f8", compression="gzip",
                         fillvalue=0)
