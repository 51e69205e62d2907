#!/usr/bin/env python3
"""Makes a Chladni package of the family "torchscript" from a network of your own torchvision, torchaudio, timm or
transformers.

  export_torchscript.py torchvision inception_v3 --out inception-v3
  export_torchscript.py torchaudio wav2vec2_base --weights WAV2VEC2_BASE --out wav2vec2-base
  export_torchscript.py transformers facebook/hubert-base-ls960 --input waveform --out hubert
  export_torchscript.py timm convnext_xlarge_in22k --size 224 --out convnext-xl
  export_torchscript.py python my_module:make_network --input picture --size 331 --tap features --out nasnet

The package holds module.pt, model.json (with input, preprocessing, taps, shapes and SHA-256) and CARD.md. Chladni runs the
module only after you agree to that SHA-256. --check FILE also writes one input and what the module made of it, to compare.
Weights: a file with a state dict; "random"; or, for torchvision and torchaudio, the library's own name of its weights
(torchvision: "default"), which it then downloads itself.
"""
import argparse
import hashlib
import importlib
import inspect
import json
import os
import struct
import sys

import torch

IMAGENET = {"mean": [0.485, 0.456, 0.406], "deviation": [0.229, 0.224, 0.225], "scale": 1.0 / 255.0}
HALVES = {"mean": [0.5, 0.5, 0.5], "deviation": [0.5, 0.5, 0.5], "scale": 1.0 / 255.0}  # x / 127.5 - 1

# torchvision network: side of the picture, module whose output is the map, preprocessing
TORCHVISION = {
    "vgg19": (224, "features", IMAGENET), "resnet50": (224, "layer4", IMAGENET), "resnet152": (224, "layer4", IMAGENET),
    "inception_v3": (299, "Mixed_7c", IMAGENET), "mobilenet_v2": (224, "features", IMAGENET),
    "mobilenet_v3_small": (224, "features", IMAGENET), "mobilenet_v3_large": (224, "features", IMAGENET),
    "densenet201": (224, "features", IMAGENET), "efficientnet_b7": (600, "features", IMAGENET),
    "efficientnet_v2_l": (480, "features", HALVES), "convnext_large": (224, "features", IMAGENET),
}
RELU_AFTER = ("densenet121", "densenet161", "densenet169", "densenet201")  # the published layer is behind the activation


class Tapped(torch.nn.Module):
    """Gives the outputs of named submodules, maps channels last, and, when asked, the network's own output."""

    def __init__(self, network, taps, rectified, logits):
        super().__init__()
        self.network, self.taps, self.rectified, self.logits = network, taps, rectified, logits
        self.seen = {}
        for name in taps:
            network.get_submodule(name).register_forward_hook(self.keeper(name))

    def keeper(self, name):
        def keep(_module, _inputs, output):
            self.seen[name] = first_tensor(output)
        return keep

    def forward(self, x):
        result = first_tensor(self.network(x))
        outputs = []
        for name in self.taps:
            value = self.seen[name]
            if self.rectified and value.dim() == 4:
                value = torch.relu(value)
            outputs.append(value.permute(0, 2, 3, 1).contiguous() if value.dim() == 4 else value)
        return tuple(outputs + ([result] if self.logits else []))


