"""A trained language model as llama2.c computes it, to check what `TrainedLlama` wrote, and what 8-bit integers do inside of it.

trained_llama.py check BIN MODEL
    compares logits of the formula of github.com/karpathy/llama2.c (neighbors are rotated as pairs, tables of rotations from the file)
    with those of transformers' LlamaForCausalLM, with the weights of MODEL, which `TrainedLlama BIN TOKENIZER MODEL` wrote.
trained_llama.py layers BIN MODEL STORIES
    error of each kind of layer with 8-bit integers, simulated in float32; inputs with a scale per token and per tensor; and how far
    the largest inputs stand out. STORIES is stories.txt of dev/benchmarks.
trained_llama.py schemes BIN MODEL STORIES
    divergence from float32 and differences of scores with other ways to quantize, simulated in float32. A score is the expected
    value, 5 to 1, of the five words that float32 finds most probable, at every token but the first eight of a story.

Needs torch, transformers, sentencepiece and safetensors.
"""

import argparse
import math
import re
import struct

import numpy as np
import torch
from safetensors.torch import load_file
from sentencepiece import SentencePieceProcessor

torch.set_grad_enabled(False)
HEADER = "7i"
EPS = 1e-5
BEGINNING = 1
KINDS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj", "head")


class Llama:
    """The weights of a file and llama2.c's formula."""

    def __init__(self, path):
        data = open(path, "rb").read()
        start = struct.calcsize(HEADER)
        self.width, mlp, self.layers, self.heads, shared, vocabulary, positions = struct.unpack(HEADER, data[:start])
        self.head = self.width // self.heads
        keys, half = shared * self.head, self.head // 2
        floats = torch.tensor(np.frombuffer(data, "<f4", offset=start).copy())
        sizes = dict(
            embedding=(abs(vocabulary), self.width), norm1=(self.layers, self.width), q_proj=(self.layers, self.width, self.width),
            k_proj=(self.layers, keys, self.width), v_proj=(self.layers, keys, self.width),
            o_proj=(self.layers, self.width, self.width), norm2=(self.layers, self.width),
            gate_proj=(self.layers, mlp, self.width), down_proj=(self.layers, self.width, mlp),
            up_proj=(self.layers, mlp, self.width), norm=(self.width,), cos=(positions, half), sin=(positions, half))
        place = 0
        for name, shape in sizes.items():
            setattr(self, name, floats[place:place + math.prod(shape)].view(shape))
            place += math.prod(shape)
        self.head_weight = self.embedding if vocabulary > 0 else floats[place:].view(-1, self.width)

    def rotate(self, x):
        x = x.view(len(x), -1, self.head // 2, 2)
        a, b = x.unbind(-1)
        cos, sin = self.cos[:len(x), None], self.sin[:len(x), None]
        return torch.stack([a * cos - b * sin, a * sin + b * cos], -1).flatten(2)

    def forward(self, ids, linear=lambda kind, x, w: x @ w.T):
        x = self.embedding[ids]
        mask = torch.full((len(ids), len(ids)), -math.inf).triu(1)
        for i in range(self.layers):
            h = rms(x, self.norm1[i])
            q, k = (self.rotate(linear(kind, h, getattr(self, kind)[i])) for kind in ("q_proj", "k_proj"))
            v = linear("v_proj", h, self.v_proj[i]).view(len(ids), -1, self.head)
            k, v = (t.repeat_interleave(self.heads // t.shape[1], 1) for t in (k, v))
            weights = (torch.einsum("ihd,jhd->hij", q, k) / math.sqrt(self.head) + mask).softmax(-1)
            x = x + linear("o_proj", torch.einsum("hij,jhd->ihd", weights, v).flatten(1), self.o_proj[i])
            h = rms(x, self.norm2[i])
            gate = linear("gate_proj", h, self.gate_proj[i])
            x = x + linear("down_proj", gate * gate.sigmoid() * linear("up_proj", h, self.up_proj[i]), self.down_proj[i])
        return linear("head", rms(x, self.norm), self.head_weight)


def rms(x, weight):
    return weight * x * torch.rsqrt(x.square().mean(-1, keepdim=True) + EPS)


def rounded(x, whole=False):
    """x in 8 bits, with a scale for each row or for all."""
    step = (x.abs().max() if whole else x.abs().amax(1, keepdim=True)) / 127
    step = step.clamp_min(1e-30)
    return (x / step).round() * step


def grouped(x, groups):
    """x in 8 bits, with a scale for each row of each group of columns."""
    return rounded(x.reshape(len(x) * groups, -1)).view(x.shape)


def twice(x):
    first = rounded(x)
    return first + rounded(x - first)


def check(llama, tokenizer, directory):
    from transformers import LlamaConfig, LlamaForCausalLM

    weights = {re.sub(r"\.multiway\.0", "", name): w for name, w in load_file(f"{directory}/model.safetensors").items()
               if "vis" not in name and ".multiway.1" not in name}
    config = LlamaConfig(
        vocab_size=len(llama.embedding), hidden_size=llama.width, intermediate_size=llama.gate_proj.shape[1],
        num_hidden_layers=llama.layers, num_attention_heads=llama.heads,
        num_key_value_heads=llama.k_proj.shape[1] // llama.head, rms_norm_eps=EPS)
    other = LlamaForCausalLM(config)
    other.load_state_dict(weights)
    ids = [BEGINNING] + tokenizer.encode("Once upon a time, there was a little girl named Lily. She loved to play outside")
    expected = llama.forward(ids)
    found = other.eval()(torch.tensor([ids])).logits[0]
    print(f"greatest difference of logits {(found - expected).abs().max():.2e}, greatest logit {expected.abs().max():.1f}")
    print("next:", [tokenizer.decode([int(i)]) for i in expected[-1].topk(5).indices])


def layers(llama, tokenizer, stories):
    sums = {}

    def add(key, value, weight):
        old = sums.get(key, (0, 0))
        sums[key] = (old[0] + float(value), old[1] + float(weight))

    def watch(kind, x, w):
        y = x @ w.T
        q = rounded(w)
        for name, product in dict(token=rounded(x) @ q.T, tensor=rounded(x, True) @ q.T, weights=x @ q.T).items():
            add((kind, name), (product - y)[1:].square().sum(), y[1:].square().sum())
        add((kind, "largest"), (x.abs().amax(1) / x.square().mean(1).sqrt()).sum(), len(x))
        add((kind, "first"), x[0].abs().max() / x[1:].abs().max(), 1)
        return y

    for story in open(stories, encoding="utf-8"):
        llama.forward([BEGINNING] + tokenizer.encode(story.strip()), watch)
    print("| layer | relative error, inputs per token | per tensor | exact inputs | largest input of a token, / its rms "
          "| largest of the first token, / of the others |\n|---|---|---|---|---|---|")
    for kind in KINDS:
        value = {name: sums[kind, name][0] / sums[kind, name][1] for name in ("token", "tensor", "weights", "largest", "first")}
        print(f"| {kind} | {value['token'] ** .5:.4f} | {value['tensor'] ** .5:.4f} | {value['weights'] ** .5:.4f} "
              f"| {value['largest']:.1f} | {value['first']:.2f} |")


def schemes(llama, tokenizer, stories):
    def exact(x):
        return x

    def whole(x):
        return rounded(x, True)

    def linear(inputs, weights, without=(), alone=0):
        def product(kind, x, w):
            y = x @ w.T
            if kind not in without:
                y[alone:] = inputs(x[alone:]) @ weights(w).T
            return y
        return product

    tried = {
        "per token": linear(rounded, rounded),
        "per token, but the first token": linear(rounded, rounded, alone=1),
        "per tensor": linear(whole, rounded),
        "per tensor, but the first token": linear(whole, rounded, alone=1),
        "two terms": linear(twice, rounded),
        "exact inputs": linear(exact, rounded),
        "exact weights": linear(rounded, exact),
        "per token, but down_proj": linear(rounded, rounded, ("down_proj",)),
        "per token, but down_proj, v_proj, head": linear(rounded, rounded, ("down_proj", "v_proj", "head")),
        "per token, weights and inputs in 4 groups": linear(lambda x: grouped(x, 4), lambda w: grouped(w, 4)),
        "per token, weights and inputs in 8 groups": linear(lambda x: grouped(x, 8), lambda w: grouped(w, 8)),
        "per token, weights and inputs in 16 groups": linear(lambda x: grouped(x, 16), lambda w: grouped(w, 16)),
    }
    texts = [[BEGINNING] + tokenizer.encode(story.strip()) for story in open(stories, encoding="utf-8")]
    expected = [llama.forward(ids).double() for ids in texts]
    values = torch.arange(5, 0, -1).double()
    print("| 8-bit integers | KL mean | score: mean difference | greatest |\n|---|---|---|---|")
    for name, product in tried.items():
        divergences, differences = [], []
        for ids, a in zip(texts, expected):
            b = llama.forward(ids, product).double()
            p, q = a.log_softmax(1), b.log_softmax(1)
            divergences.append((p.exp() * (p - q)).sum(1))
            top = a.topk(5).indices
            differences.append((((a.gather(1, top).softmax(1) - b.gather(1, top).softmax(1)) @ values).abs())[8:])
        difference = torch.cat(differences)
        print(f"| {name} | {torch.cat(divergences).mean():.2e} | {difference.mean():.4f} | {difference.max():.4f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("check", "layers", "schemes"))
    parser.add_argument("bin")
    parser.add_argument("model")
    parser.add_argument("stories", nargs="?")
    arguments = parser.parse_args()
    tokenizer = SentencePieceProcessor(model_file=f"{arguments.model}/tokenizer.model")
    llama = Llama(arguments.bin)
    if arguments.command == "check":
        check(llama, tokenizer, arguments.model)
    elif arguments.command == "layers":
        layers(llama, tokenizer, arguments.stories)
    else:
        schemes(llama, tokenizer, arguments.stories)


if __name__ == "__main__":
    main()
