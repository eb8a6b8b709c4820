"""The pretrained trunk as its file has it (BGR, batch normalisation apart), in PyTorch, against what TrunkFeatures wrote.

usage: resnet_trunk.py TRUNK.safetensors PICTURE.png FEATURES.safetensors
"""
import sys

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.numpy import load_file

weights = {k: torch.from_numpy(v.astype(np.float64)) for k, v in load_file(sys.argv[1]).items()}
java = {k: torch.from_numpy(v) for k, v in load_file(sys.argv[3]).items()}


def convolution(name, x, stride=1):
    kernel = weights[name + "_conv/kernel"].permute(3, 2, 0, 1)
    x = F.conv2d(x, kernel, weights[name + "_conv/bias"], stride, kernel.shape[2] // 2)
    bn = {k: weights[f"{name}_bn/{k}"] for k in ("moving_mean", "moving_variance", "gamma", "beta")}
    variance = bn["moving_variance"].clamp(max=65504)  # one overflowed half precision
    return F.batch_norm(x, bn["moving_mean"], variance, bn["gamma"], bn["beta"], eps=1.001e-5)


def block(name, x, stride):
    shortcut = convolution(name + "0", x, stride) if name + "0_conv/kernel" in weights else x
    h = F.relu(convolution(name + "1", x, stride))
    h = F.relu(convolution(name + "2", h))
    return F.relu(convolution(name + "3", h) + shortcut)


def relative(ours, theirs):
    return ((ours.double() - theirs).abs().max() / theirs.abs().max()).item()


rgb = np.asarray(Image.open(sys.argv[2]).convert("RGB")).astype(np.float64)
x = torch.from_numpy(rgb[:, :, ::-1] - np.array([103.939, 116.779, 123.68])).permute(2, 0, 1)[None]
print(f"pixels: largest difference {(java['pixels'].double() - x.flip(1)).abs().max().item():.1e}")
with torch.inference_mode():
    h = F.relu(convolution("conv1", x, 2))
    h = F.max_pool2d(F.pad(h, (1, 1, 1, 1)), 3, 2)
    s = 2
    while f"conv{s}_block1_1_conv/kernel" in weights:
        b = 1
        while f"conv{s}_block{b}_1_conv/kernel" in weights:
            h = block(f"conv{s}_block{b}_", h, 2 if b == 1 and s > 2 else 1)
            b += 1
        ours = java[f"stage{s - 2}"]
        means = relative(ours.double().mean((2, 3)), h.mean((2, 3)))
        spreads = relative(ours.double().std((2, 3), correction=0), h.std((2, 3), correction=0))
        print(f"conv{s}: {tuple(h.shape)}, largest {h.abs().max().item():.2f}; largest difference, over the largest: "
              f"features {relative(ours, h):.1e}, means {means:.1e}, spreads {spreads:.1e}")
        s += 1
