"""Merges an adapter of deqa train into its base with PyTorch alone, as the authors' loader does: what was learnt in full replaces the
base's weights, and W += (alpha/r)·B·A. `deqa score --model MERGED` must then say what `deqa score --model ADAPTER --base BASE` says.

usage: merge_adapter.py BASE ADAPTER MERGED   (PyTorch is installed by shared/tools/python-peer; nothing of the project needs it)
"""
import json
import shutil
import struct
import sys
from pathlib import Path

import torch

TYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
PREFIX = "base_model.model."
base, adapter, merged = map(Path, sys.argv[1:])


def read(path):
    data = path.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    for name, entry in json.loads(data[8 : 8 + size]).items():
        if name != "__metadata__":
            begin, end = (8 + size + offset for offset in entry["data_offsets"])
            flat = torch.frombuffer(bytearray(data[begin:end]), dtype=TYPES[entry["dtype"]])
            yield name, flat.view(entry["shape"]).float()


# The abstractor's fixed positions are left out: the network computes them.
weights = {name: weight for name, weight in read(base / "model.safetensors") if not name.endswith("_pos_embed")}
for name, weight in torch.load(adapter / "non_lora_trainables.bin", weights_only=True).items():
    assert name.removeprefix(PREFIX) in weights, name
    weights[name.removeprefix(PREFIX)] = weight
config = json.loads((adapter / "adapter_config.json").read_text())
pairs = dict(read(adapter / "adapter_model.safetensors"))
for module in config["target_modules"]:
    down, up = (pairs.pop(f"{PREFIX}{module}.lora_{part}.weight") for part in "AB")
    weights[module + ".weight"] += config["lora_alpha"] / config["r"] * (up @ down)
assert not pairs, pairs.keys()
merged.mkdir()
for name in ("config.json", "preprocessor_config.json", "tokenizer.model"):
    shutil.copyfile(adapter / name, merged / name)
torch.save(weights, merged / "pytorch_model.bin")
