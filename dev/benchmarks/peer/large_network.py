"""Plain PyTorch inference of an mPLUG-Owl2 checkpoint in bf16 on the CPU, as the release computes it: what `deqa bench` is compared with.

usage: large_network.py DIRECTORY RUNS [BATCH]

DIRECTORY holds config.json and PyTorch .bin shards. One pass more comes first and is not counted. The last line is a JSON object:
{"imageMs": median, "visionMs": median, "decoderMs": median, "batch": images together, "runs": passes, "peakResidentBytes": ...};
times are of one image, from pixels to logits. The images and the prompt (15 tokens before the image, 12 after it) are made up.
"""
import json
import resource
import sys
import time
from pathlib import Path
from statistics import median

import torch
import torch.nn.functional as F

directory, runs = Path(sys.argv[1]), int(sys.argv[2])
batch = int(sys.argv[3]) if len(sys.argv) > 3 else 1
config = json.loads((directory / "config.json").read_text())
vision_config, abstractor_config = (config["visual_config"][k] for k in ("visual_model", "visual_abstractor"))
heads = config["num_attention_heads"]

weights = {}
shards = json.loads((directory / "pytorch_model.bin.index.json").read_text())["weight_map"]
for shard in sorted(set(shards.values())):
    weights.update(torch.load(directory / shard, mmap=True, weights_only=True))
weights = {name: weight.to(torch.bfloat16) for name, weight in weights.items()}  # those that are bf16 stay mapped


def linear(x, name):
    return F.linear(x, weights[name + ".weight"], weights.get(name + ".bias"))


def norm(x, name, eps):
    weight = weights[name + ".weight"]
    return F.layer_norm(x, weight.shape, weight, weights[name + ".bias"], eps)


def rms(x, name):
    y = x.float()
    y = y * torch.rsqrt(y.pow(2).mean(-1, keepdim=True) + config["rms_norm_eps"])
    return weights[name + ".weight"] * y.to(x.dtype)


def split(x, count):
    return x.view(*x.shape[:2], count, -1).transpose(1, 2)


def join(x):
    return x.transpose(1, 2).flatten(2, 3)


def vision(pixels):
    at, eps, count = "model.vision_model.", vision_config["layer_norm_eps"], vision_config["num_attention_heads"]
    patches = F.conv2d(pixels, weights[at + "embeddings.patch_embed.weight"], stride=vision_config["patch_size"])
    cls = weights[at + "embeddings.cls_token"].expand(len(pixels), -1, -1)
    x = torch.cat([cls, patches.flatten(2).transpose(1, 2)], 1) + weights[at + "embeddings.position_embedding"]
    x = norm(x, at + "embeddings.pre_layernorm", eps)
    for i in range(vision_config["num_hidden_layers"]):
        layer = f"{at}encoder.layers.{i}"
        qkv = linear(norm(x, layer + ".input_layernorm", eps), layer + ".self_attn.query_key_value")
        q, k, v = qkv.view(*x.shape[:2], count, 3, -1).permute(3, 0, 2, 1, 4)
        x = x + linear(join(F.scaled_dot_product_attention(q, k, v)), layer + ".self_attn.dense")
        h = linear(norm(x, layer + ".post_attention_layernorm", eps), layer + ".mlp.fc1")
        x = x + linear(h * torch.sigmoid(1.702 * h), layer + ".mlp.fc2")
    return norm(x, at + "post_layernorm", eps)