class SpeechLayers(torch.nn.Module):
    """torchaudio's wav2vec 2.0 and HuBERT: the last transformer layer, every frame, and the convolutions below it."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x):
        convolved, _ = self.network.feature_extractor(x, None)
        return self.network.extract_features(x)[0][-1], convolved


class FirstOutput(torch.nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x):
        value = first_tensor(self.network(x))
        return (value.permute(0, 2, 3, 1).contiguous() if value.dim() == 4 else value,)


def first_tensor(value):
    if isinstance(value, dict):
        value = list(value.values())
    while isinstance(value, (tuple, list)):
        value = value[0]
    return value


def without_weight_norm(network):
    """Weight norm is a way to train; traced modules cannot have its hooks, and the weights are the same without."""
    for module in network.modules():
        try:
            torch.nn.utils.remove_weight_norm(module)
        except ValueError:
            pass
    return network


def load_state(network, path):
    state = torch.load(path, map_location="cpu")
    for key in ("model", "state_dict"):
        if isinstance(state, dict) and isinstance(state.get(key), dict):
            state = state[key]
    network.load_state_dict({name.removeprefix("module."): value for name, value in state.items()})


def from_torchvision(options):
    import torchvision
    size, tap, pixels = TORCHVISION.get(options.name, (224, "features", IMAGENET))
    maker = getattr(torchvision.models, options.name)
    extra = {"init_weights": False} if "init_weights" in inspect.signature(maker).parameters else {}
    if options.name == "inception_v3":
        extra.update(aux_logits=True, transform_input=False)
    if options.weights in ("random", "default") or os.path.exists(options.weights):
        network = maker(weights="DEFAULT" if options.weights == "default" else None, **(extra if options.weights != "default" else {}))
    else:
        network = maker(weights=options.weights)
    if options.name == "inception_v3":
        network.transform_input = False  # its pixels are normalised as the others' are
    if os.path.exists(options.weights):
        load_state(network, options.weights)
    taps = options.tap.split(",") if options.tap else [tap]
    return Tapped(network.eval(), taps, options.name in RELU_AFTER, True), taps + ["logits"], {
        "input": "picture", "size": options.size or size, "pixels": pixels, "task": "pictures"}


def from_torchaudio(options):
    import torchaudio
    normalise = False
    if options.weights == "random" or os.path.exists(options.weights):
        maker = getattr(torchaudio.models, options.name)
        network = maker(**json.loads(options.settings))
        if options.weights != "random":
            load_state(network, options.weights)
    else:
        bundle = getattr(torchaudio.pipelines, options.weights)
        network, normalise = bundle.get_model(), bool(getattr(bundle, "_normalize_waveform", False))
    return SpeechLayers(network.eval()), ["transformer", "conv"], {"input": "waveform", "normalise": normalise}


def from_transformers(options):
    from transformers import AutoModel
    network = AutoModel.from_pretrained(options.name, torchscript=True).eval()
    pixels = {"imagenet": IMAGENET, "halves": HALVES}[options.pixels]
    return FirstOutput(network), ["last_hidden_state"], {"input": options.input, "size": options.size or 224, "pixels": pixels,
                                                         "normalise": options.normalise_waveform}


def from_timm(options):
    import timm
    network = timm.create_model(options.name, pretrained=options.weights == "default").eval()
    network.forward = network.forward_features
    return FirstOutput(network), ["features"], {"input": "picture", "size": options.size or 224,
                                                "pixels": {"imagenet": IMAGENET, "halves": HALVES}[options.pixels]}


def from_python(options):
    module, function = options.name.split(":")
    sys.path.insert(0, os.getcwd())
    network = getattr(importlib.import_module(module), function)().eval()
    traits = {"input": options.input, "size": options.size or 224, "normalise": options.normalise_waveform,
              "pixels": {"imagenet": IMAGENET, "halves": HALVES}[options.pixels]}
    if options.tap:
        taps = options.tap.split(",")
        return Tapped(network, taps, False, False), taps, traits
    return FirstOutput(network), ["output"], traits


def example_input(traits, rate, seconds):
    """What Chladni shows the module, and the same before preprocessing."""
    if traits["input"] == "waveform":
        sound = torch.rand(1, int(round(rate * seconds))) * 2.0 - 1.0
        shown = torch.nn.functional.layer_norm(sound, sound.shape) if traits.get("normalise") else sound
        return shown, {"sound": sound[0]}
    side, pixels = traits["size"], traits["pixels"]
    frame = torch.randint(0, 256, (side, side, 3), dtype=torch.uint8)
    scaled = frame.permute(2, 0, 1)[None].float() * pixels["scale"]
    three = lambda values: torch.tensor(values).view(1, 3, 1, 1)
    return (scaled - three(pixels["mean"])) / three(pixels["deviation"]), {"frame": frame}


def write_safetensors(path, tensors):
    names = {torch.float32: "F32", torch.uint8: "U8"}
    header, blobs, offset = {}, [], 0
    for name, tensor in tensors.items():
        blob = tensor.detach().contiguous().numpy().tobytes()
        header[name] = {"dtype": names[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [offset, offset + len(blob)]}
        offset += len(blob)
        blobs.append(blob)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def front_end(traits, rate, seconds):
    """The numbers that only a spectrogram needs say how long a clip is: frames of 20 ms every 10 ms."""
    result = {"kind": "kaldi-fbank", "rate": rate, "channel_mix": "mean", "subtract_mean": False, "frame_length_ms": 20.0,
              "frame_shift_ms": 10.0, "window": "hanning", "mel_bins": 128, "target_frames": int(round(seconds * 100.0)) - 1,
              "mean": 0.0, "deviation": 1.0, "deviation_factor": 1.0}
    if traits["input"] == "picture":
        result["sound"] = False
        result["picture"] = {"size": traits["size"], "fit": "stretch", "interpolation": "bilinear", "channel_order": "rgb",
                             "frames_per_second": 16.0, **traits["pixels"]}
    return result


def manifest(options, traits, taps, outputs, parameters, classes, sums):
    shapes = ", ".join("x".join(str(size) for size in output.shape[1:]) for output in outputs)
    architecture = {"input": traits["input"], "taps": ", ".join(taps), "shapes": shapes,
                    "normalise_waveform": bool(traits.get("normalise")), "parameters": parameters}
    return {"format": "chladni-model", "version": 1, "family": "torchscript", "title": options.title or options.name,
            "licence": "unknown", "source": f"{options.library} {options.name}, weights: {os.path.basename(options.weights)}",
            "data": "", "task": "multi-class", "tasks": ["features"] + ([traits["task"]] if classes else []),
            "frontend": front_end(traits, options.rate, options.seconds), "architecture": architecture, "classes": classes,
            "window_seconds": options.seconds, "hop_seconds": options.seconds,
            "weights": {"file": "module.pt", "dtype": "fp32"}, "sha256": sums}


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", choices=["torchvision", "torchaudio", "transformers", "timm", "python"])
    parser.add_argument("name", help="of the network in that library")
    parser.add_argument("--out", required=True, help="package folder to make")
    parser.add_argument("--weights", default="default", help="FILE, random, default, or the library's name of its weights")
    parser.add_argument("--title", default="")
    parser.add_argument("--tap", default="", help="comma-separated submodules whose outputs are wanted")
    parser.add_argument("--input", default="picture", choices=["picture", "waveform"])
    parser.add_argument("--size", type=int, default=0, help="side of the picture")
    parser.add_argument("--pixels", default="imagenet", choices=["imagenet", "halves"])
    parser.add_argument("--normalise-waveform", action="store_true")
    parser.add_argument("--rate", type=int, default=16000, help="of the sound, in Hz")
    parser.add_argument("--seconds", type=float, default=1.0, help="of one row of features")
    parser.add_argument("--settings", default="{}", help="torchaudio: arguments of the network as JSON")
    parser.add_argument("--classes", default="", help="file with one class name a line")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--check", default="", help="safetensors file to write: one input and its outputs")
    return parser.parse_args()


def class_names(options, taps, outputs):
    if "logits" not in taps:
        return []
    count = outputs[taps.index("logits")].shape[1]
    if not options.classes:
        return [f"class {i}" for i in range(count)]
    with open(options.classes, encoding="utf-8") as lines:
        names = [line.rstrip("\n") for line in lines if line.strip()]
    if len(names) != count:
        sys.exit(f"{options.classes} names {len(names)} classes, the network has {count}")
    return names


def main():
    options = parse()
    torch.manual_seed(options.seed)
    makers = {"torchvision": from_torchvision, "torchaudio": from_torchaudio, "transformers": from_transformers,
              "timm": from_timm, "python": from_python}
    network, taps, traits = makers[options.library](options)
    without_weight_norm(network.eval())
    shown, raw = example_input(traits, options.rate, options.seconds)
    with torch.no_grad():
        script = torch.jit.freeze(torch.jit.trace(network, shown, check_trace=False).eval())
        outputs = script(shown)
        worst = max(float((a - b).abs().max()) for a, b in zip(outputs, network(shown)))
    os.makedirs(options.out, exist_ok=True)
    script.save(os.path.join(options.out, "module.pt"))
    with open(os.path.join(options.out, "CARD.md"), "w", encoding="utf-8") as card:
        card.write(f"# {options.title or options.name}\n\nExported from {options.library} ({options.name}). Licence, training data and "
                   "measured figures are those of its publisher; write them here.\n")
    sums = {}
    for name in ("module.pt", "CARD.md"):
        with open(os.path.join(options.out, name), "rb") as file:
            sums[name] = hashlib.sha256(file.read()).hexdigest()
    parameters = sum(parameter.numel() for parameter in network.parameters())
    classes = class_names(options, taps, outputs)
    with open(os.path.join(options.out, "model.json"), "w", encoding="utf-8") as out:
        json.dump(manifest(options, traits, taps, outputs, parameters, classes, sums), out, indent=2)
        out.write("\n")
    if options.check:
        write_safetensors(options.check, {**raw, **{"out." + name: value[0] for name, value in zip(taps, outputs)}})
    print(f"{options.out}: taps {', '.join(taps)}; the script differs from the network by {worst:.1e}")
    print(f"to run it, agree to SHA-256 {sums['module.pt']}")


if __name__ == "__main__":
    main()
