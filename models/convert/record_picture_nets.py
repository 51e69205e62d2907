#!/usr/bin/env python3
"""Records what torchvision's VGG-19 and ResNet make of two small pictures, for tests/unit/models/backbones.

Weights and pictures follow the integer formula of tests/support/formula_weights.h, so only outputs are stored. The nets
are small ones of the same build: VGG-19 an eighth as wide with a classifier of 32 and 10 units, ResNet with one, one, two
and one bottleneck blocks and 10 classes.
Recorded with torchvision 0.14.1, torch 1.13, CPU, oneDNN off:  record_picture_nets.py picture_nets.safetensors
"""
import sys
import zlib

import numpy
import torch
from torchvision.models.resnet import Bottleneck, ResNet
from torchvision.models.vgg import VGG, make_layers

from export_torchscript import write_safetensors

SIDE = 64


def formula(name, shape, kind):
    count = int(numpy.prod(shape))
    x = ((numpy.uint64(zlib.crc32(name.encode())) + numpy.arange(count, dtype=numpy.uint64) * numpy.uint64(2654435761))
         & numpy.uint64(0xFFFFFFFF)).astype(numpy.uint32)
    x ^= x >> numpy.uint32(16)
    x = x * numpy.uint32(0x85EBCA6B)
    x ^= x >> numpy.uint32(13)
    x = x * numpy.uint32(0xC2B2AE35)
    x ^= x >> numpy.uint32(16)
    u = x.astype(numpy.float64) / 2.0**32
    fan = numpy.prod(shape[1:]) if len(shape) > 1 else 1
    value = {"weight": (2 * u - 1) * numpy.sqrt(6 / fan), "scale": 0.8 + 0.4 * u, "var": 0.5 + u, "bias": 0.1 * (2 * u - 1),
             "sig": 2 * u - 1}[kind]
    return torch.from_numpy(value.astype(numpy.float32).reshape(shape))


def kind_of(name, tensor):
    if name.endswith("running_var"):
        return "var"
    if name.endswith(("bias", "running_mean")):
        return "bias"
    return "weight" if tensor.dim() > 1 else "scale"


def filled(network, model):
    state = {name: formula(f"{model}:{name}", tuple(tensor.shape), kind_of(name, tensor))
             for name, tensor in network.state_dict().items() if not name.endswith("num_batches_tracked")}
    network.load_state_dict(state, strict=False)
    return network.eval()


def last(maps):
    return maps.permute(0, 2, 3, 1).contiguous()


def vgg19(x, out):
    plan = [8, 8, "M", 16, 16, "M", 32, 32, 32, 32, "M", 64, 64, 64, 64, "M", 64, 64, 64, 64, "M"]
    network = VGG(make_layers(plan), init_weights=False)
    nn = torch.nn
    network.classifier = nn.Sequential(nn.Linear(64 * 49, 32), nn.ReLU(), nn.Dropout(), nn.Linear(32, 32), nn.ReLU(), nn.Dropout(),
                                       nn.Linear(32, 10))
    filled(network, "vgg19")
    value, block = x, 0
    for layer in network.features:
        value = layer(value)
        if isinstance(layer, nn.MaxPool2d):
            block += 1
            out[f"vgg19.block{block}_pool"] = last(value) if block == 5 else last(value).mean((1, 2))
    value = network.avgpool(value).flatten(1)
    for index, layer in enumerate(network.classifier):
        value = layer(value)
        if index in (1, 4):
            out[f"vgg19.fc{1 + index // 3}"] = value
    out["vgg19.logits"] = value
    assert torch.equal(value, network(x))


def resnet(x, out):
    network = filled(ResNet(Bottleneck, [1, 1, 2, 1], num_classes=10), "resnet")
    value = network.maxpool(network.relu(network.bn1(network.conv1(x))))
    for index in range(1, 5):
        value = getattr(network, f"layer{index}")(value)
        out[f"resnet.layer{index}"] = last(value) if index == 4 else last(value).mean((1, 2))
    out["resnet.avg_pool"] = value.mean((2, 3))
    out["resnet.logits"] = network(x)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out = {}
    with torch.no_grad(), torch.backends.mkldnn.flags(enabled=False):
        x = formula("pictures", (2, 3, SIDE, SIDE), "sig")
        vgg19(x, out)
        resnet(x, out)
    write_safetensors(sys.argv[1], out)


if __name__ == "__main__":
    main()
