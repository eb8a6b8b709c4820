"""The steps of TrainingStep in PyTorch, on the network and the batch that it left in a directory: what its time is compared with.

usage: training_step.py DIRECTORY kept|recomputed STEPS   (PyTorch is installed by shared/tools/python-peer; nothing of the project needs it)
"""
import json
import math
import mmap
import struct
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from torch.utils.checkpoint import checkpoint

directory, recomputed, steps = Path(sys.argv[1]), sys.argv[2] == "recomputed", int(sys.argv[3])
config = json.loads((directory / "config.json").read_text())
batch = json.loads((directory / "batch.json").read_text())
vision_config, abstractor_config = (config["visual_config"][k] for k in ("visual_model", "visual_abstractor"))


def read(path):
    with open(path, "rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + size])
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            flat = torch.frombuffer(data, dtype=torch.float32, count=(end - begin) // 4, offset=8 + size + begin)
            yield name, flat.view(entry["shape"]).clone()


weights = dict(read(directory / "model.safetensors"))
for name, weight in weights.items():
    weight.requires_grad_(not name.endswith("_pos_embed"))


def linear(x, name):
    return F.linear(x, weights[name + ".weight"], weights.get(name + ".bias"))


def norm(x, name, eps):
    weight = weights[name + ".weight"]
    return F.layer_norm(x, weight.shape, weight, weights[name + ".bias"], eps)


def rms(x, name):
    return weights[name + ".weight"] * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + config["rms_norm_eps"]))


def split(x, heads):
    return x.view(*x.shape[:2], heads, -1).transpose(1, 2)


def join(x):
    return x.transpose(1, 2).flatten(2, 3)


def vision_layer(x, at):
    eps, heads = vision_config["layer_norm_eps"], vision_config["num_attention_heads"]
    qkv = linear(norm(x, at + ".input_layernorm", eps), at + ".self_attn.query_key_value")
    q, k, v = qkv.view(*x.shape[:2], heads, 3, -1).permute(3, 0, 2, 1, 4)
    x = x + linear(join(F.scaled_dot_product_attention(q, k, v)), at + ".self_attn.dense")
    h = linear(norm(x, at + ".post_attention_layernorm", eps), at + ".mlp.fc1")
    return x + linear(h * torch.sigmoid(1.702 * h), at + ".mlp.fc2")


def vision(pixels):
    at, eps = "model.vision_model.", vision_config["layer_norm_eps"]
    patches = F.conv2d(pixels, weights[at + "embeddings.patch_embed.weight"], stride=vision_config["patch_size"])
    cls = weights[at + "embeddings.cls_token"].expand(len(pixels), -1, -1)
    x = torch.cat([cls, patches.flatten(2).transpose(1, 2)], 1) + weights[at + "embeddings.position_embedding"]
    x = norm(x, at + "embeddings.pre_layernorm", eps)
    for i in range(vision_config["num_hidden_layers"]):
        x = layer(vision_layer, x, f"{at}encoder.layers.{i}")
    return norm(x, at + "post_layernorm", eps)


def abstractor_layer(h, image, at):
    heads, eps = abstractor_config["num_attention_heads"], abstractor_config["layer_norm_eps"]
    q = norm(h, at + ".norm1", 1e-5)
    kv = torch.cat([q, norm(image, at + ".normk", 1e-5)], 1)
    queries, keys = weights[at + ".attention.q_pos_embed"], weights[at + ".attention.k_pos_embed"]
    y = F.scaled_dot_product_attention(
        split(linear(q + queries, at + ".attention.query"), heads),
        split(linear(kv + torch.cat([queries, keys]), at + ".attention.key"), heads),
        split(linear(kv, at + ".attention.value"), heads),
    )
    h = q + linear(join(y), at + ".output.out_proj")
    m = norm(h, at + ".output.norm2", 1e-5)
    gated = F.silu(linear(m, at + ".output.mlp.w1")) * linear(m, at + ".output.mlp.w3")
    return h + linear(norm(gated, at + ".output.mlp.ffn_ln", eps), at + ".output.mlp.w2")


def abstractor(image):
    at = "model.visual_abstractor."
    h = weights[at + "query_embeds"].expand(len(image), -1, -1)
    for i in range(abstractor_config["num_hidden_layers"]):
        h = layer(abstractor_layer, h, image, f"{at}encoder.layers.{i}.crossattention")
    return torch.cat([linear(h, at + "visual_fc"), weights[at + "vit_eos"].expand(len(image), -1, -1)], 1)