def abstractor(image):
    at = "model.visual_abstractor."
    count, eps = abstractor_config["num_attention_heads"], abstractor_config["layer_norm_eps"]
    x = weights[at + "query_embeds"].expand(len(image), -1, -1)
    for i in range(abstractor_config["num_hidden_layers"]):
        layer = f"{at}encoder.layers.{i}.crossattention"
        q = norm(x, layer + ".norm1", 1e-5)
        kv = torch.cat([q, norm(image, layer + ".normk", 1e-5)], 1)
        queries, keys = weights[layer + ".attention.q_pos_embed"], weights[layer + ".attention.k_pos_embed"]
        y = F.scaled_dot_product_attention(
            split(linear(q + queries, layer + ".attention.query"), count),
            split(linear(kv + torch.cat([queries, keys]), layer + ".attention.key"), count),
            split(linear(kv, layer + ".attention.value"), count),
        )
        x = q + linear(join(y), layer + ".output.out_proj")
        h = norm(x, layer + ".output.norm2", 1e-5)
        gated = F.silu(linear(h, layer + ".output.mlp.w1")) * linear(h, layer + ".output.mlp.w3")
        x = x + linear(norm(gated, layer + ".output.mlp.ffn_ln", eps), layer + ".output.mlp.w2")
    return torch.cat([linear(x, at + "visual_fc"), weights[at + "vit_eos"].expand(len(image), -1, -1)], 1)


def ways(x, start, end, run):
    """Text and image through weights of their own. Rows are 2-D: given a 3-D slice of a batch of one, PyTorch misses oneDNN."""

    def part(first, last, way):
        rows = x[:, first:last].reshape(-1, x.shape[2])
        return run(rows, way).view(len(x), last - first, -1)

    return torch.cat([part(0, start, 0), part(start, end, 1), part(end, x.shape[1], 0)], 1)


def decoder(x, start, end):
    width = config["hidden_size"] // heads
    frequencies = 1 / config["rope_theta"] ** (torch.arange(0, width, 2).float() / width)
    angles = torch.outer(torch.arange(x.shape[1]).float(), frequencies).repeat(1, 2)
    cos, sin = angles.cos().to(x.dtype), angles.sin().to(x.dtype)

    def turn(y):
        a, b = y.chunk(2, -1)
        return y * cos + torch.cat([-b, a], -1) * sin

    for i in range(config["num_hidden_layers"]):
        layer = f"model.layers.{i}"

        def way(name, run):
            return lambda rows, j: run(rows, f"{layer}.{name}.multiway.{j}")

        h = ways(x, start, end, way("input_layernorm", rms))
        q = turn(split(linear(h, layer + ".self_attn.q_proj"), heads))
        k = turn(split(ways(h, start, end, way("self_attn.k_proj", linear)), heads))
        v = split(ways(h, start, end, way("self_attn.v_proj", linear)), heads)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + linear(join(y), layer + ".self_attn.o_proj")
        h = ways(x, start, end, way("post_attention_layernorm", rms))
        gated = F.silu(linear(h, layer + ".mlp.gate_proj")) * linear(h, layer + ".mlp.up_proj")
        x = x + linear(gated, layer + ".mlp.down_proj")
    return rms(x, "model.norm")


def embedded(ids):
    return F.embedding(ids[None], weights["model.embed_tokens.weight"]).expand(batch, -1, -1)


torch.manual_seed(0)
side = vision_config["image_size"]
pixels = torch.randn(batch, 3, side, side).bfloat16()
before, after = embedded(torch.arange(1, 16)), embedded(torch.arange(20, 32))
print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads", flush=True)
times = []
with torch.inference_mode():
    for run in range(runs + 1):
        begin = time.perf_counter()
        visual = abstractor(vision(pixels))
        seen = time.perf_counter()
        x = torch.cat([before, visual, after], 1)
        h = decoder(x, before.shape[1], before.shape[1] + visual.shape[1])
        logits = linear(h, "lm_head")[:, -1]
        done = time.perf_counter()
        times.append([1000 * t / batch for t in (done - begin, seen - begin, done - seen)])
        print("image {:.0f} ms (vision {:.0f}, decoder {:.0f})".format(*times[-1]), flush=True)
image, seeing, decoding = (median(column) for column in zip(*times[1:]))
peak = 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # Linux counts in KiB
print(
    json.dumps(
        {
            "imageMs": image,
            "visionMs": seeing,
            "decoderMs": decoding,
            "batch": batch,
            "runs": runs,
            "peakResidentBytes": peak,
        }
    )
)
