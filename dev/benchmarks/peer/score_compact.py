"""The small model in PyTorch, from file to score, beside CompactTiming: the same scores, and milliseconds a picture.

usage: score_compact.py MODEL FOLDER COUNT [channels_last]
"""
import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import load_file

WARM_UP = 10
begin = time.perf_counter()
model, folder, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
layout = torch.channels_last if len(sys.argv) > 4 else torch.contiguous_format
config = json.loads((model / "config.json").read_text())
weights = {name: value.float() for name, value in load_file(model / "model.safetensors").items()}
weights = {name: value.contiguous(memory_format=layout) if value.dim() == 4 else value for name, value in weights.items()}
mean = np.float32(config["image_mean"]) / np.float32(config["image_std"])
scale = np.float32(1 / 255) / np.float32(config["image_std"])


def convolution(name, x, stride=1):
    kernel = weights[name + ".weight"]
    return F.conv2d(x, kernel, weights[name + ".bias"], stride, kernel.shape[2] // 2)


def block(name, x, stride):
    shortcut = convolution(name + ".shortcut", x, stride) if name + ".shortcut.weight" in weights else x
    h = F.relu(convolution(name + ".conv1", x, stride))
    h = F.relu(convolution(name + ".conv2", h))
    return F.relu(convolution(name + ".conv3", h) + shortcut)


def score(pixels):
    h = F.max_pool2d(F.relu(convolution("trunk.stem", pixels, 2)), 3, 2, 1)
    statistics_ = []
    for s, stage in enumerate(config["trunk"]["stages"]):
        for b in range(stage["blocks"]):
            h = block(f"trunk.stages.{s}.{b}", h, 2 if b == 0 and s > 0 else 1)
        spread = (h.var((2, 3), correction=0) + 1e-6).sqrt()
        both = torch.cat([h.mean((2, 3)), spread], 1)
        norm = f"head.norms.{s}"
        statistics_.append(F.layer_norm(both, both.shape[1:], weights[norm + ".weight"], weights[norm + ".bias"]))
    hidden = F.relu(F.linear(torch.cat(statistics_, 1), weights["head.fc1.weight"], weights["head.fc1.bias"]))
    logits = F.linear(hidden, weights["head.fc2.weight"], weights["head.fc2.bias"])
    return (logits.softmax(1) @ torch.tensor([5.0, 4, 3, 2, 1])).item()


files = sorted(f for f in folder.iterdir() if f.suffix in (".jpg", ".png"))[: count + WARM_UP]
decoding, scoring, scores = [], [], []
with torch.inference_mode():
    for file in files:
        start = time.perf_counter()
        rgb = np.asarray(Image.open(file).convert("RGB"))
        decoded = time.perf_counter()
        pixels = torch.from_numpy(rgb * scale - mean).permute(2, 0, 1)[None].contiguous(memory_format=layout)
        scores.append(score(pixels))
        scoring.append(time.perf_counter() - decoded)
        decoding.append(decoded - start)
        if len(scores) == 1:
            print(f"first score after {1000 * (time.perf_counter() - begin):.0f} ms, imports not counted")
print(f"{count} pictures: median {1000 * statistics.median(decoding[WARM_UP:]):.1f} ms to decode, "
      f"{1000 * statistics.median(scoring[WARM_UP:]):.1f} ms to score; mean score {statistics.mean(scores):.5f}")