def ways(x, start, end, run):
    return torch.cat([run(x[:, :start], 0), run(x[:, start:end], 1), run(x[:, end:], 0)], 1)


def decoder_layer(x, cos, sin, start, end, at):
    heads = config["num_attention_heads"]

    def turn(y):
        a, b = y.chunk(2, -1)
        return y * cos + torch.cat([-b, a], -1) * sin

    def way(name, run):
        return lambda y, i: run(y, f"{at}.{name}.multiway.{i}")

    h = ways(x, start, end, way("input_layernorm", rms))
    q = turn(split(linear(h, at + ".self_attn.q_proj"), heads))
    k = turn(split(ways(h, start, end, way("self_attn.k_proj", linear)), heads))
    v = split(ways(h, start, end, way("self_attn.v_proj", linear)), heads)
    x = x + linear(join(F.scaled_dot_product_attention(q, k, v, is_causal=True)), at + ".self_attn.o_proj")
    h = ways(x, start, end, way("post_attention_layernorm", rms))
    gated = F.silu(linear(h, at + ".mlp.gate_proj")) * linear(h, at + ".mlp.up_proj")
    return x + linear(gated, at + ".mlp.down_proj")


def layer(run, *arguments):
    return checkpoint(run, *arguments, use_reentrant=False) if recomputed else run(*arguments)


def hidden(pixels):
    visual = abstractor(vision(pixels))
    before, after = (
        F.embedding(torch.tensor(batch[k]), weights["model.embed_tokens.weight"]).expand(len(pixels), -1, -1)
        for k in ("before", "after")
    )
    x = torch.cat([before, visual, after], 1)
    start, end = before.shape[1], before.shape[1] + visual.shape[1]
    width = config["hidden_size"] // config["num_attention_heads"]
    frequency = 1 / config["rope_theta"] ** (torch.arange(0, width, 2).float() / width)
    angles = torch.outer(torch.arange(x.shape[1]).float(), frequency).repeat(1, 2)
    for i in range(config["num_hidden_layers"]):
        x = layer(decoder_layer, x, angles.cos(), angles.sin(), start, end, f"model.layers.{i}")
    return rms(x, "model.norm"), end


def side(pixels, label):
    h, end = hidden(pixels)
    answer = torch.tensor(batch["after"][batch["answer_start"] :])
    first = end + batch["answer_start"] - 1
    logits = linear(h[:, first : first + len(answer)], "lm_head")
    logp = F.log_softmax(logits, -1)
    words = [i for i in range(len(answer)) if i != batch["level"]]
    cross_entropy = -logp[:, words].gather(2, answer[words].expand(len(pixels), -1).unsqueeze(2)).mean()
    levels = logp[:, batch["level"], batch["levels"]]
    kl = (torch.xlogy(label, label) - label * levels).sum(1).mean()
    score = logits[:, batch["level"], batch["levels"]].softmax(1) @ torch.tensor([5.0, 4, 3, 2, 1])
    return cross_entropy + kl, score


def loss(pixels):
    labels = torch.tensor(batch["labels"])
    (loss_a, a), (loss_b, b) = side(pixels, labels[0]), side(pixels, labels[1])
    p = 0.5 * (1 + torch.erf((a - b) / 2))
    difference, variance = batch["means"][0] - batch["means"][1], 2 * batch["std"] ** 2
    target = 0.5 * (1 + math.erf(difference / math.sqrt(2 * (variance + 1e-8))))
    rank = 1 - (p * target + 1e-8).sqrt() - ((1 - p) * (1 - target) + 1e-8).sqrt()
    return rank.mean() + 0.05 * (loss_a + loss_b)


size = vision_config["image_size"]
count = batch["pairs"] * 3 * size * size
pixels = ((torch.arange(count) * 7919 % 1000) / 500 - 1).view(batch["pairs"], 3, size, size)
optimizer = torch.optim.AdamW(
    [w for w in weights.values() if w.requires_grad], lr=batch["learning_rate"], weight_decay=0.0
)
times = []
for i in range(steps):
    start = time.perf_counter()
    total = loss(pixels)
    total.backward()
    optimizer.step()
    optimizer.zero_grad()
    times.append(time.perf_counter() - start)
    print(f"step {i + 1}: loss {total.item():.6f}, {times[-1]:.2f} s", flush=True)
print(f"PyTorch {torch.__version__}: median {sorted(times)[steps // 2]:.3f} s a step")
