#!/usr/bin/env python3
"""Times in Python what rows of `chladni-cli bench` do: torchaudio's Kaldi filter bank of ten seconds (fbank), a pass of ViT-B
over 514 tokens (vit: vit-b-fp32), training steps of AST base (ast: train-ast-b) and of CAV-MAE base (cavmae: train-cavmae-b), the
VGG-like sister of musicnn (musicnn-vgg: chladni_bench), in eager PyTorch, written as the published code is. Random weights and
inputs, Adam as in the recipes. Needs python3-torch, fbank also python3-torchaudio.
Usage: tests/bench/peers.py [fbank] [vit] [ast] [cavmae] [musicnn-vgg] [--threads N] [--bf16]
Prints the least time of several, in ms for each clip.
"""
import argparse
import time

import torch
from torch import nn
from torch.nn import functional


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.scale = heads, (width // heads) ** -0.5
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x):
        batch, tokens, width = x.shape
        q, k, v = self.qkv(x).reshape(batch, tokens, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        weights = ((q @ k.transpose(-2, -1)) * self.scale).softmax(dim=-1)
        return self.proj((weights @ v).transpose(1, 2).reshape(batch, tokens, width))


class Block(nn.Module):
    def __init__(self, width, heads, norms=1):
        super().__init__()
        self.norm1 = nn.ModuleList(nn.LayerNorm(width) for _ in range(norms))
        self.norm2 = nn.ModuleList(nn.LayerNorm(width) for _ in range(norms))
        self.attention = Attention(width, heads)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x, norm=0):
        x = x + self.attention(self.norm1[norm](x))
        return x + self.mlp(self.norm2[norm](x))


