"""The matrix products of one picture in the released network, bf16, in PyTorch: what ScoreTiming is compared with.

usage: matrix_products.py RUNS   (PyTorch is installed by shared/tools/python-peer; nothing of the project needs it)
"""
import statistics
import sys
import time

import torch
import torch.nn.functional as F

VISION = [(1025, 1024, 3072), (1025, 1024, 1024), (1025, 1024, 4096), (1025, 4096, 1024)]
DECODER = [(92, 4096, 4096)] * 2 + [(27, 4096, 4096), (65, 4096, 4096)] * 2 + [(92, 4096, 11008)] * 2 + [(92, 11008, 4096)]
COPIES = 3  # different weights, so that no cache holds them all


def layer(shapes):
    return [[(torch.randn(t, i).bfloat16(), torch.randn(o, i).bfloat16()) for t, i, o in shapes] for _ in range(COPIES)]


def run(layers, count):
    for n in range(count):
        for x, w in layers[n % COPIES]:
            F.linear(x, w)


with torch.inference_mode():
    vision, decoder = layer(VISION), layer(DECODER)
    times = []
    for _ in range(int(sys.argv[1])):
        start = time.perf_counter()
        run(vision, 24)
        middle = time.perf_counter()
        run(decoder, 32)
        end = time.perf_counter()
        times.append(end - start)
        print(f"vision {middle - start:.2f} s, decoder {end - middle:.2f} s", flush=True)
    print(f"median {statistics.median(times):.2f} s a picture", flush=True)