class Ast(nn.Module):
    """Patches of 16 x 16, two leading tokens, 12 blocks of 768, 527 classes; patches every 10 make 1214 tokens, every 16 514."""

    def __init__(self, stride=10):
        super().__init__()
        tokens = 2 + ((128 - 16) // stride + 1) * ((1024 - 16) // stride + 1)
        self.patches = nn.Conv2d(1, 768, 16, stride)
        self.leading, self.places = nn.Parameter(torch.zeros(1, 2, 768)), nn.Parameter(torch.randn(1, tokens, 768) * 0.02)
        self.blocks = nn.ModuleList(Block(768, 12) for _ in range(12))
        self.norm, self.head = nn.LayerNorm(768), nn.Sequential(nn.LayerNorm(768), nn.Linear(768, 527))

    def forward(self, clips):
        x = self.patches(clips.unsqueeze(1).transpose(2, 3)).flatten(2).transpose(1, 2)
        x = torch.cat([self.leading.expand(len(x), -1, -1), x], 1) + self.places
        for block in self.blocks:
            x = block(x)
        x = self.norm(x)
        return self.head((x[:, 0] + x[:, 1]) / 2)

    def loss(self, batch):
        clips, targets = torch.randn(batch, 1024, 128) * 0.5, torch.zeros(batch, 527)
        return lambda: functional.binary_cross_entropy_with_logits(self(clips), targets)


class Cavmae(nn.Module):
    """11 blocks a modality, one unified block seen jointly and by each alone, 8 decoder blocks of 512; three quarters hidden."""

    def __init__(self):
        super().__init__()
        self.embed = nn.ModuleList([nn.Conv2d(1, 768, 16, 16), nn.Conv2d(3, 768, 16, 16)])
        self.places = nn.ParameterList([nn.Parameter(torch.randn(1, n, 768) * 0.02) for n in (512, 196)])
        self.single = nn.ModuleList(nn.ModuleList(Block(768, 12) for _ in range(11)) for _ in range(2))
        self.unified = Block(768, 12, norms=3)
        self.norms = nn.ModuleList(nn.LayerNorm(768) for _ in range(3))
        self.narrow, self.mask = nn.Linear(768, 512), nn.Parameter(torch.zeros(1, 1, 512))
        self.decoder_places = nn.Parameter(torch.randn(1, 708, 512) * 0.02)
        self.decoder, self.decoder_norm = nn.ModuleList(Block(512, 16) for _ in range(8)), nn.LayerNorm(512)
        self.paint = nn.ModuleList([nn.Linear(512, 256), nn.Linear(512, 768)])

    def encode(self, which, pictures):
        x = self.embed[which](pictures).flatten(2).transpose(1, 2) + self.places[which]
        order = torch.rand(x.shape[:2]).argsort(dim=1)
        kept = order[:, : x.shape[1] // 4].unsqueeze(-1).expand(-1, -1, 768)
        x = torch.gather(x, 1, kept)
        for block in self.single[which]:
            x = block(x)
        return x, order

    def forward(self, sound, picture):
        (a, order_a), (v, order_v) = self.encode(0, sound), self.encode(1, picture)
        joint = self.norms[0](self.unified(torch.cat([a, v], 1), 0))
        vectors = [self.norms[i + 1](self.unified(x, i + 1)).mean(1) for i, x in enumerate((a, v))]
        x, start, whole = self.narrow(joint), 0, []
        for kept, order in ((a.shape[1], order_a), (v.shape[1], order_v)):
            tokens = torch.cat([x[:, start : start + kept], self.mask.expand(len(x), order.shape[1] - kept, -1)], 1)
            whole.append(torch.gather(tokens, 1, order.argsort(dim=1).unsqueeze(-1).expand(-1, -1, 512)))
            start += kept
        x = torch.cat(whole, 1) + self.decoder_places
        for block in self.decoder:
            x = block(x)
        x = self.decoder_norm(x)
        return self.paint[0](x[:, :512]), self.paint[1](x[:, 512:]), vectors

    def loss(self, batch):
        sound, picture = torch.randn(batch, 1, 128, 1024), torch.randn(batch, 3, 224, 224)
        targets = torch.randn(batch, 512, 256), torch.randn(batch, 196, 768)

        def once():
            painted_a, painted_v, (a, v) = self(sound, picture)
            alike = functional.normalize(a, dim=1) @ functional.normalize(v, dim=1).t() / 0.05
            labels = torch.arange(batch)
            painted = functional.mse_loss(painted_a, targets[0]) + functional.mse_loss(painted_v, targets[1])
            return painted + 0.01 * functional.cross_entropy(alike, labels)

        return once


def least(times, work):
    best = float("inf")
    for _ in range(times):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return 1000 * best


def fbank(_options):
    from torchaudio.compliance import kaldi
    sound = torch.randn(1, 160000) * 0.1
    return least(20, lambda: kaldi.fbank(sound, htk_compat=True, sample_frequency=16000, use_energy=False, window_type="hanning",
                                         num_mel_bins=128, dither=0.0, frame_shift=10)), 1


def vit(options):
    net, clip = Ast(stride=16).eval(), torch.randn(1, 1024, 128) * 0.5

    def look():
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bf16):
            net(clip)

    return least(6, look), 1


class MusicnnVgg(nn.Module):
    """Five times convolution of 128, ReLU, norm, pool; 50 tags of 187 frames of 96 bands."""

    def __init__(self):
        super().__init__()
        pools = [((4, 1), 2), (2, 2), (2, 2), (2, 2), (4, 4)]
        self.first = nn.BatchNorm2d(1)
        self.stages = nn.Sequential(*(nn.Sequential(nn.Conv2d(1 if i == 0 else 128, 128, 3, padding=1), nn.ReLU(), nn.BatchNorm2d(128),
                                                    nn.MaxPool2d(*pool)) for i, pool in enumerate(pools)))
        self.out = nn.LazyLinear(50)

    def forward(self, windows):
        return torch.sigmoid(self.out(self.stages(self.first(windows.unsqueeze(1))).flatten(1)))


def musicnn_vgg(options):
    net, windows = MusicnnVgg().eval(), torch.rand(3, 187, 96)

    def look():
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bf16):
            net(windows)

    return least(10, look), 1


def learn(make, batch):
    def steps(options):
        net = make().train()
        optimiser, loss = torch.optim.Adam(net.parameters(), lr=1e-5, weight_decay=5e-7), net.loss(batch)

        def step():
            optimiser.zero_grad(set_to_none=True)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bf16):
                value = loss()
            value.backward()
            optimiser.step()

        return least(3, step), batch

    return steps


PEERS = {"fbank": fbank, "vit": vit, "ast": learn(Ast, 1), "cavmae": learn(Cavmae, 4), "musicnn-vgg": musicnn_vgg}  # batches as in the program's own


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peers", nargs="*", default=list(PEERS), metavar="|".join(PEERS))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bf16", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    for name in options.peers:
        torch.manual_seed(1)
        ms, batch = PEERS[name](options)
        print(f"{name}: {ms / batch:.1f} ms a clip, batch {batch}, {'bf16' if options.bf16 else 'fp32'}, {options.threads} threads")


if __name__ == "__main__":
    main()
