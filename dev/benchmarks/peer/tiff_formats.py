"""Writes TIFF files of many kinds, and files of every format that ask to be turned, with what Pillow makes of them.

    python tiff_formats.py FOLDER

fills FOLDER/tiff and FOLDER/exif. Beside each file X lies X.expected.png, Pillow's pixels after convert("RGB"), or X.refused,
Pillow's message. The pictures of FOLDER/exif are turned by ImageOps.exif_transpose before they are converted. FormatComparison
compares such a folder with what deqa4j reads. Needs Pillow, numpy, tifffile and imagecodecs.
"""

import io
import lzma
import pathlib
import struct
import sys
import warnings
import zlib

import imagecodecs
import numpy as np
import tifffile
from PIL import Image, ImageOps

warnings.simplefilter("ignore")
BYTE, ASCII, SHORT, LONG, RATIONAL, SBYTE, UNDEFINED, SSHORT, SLONG, FLOAT, DOUBLE, IFD, LONG8 = (
    1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 16)
CODES = {BYTE: "B", SHORT: "H", LONG: "I", SBYTE: "b", SSHORT: "h", SLONG: "i", FLOAT: "f", DOUBLE: "d", IFD: "I",
         LONG8: "Q"}


def colors(height=21, width=30):
    """A picture with slopes, edges and some noise."""
    y, x = np.mgrid[0:height, 0:width]
    noise = np.random.default_rng(7).integers(-9, 9, (height, width, 3))
    planes = np.stack([x * 255 / width, y * 255 / height, 127 + 120 * np.sin(x / 3.0) * np.cos(y / 4.0)], -1)
    return np.clip(planes + noise, 0, 255).astype(np.uint8)


RGB = colors()
GREY = RGB[..., 0]
H, W = GREY.shape


def values(order, kind, numbers):
    if kind in (ASCII, UNDEFINED) or isinstance(numbers, bytes):
        return bytes(numbers), len(numbers)
    if kind in (RATIONAL, 10):
        code = "I" if kind == RATIONAL else "i"
        return b"".join(struct.pack(order + code * 2, *pair) for pair in numbers), len(numbers)
    return struct.pack(order + CODES[kind] * len(numbers), *numbers), len(numbers)


def directory(tags, order="<", big=False, start=None, magic=None, far=0):
    """A TIFF header and one directory; values that do not fit stand behind it."""
    mark = b"II" if order == "<" else b"MM"
    head = magic or mark + struct.pack(order + "H", 43 if big else 42)
    first = (16 if big else 8) + far
    header = head + (struct.pack(order + "HHQ", 8, 0, first) if big else struct.pack(order + "I", first)) + bytes(far)
    size, inline, pointer, count_code = (20, 8, "Q", "Q") if big else (12, 4, "I", "H")
    rest_at = first + struct.calcsize(order + count_code) + size * len(tags) + inline
    entries, rest = b"", b""
    for tag, (kind, numbers) in sorted(tags.items()):
        data, count = values(order, kind, numbers)
        entries += struct.pack(order + "HH" + pointer, tag, kind, count)
        if len(data) <= inline:
            entries += data.ljust(inline, b"\0")
        else:
            entries += struct.pack(order + pointer, rest_at + len(rest))
            rest += data + b"\0" * (len(data) % 2)
    return header + struct.pack(order + count_code, len(tags)) + entries + bytes(inline) + rest


def tiff(pieces, tags, order="<", big=False, types=None, counts=True, magic=None, tiled=False, far=0):
    """A TIFF file of strips or tiles. types: tag → type, where it is not the usual one."""
    all_tags = {256: (SHORT, [W]), 257: (SHORT, [H]), 258: (SHORT, [8]), 259: (SHORT, [1]), 262: (SHORT, [1]),
                277: (SHORT, [1]), **tags}
    offsets, sizes = (324, 325) if tiled else (273, 279)
    if not tiled and 278 not in all_tags:
        all_tags[278] = (SHORT, [all_tags[257][1][0]])
    all_tags = {tag: value for tag, value in all_tags.items() if value is not None}
    all_tags[offsets] = (LONG8 if big else LONG, [0] * len(pieces))
    if counts:
        all_tags[sizes] = (LONG8 if big else LONG, [len(piece) for piece in pieces])
    for tag, kind in (types or {}).items():
        all_tags[tag] = (kind, all_tags[tag][1])
    start = len(directory(all_tags, order, big, magic=magic, far=far))
    places = [start + sum(len(p) for p in pieces[:i]) for i in range(len(pieces))]
    all_tags[offsets] = (all_tags[offsets][0], places)
    return directory(all_tags, order, big, magic=magic, far=far) + b"".join(pieces)


def strips(array, rows):
    return [array[y:y + rows].tobytes() for y in range(0, array.shape[0], rows)]


def reverse_bits(data):
    return bytes(int(f"{b:08b}"[::-1], 2) for b in data)


def pack_bits(array, bits):
    """Samples, rows padded to bytes, the highest bit first."""
    rows = []
    for row in array.reshape(array.shape[0], -1):
        text = "".join(f"{int(v):0{bits}b}" for v in row)
        text += "0" * (-len(text) % 8)
        rows.append(int(text, 2).to_bytes(len(text) // 8, "big"))
    return b"".join(rows)


def saved(image, **options):
    out = io.BytesIO()
    image.save(out, "TIFF", **options)
    return out.getvalue()


def written(array, **options):
    out = io.BytesIO()
    tifffile.imwrite(out, array, metadata=None, **options)
    return out.getvalue()


def rgb_tags(samples=3, bits=8, photometric=2, **more):
    tags = {258: (SHORT, [bits] * samples), 262: (SHORT, [photometric]), 277: (SHORT, [samples])}
    return {**tags, **{int(tag): value for tag, value in more.items()}}


def by_pillow(files):
    pictures = {"1": Image.fromarray(GREY).convert("1"), "L": Image.fromarray(GREY), "RGB": Image.fromarray(RGB),
                "P": Image.fromarray(RGB).quantize(50), "RGBA": Image.fromarray(RGB).convert("RGBA"),
                "CMYK": Image.fromarray(RGB).convert("CMYK"), "LA": Image.fromarray(GREY).convert("LA"),
                "I": Image.fromarray(GREY.astype(np.int32) * 3 - 200), "F": Image.fromarray(GREY.astype(np.float32) * 1.4 - 40),
                "I;16": Image.fromarray(GREY.astype(np.uint16) * 2)}
    pictures["RGBA"].putalpha(Image.fromarray(RGB[..., 2]))
    compressions = [None, "tiff_lzw", "tiff_adobe_deflate", "tiff_deflate", "packbits", "lzma", "zstd"]
    for mode, picture in pictures.items():
        for compression in compressions:
            files[f"pillow-{mode.replace(';', '')}-{compression or 'raw'}"] = saved(picture, compression=compression)
    for compression in ("group3", "group4", "tiff_ccitt"):
        files[f"pillow-1-{compression}"] = saved(pictures["1"], compression=compression)
        files[f"pillow-1-{compression}-large"] = saved(
            Image.fromarray(colors(300, 411)[..., 2]).convert("1"), compression=compression)
    for mode in ("L", "RGB", "CMYK"):
        files[f"pillow-{mode}-jpeg"] = saved(pictures[mode], compression="jpeg", quality=90)
    for tags in ({317: 2}, {278: 4}, {278: 4, 317: 2}):
        for mode in ("L", "RGB", "I;16"):
            name = "-".join(f"{k}is{v}" for k, v in tags.items())
            files[f"pillow-{mode.replace(';', '')}-lzw-{name}"] = saved(
                pictures[mode], compression="tiff_lzw", tiffinfo=tags)
    files["pillow-big"] = saved(pictures["RGB"], big_tiff=True)
    files["pillow-two-pages"] = saved(pictures["RGB"], save_all=True, append_images=[pictures["L"]])


def by_tifffile(files):
    for order in "<>":
        side = {"<": "le", ">": "be"}[order]
        for compression in (None, "zlib", "lzw", "packbits", "zstd", "lzma"):
            for predictor in (False, True):
                if predictor and compression in (None, "packbits"):
                    continue
                for dtype in ("uint8", "uint16", "float32"):
                    array = GREY.astype(order + np.dtype(dtype).str[1:])
                    files[f"tifffile-{dtype}-{compression}-{'p' if predictor else 'n'}-{side}"] = written(
                        array, byteorder=order, compression=compression, predictor=predictor)
                files[f"tifffile-rgb16-{compression}-{'p' if predictor else 'n'}-{side}"] = written(
                    RGB.astype(order + "u2") * 257, byteorder=order, compression=compression, predictor=predictor,
                    photometric="rgb")
        for planar in ("contig", "separate"):
            array = RGB if planar == "contig" else np.moveaxis(RGB, -1, 0)
            for compression in (None, "zlib", "lzw", "jpeg"):
                for tile in (None, (16, 16)):
                    files[f"tifffile-rgb-{planar}-{compression}-{'tiles' if tile else 'strips'}-{side}"] = written(
                        np.ascontiguousarray(array), byteorder=order, compression=compression, tile=tile,
                        planarconfig=planar, photometric="rgb")
        files[f"tifffile-bigtiff-{side}"] = written(RGB, byteorder=order, bigtiff=True, photometric="rgb", rowsperstrip=5)
        for dtype in ("int8", "int16", "int32", "uint32", "float16", "float64", "uint64"):
            files[f"tifffile-{dtype}-{side}"] = written(
                (GREY.astype("int64") - 60).clip(0 if dtype[0] == "u" else -99, 127).astype(dtype), byteorder=order,
                photometric="minisblack")
        files[f"tifffile-rgbfloat-{side}"] = written(RGB.astype(np.float32) / 255, byteorder=order, photometric="rgb")
    for subsampling in ((1, 1), (2, 1), (2, 2), (4, 1)):
        files[f"tifffile-ycbcr-jpeg-{subsampling[0]}{subsampling[1]}"] = written(
            colors(64, 96), compression="jpeg", photometric="ycbcr", subsampling=subsampling, tile=(32, 32))
    for extra in ("unassalpha", "assocalpha", "unspecified"):
        for dtype in ("uint8", "uint16"):
            array = np.concatenate([RGB, RGB[..., ::-1][..., :1]], -1).astype(dtype) * (257 if dtype == "uint16" else 1)
            files[f"tifffile-rgba-{extra}-{dtype}"] = written(array, photometric="rgb", extrasamples=[extra])
            files[f"tifffile-rgba-{extra}-{dtype}-planar"] = written(
                np.ascontiguousarray(np.moveaxis(array, -1, 0)), photometric="rgb", extrasamples=[extra],
                planarconfig="separate")
            files[f"tifffile-rgba-{extra}-{dtype}-planar-zlib"] = written(
                np.ascontiguousarray(np.moveaxis(array, -1, 0)), photometric="rgb", extrasamples=[extra],
                planarconfig="separate", compression="zlib")
        files[f"tifffile-la-{extra}"] = written(RGB[..., :2], photometric="minisblack", extrasamples=[extra])
    for bits in (1, 2, 4, 12):
        array = (GREY >> max(0, 8 - bits)).astype(np.uint16 if bits > 8 else np.uint8) * (5 if bits == 12 else 1)
        for photometric in ("minisblack", "miniswhite"):
            files[f"bits-{bits}-{photometric}"] = tiff(
                [pack_bits(array, bits)], {258: (SHORT, [bits]), 262: (SHORT, [photometric == "minisblack"])})


def colour_spaces(files):
    lab = np.asarray(Image.fromarray(RGB))
    files["lab-8"] = tiff([lab.tobytes()], rgb_tags(photometric=8))
    files["lab-8-deflate"] = tiff([zlib.compress(lab.tobytes())], rgb_tags(photometric=8, **{"259": (SHORT, [8])}))
    files["lab-neutral"] = tiff(
        [np.stack([GREY, GREY * 0, GREY * 0], -1).tobytes()], rgb_tags(photometric=8))
    files["lab-16"] = tiff([(lab.astype("<u2") * 257).tobytes()], rgb_tags(bits=16, photometric=8))
    files["lab-icc"] = tiff([lab.tobytes()], rgb_tags(photometric=9))
    files["logluv"] = tiff([lab.tobytes()], rgb_tags(photometric=32845))
    files["cfa"] = tiff([GREY.tobytes()], {262: (SHORT, [32803])})
    files["mask"] = tiff([pack_bits(GREY > 99, 1)], {258: (SHORT, [1]), 262: (SHORT, [4])})
    cmyk = np.concatenate([RGB, 255 - RGB[..., :1]], -1)
    files["cmyk-16-le"] = tiff([(cmyk.astype("<u2") * 200).tobytes()], rgb_tags(4, 16, 5))
    files["cmyk-16-be"] = tiff([(cmyk.astype(">u2") * 200).tobytes()], rgb_tags(4, 16, 5), ">")
    files["cmyk-planar"] = tiff(
        [cmyk[..., c].tobytes() for c in range(4)], rgb_tags(4, 8, 5, **{"284": (SHORT, [2])}))
    files["cmyk-extra"] = tiff(
        [np.concatenate([cmyk, RGB[..., :1]], -1).tobytes()], rgb_tags(5, 8, 5, **{"338": (SHORT, [0])}))
    for order in "<>":
        palette = (np.random.default_rng(3).integers(0, 65536, 768)).tolist()
        side = {"<": "le", ">": "be"}[order]
        files[f"palette-8-{side}"] = tiff([GREY.tobytes()], {262: (SHORT, [3]), 320: (SHORT, palette)}, order)
        for bits in (1, 2, 4):
            size = 1 << bits
            files[f"palette-{bits}-{side}"] = tiff(
                [pack_bits(GREY >> (8 - bits), bits)],
                {258: (SHORT, [bits]), 262: (SHORT, [3]), 320: (SHORT, palette[:3 * size])}, order)
    files["palette-8-bit-colours"] = tiff(
        [GREY.tobytes()], {262: (SHORT, [3]), 320: (SHORT, [v >> 8 for v in palette])})
    files["palette-missing"] = tiff([GREY.tobytes()], {262: (SHORT, [3])})
    files["palette-alpha"] = tiff(
        [RGB[..., :2].tobytes()], {258: (SHORT, [8, 8]), 262: (SHORT, [3]), 277: (SHORT, [2]), 338: (SHORT, [2]),
                                   320: (SHORT, palette)})
    for horizontal, vertical in ((1, 1), (2, 1), (2, 2), (4, 1), (4, 2), (4, 4), (1, 2)):
        for rows in (H, 8):
            pieces = [subsampled(RGB[y:y + rows], horizontal, vertical) for y in range(0, H, rows)]
            files[f"ycbcr-{horizontal}{vertical}-{rows}"] = tiff(
                pieces, rgb_tags(photometric=6, **{"278": (SHORT, [rows]), "530": (SHORT, [horizontal, vertical])}))
            files[f"ycbcr-{horizontal}{vertical}-{rows}-lzw"] = tiff(
                [imagecodecs.lzw_encode(piece) for piece in pieces],
                rgb_tags(photometric=6, **{"259": (SHORT, [5]), "278": (SHORT, [rows]),
                                           "530": (SHORT, [horizontal, vertical])}))
    files["ycbcr-no-subsampling-tag"] = tiff([subsampled(RGB, 2, 2)], rgb_tags(photometric=6))
    files["ycbcr-range"] = tiff(
        [zlib.compress(RGB.tobytes())], rgb_tags(photometric=6, **{
            "259": (SHORT, [8]), "530": (SHORT, [1, 1]),
            "532": (RATIONAL, [(16, 1), (235, 1), (128, 1), (240, 1), (128, 1), (240, 1)]),
            "529": (RATIONAL, [(2126, 10000), (7152, 10000), (722, 10000)])}))
    files["ycbcr-planar"] = tiff(
        [zlib.compress(RGB[..., c].tobytes()) for c in range(3)],
        rgb_tags(photometric=6, **{"259": (SHORT, [8]), "284": (SHORT, [2]), "530": (SHORT, [1, 1])}))


def subsampled(array, horizontal, vertical):
    """Blocks of vertical × horizontal first samples, then one second and one third."""
    height, width = array.shape[:2]
    padded = np.pad(array, ((0, -height % vertical), (0, -width % horizontal), (0, 0)), "edge")
    out = []
    for y in range(0, padded.shape[0], vertical):
        for x in range(0, padded.shape[1], horizontal):
            block = padded[y:y + vertical, x:x + horizontal]
            out.append(block[..., 0].tobytes() + block[0, 0, 1:].tobytes())
    return b"".join(out)


def tags_of_many_types(files):
    rgb = rgb_tags()
    for kind, name in ((BYTE, "byte"), (SHORT, "short"), (LONG, "long"), (SBYTE, "sbyte"), (SSHORT, "sshort"),
                       (SLONG, "slong"), (LONG8, "long8"), (IFD, "ifd"), (FLOAT, "float")):
        files[f"types-sides-{name}"] = tiff([RGB.tobytes()], rgb, types={256: kind, 257: kind})
        files[f"types-samples-{name}"] = tiff([RGB.tobytes()], rgb, types={258: kind, 277: kind, 262: kind})
        if kind in (SHORT, LONG, SLONG, LONG8, IFD):
            files[f"types-offsets-{name}"] = tiff(
                strips(RGB, 4), {**rgb, 278: (SHORT, [4])}, types={273: kind, 279: kind, 278: kind})
            files[f"types-offsets-{name}-big"] = tiff(
                strips(RGB, 4), {**rgb, 278: (SHORT, [4])}, big=True, types={273: kind, 279: kind, 278: kind})
    for big in (False, True):
        for order in "<>":
            name = f"{'big' if big else 'classic'}-{'le' if order == '<' else 'be'}"
            files[f"hand-{name}"] = tiff([RGB.tobytes()], rgb, order, big)
            files[f"hand-far-{name}"] = tiff([RGB.tobytes()], rgb, order, big, far=5000)
            files[f"hand-16-{name}"] = tiff(
                [(RGB.astype(order + "u2") * 255).tobytes()], rgb_tags(bits=16), order, big)
    files["magic-swapped-ii"] = tiff([RGB.tobytes()], rgb, magic=b"II\0*")
    files["magic-swapped-mm"] = tiff([RGB.tobytes()], rgb, ">", magic=b"MM*\0")


def oddities(files):
    rgb = rgb_tags()
    data = RGB.tobytes()
    files["no-counts-raw"] = tiff([data], rgb, counts=False)
    for number, code in ((5, imagecodecs.lzw_encode), (8, zlib.compress), (32773, imagecodecs.packbits_encode)):
        tags = {**rgb, 259: (SHORT, [number])}
        files[f"no-counts-{number}"] = tiff([code(data)], tags, counts=False)
        files[f"no-counts-strips-{number}"] = tiff(
            [code(s) for s in strips(RGB, 5)], {**tags, 278: (SHORT, [5])}, counts=False)
        files[f"count-zero-{number}"] = tiff([code(data)], {**tags}, types={}).replace(
            struct.pack("<HHII", 279, LONG, 1, len(code(data))), struct.pack("<HHII", 279, LONG, 1, 0))
        files[f"short-{number}"] = tiff([code(data)[:-40]], tags)
        files[f"short-strip-{number}"] = tiff(
            [code(s[:-30]) for s in strips(RGB, 5)], {**tags, 278: (SHORT, [5])})
        files[f"fill-order-{number}"] = tiff([reverse_bits(code(data))], {**tags, 266: (SHORT, [2])})
        files[f"trailing-{number}"] = tiff([code(data) + b"more"], tags)
        files[f"rows-beyond-{number}"] = tiff([code(data)], {**tags, 278: (LONG, [0xFFFFFFFF])})
    files["short-raw"] = tiff([data[:-40]], rgb)
    files["short-raw-count"] = tiff([data], rgb).replace(
        struct.pack("<HHII", 279, LONG, 1, len(data)), struct.pack("<HHII", 279, LONG, 1, 9))
    files["long-raw-count"] = tiff([data], rgb).replace(
        struct.pack("<HHII", 279, LONG, 1, len(data)), struct.pack("<HHII", 279, LONG, 1, 99999))
    files["fill-order-1-bit"] = tiff(
        [reverse_bits(pack_bits(GREY > 99, 1))], {258: (SHORT, [1]), 266: (SHORT, [2])})
    files["fill-order-8-bit"] = tiff([reverse_bits(GREY.tobytes())], {266: (SHORT, [2])})
    files["fill-order-16-bit"] = tiff(
        [reverse_bits(GREY.astype("<u2").tobytes())], {258: (SHORT, [16]), 266: (SHORT, [2])})
    files["no-rows-per-strip"] = tiff([data], {**rgb, 278: None})
    files["strips-without-rows"] = tiff(strips(RGB, 5), {**rgb, 278: None})
    files["no-photometric"] = tiff([GREY.tobytes()], {262: None})
    files["no-samples"] = tiff([data], {**rgb, 277: None})
    files["no-bits"] = tiff([pack_bits(GREY > 99, 1)], {258: None})
    files["one-bits-for-three"] = tiff([data], {**rgb, 258: (SHORT, [8])})
    files["no-width"] = tiff([data], {**rgb, 256: None})
    files["no-compression"] = tiff([data], {**rgb, 259: None})
    files["rgba-without-extra"] = tiff([np.dstack([RGB, GREY]).tobytes()], rgb_tags(4))
    files["rgba-planar-without-extra"] = tiff(
        [np.dstack([RGB, GREY])[..., c].tobytes() for c in range(4)], rgb_tags(4, **{"284": (SHORT, [2])}))
    files["rgba-planar-zlib-without-extra"] = tiff(
        [zlib.compress(np.dstack([RGB, GREY])[..., c].tobytes()) for c in range(4)],
        rgb_tags(4, **{"284": (SHORT, [2]), "259": (SHORT, [8])}))
    files["rgb-two-extra"] = tiff([np.dstack([RGB, GREY, GREY]).tobytes()], rgb_tags(5, **{"338": (SHORT, [0, 0])}))
    files["rgb-assoc-and-extra"] = tiff(
        [np.dstack([RGB, 255 - GREY, GREY]).tobytes()], rgb_tags(5, **{"338": (SHORT, [1, 0])}))
    files["white-is-zero-16-le"] = tiff([GREY.astype("<u2").tobytes()], {258: (SHORT, [16]), 262: (SHORT, [0])})
    files["white-is-zero-16-be"] = tiff([GREY.astype(">u2").tobytes()], {258: (SHORT, [16]), 262: (SHORT, [0])}, ">")
    files["white-is-zero-8"] = tiff([GREY.tobytes()], {262: (SHORT, [0])})
    files["grey-predictor-raw"] = tiff([GREY.tobytes()], {317: (SHORT, [2])})
    files["rgb-565"] = tiff([data], {**rgb, 258: (SHORT, [5, 6, 5])})
    files["predictor-4-bits"] = tiff(
        [imagecodecs.lzw_encode(pack_bits(GREY >> 4, 4))], {258: (SHORT, [4]), 259: (SHORT, [5]), 317: (SHORT, [2])})
    files["predictor-unknown"] = tiff([zlib.compress(data)], {**rgb, 259: (SHORT, [8]), 317: (SHORT, [9])})
    files["offset-beyond"] = tiff([data], rgb)[:-len(data)]
    files["cut-in-directory"] = tiff([data], rgb)[:40]
    files["header-alone"] = b"II*\0\x08\0\0\0"
    for number in (34712, 34887, 50001, 50002, 32809, 34676, 34661, 12345):
        files[f"compression-{number}"] = tiff([data], {**rgb, 259: (SHORT, [number])})
    tiles = [np.pad(RGB, ((0, 11), (0, 2), (0, 0)))[y:y + 16, x:x + 16].tobytes() for y in (0, 16) for x in (0, 16)]
    tile = {322: (SHORT, [16]), 323: (SHORT, [16])}
    files["tiles-raw"] = tiff(tiles, {**rgb, **tile}, tiled=True)
    files["tiles-lzw"] = tiff([imagecodecs.lzw_encode(t) for t in tiles], {**rgb, **tile, 259: (SHORT, [5])}, tiled=True)
    files["tiles-missing-one"] = tiff(tiles[:3], {**rgb, **tile}, tiled=True)
    files["tile-larger-than-picture"] = tiff(
        [np.pad(RGB, ((0, 43), (0, 34), (0, 0))).tobytes()], {**rgb, 322: (SHORT, [64]), 323: (SHORT, [64])}, tiled=True)
    files["old-lzw"] = tiff([old_lzw(data)], {**rgb, 259: (SHORT, [5])})
    files["lzw-large"] = tiff(
        [imagecodecs.lzw_encode(colors(60, 64).tobytes())],
        {**rgb, 256: (SHORT, [64]), 257: (SHORT, [60]), 259: (SHORT, [5])})
    jpeg = io.BytesIO()
    Image.fromarray(RGB).save(jpeg, "JPEG", subsampling=0)
    old = {**rgb_tags(photometric=6), 259: (SHORT, [6]), 513: (LONG, [0]), 514: (LONG, [len(jpeg.getvalue())])}
    start = len(tiff([b""], old))
    files["old-jpeg"] = tiff([jpeg.getvalue()], {**old, 513: (LONG, [start])})
    files["old-jpeg-in-strip"] = tiff([jpeg.getvalue()], {**rgb_tags(photometric=6), 259: (SHORT, [6])})
    files["xz-delta"] = tiff(
        [lzma.compress(data, filters=[{"id": lzma.FILTER_DELTA, "dist": 3}, {"id": lzma.FILTER_LZMA2, "preset": 6}])],
        {**rgb, 259: (SHORT, [34925])})
    files["zstd-levels"] = tiff([imagecodecs.zstd_encode(data, level=19)], {**rgb, 259: (SHORT, [50000])})
    files["empty-tag"] = tiff([data], {**rgb, 305: (ASCII, b"")})
    files["tag-beyond"] = tiff([data], {**rgb, 305: (ASCII, b"x" * 40)}).replace(
        struct.pack("<HHI", 305, ASCII, 40), struct.pack("<HHI", 305, ASCII, 400000))


def old_lzw(data):
    """LZW without compression: each byte its own code of 9 bits, the lowest bit first, and often a new beginning."""
    bits = ""
    for i, byte in enumerate(data):
        if i % 200 == 0:
            bits += f"{256:09b}"[::-1]
        bits += f"{byte:09b}"[::-1]
    bits += f"{257:09b}"[::-1]
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8][::-1], 2) for i in range(0, len(bits), 8))


# --- files that ask to be turned -----------------------------------------------------------------------------------------

KINDS = {"byte": BYTE, "short": SHORT, "long": LONG, "sbyte": SBYTE, "sshort": SSHORT, "slong": SLONG, "float": FLOAT,
         "double": DOUBLE, "ifd": IFD, "undefined": UNDEFINED}


def exif(number=6, kind=SHORT, order="<", **options):
    return directory({274: (kind, [number] if kind != UNDEFINED else bytes([number]))}, order, **options)


def xmp(text):
    return (f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            f"{text}</rdf:RDF></x:xmpmeta>").encode()


XMP_ATTRIBUTE = xmp('<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/>')
XMP_ELEMENT = xmp("<rdf:Description><tiff:Orientation>8</tiff:Orientation></rdf:Description>")
XMP_SINGLE = xmp("<rdf:Description tiff:Orientation='6'/>")
XMP_SPACE = xmp('<rdf:Description tiff:Orientation = "6"/>')
XMP_ZERO = xmp('<rdf:Description tiff:Orientation="0"/>')
XMPS = {"attribute": XMP_ATTRIBUTE, "element": XMP_ELEMENT, "single": XMP_SINGLE, "space": XMP_SPACE, "zero": XMP_ZERO}


def exifs():
    """EXIF data of many kinds."""
    all_kinds = {f"{name}-{order}": exif(6, kind, {"le": "<", "be": ">"}[order])
                 for name, kind in KINDS.items() for order in ("le", "be")}
    all_kinds |= {f"number-{n}": exif(n) for n in range(0, 11)}
    all_kinds["far"] = exif(6, far=3000)
    all_kinds["rational"] = directory({274: (RATIONAL, [(6, 1)])})
    all_kinds["two-values"] = directory({274: (SHORT, [6, 3])})
    all_kinds["no-values"] = directory({274: (SHORT, [])})
    all_kinds["negative"] = directory({274: (SSHORT, [-6])})
    all_kinds["sub-ifd"] = directory({34665: (LONG, [26])}) [:26] + struct.pack("<HHHIII", 1, 274, SHORT, 1, 6, 0)
    first = directory({271: (ASCII, b"ab\0")})
    all_kinds["ifd1"] = first[:-4] + struct.pack("<I", 26) + struct.pack("<HHHIII", 1, 274, SHORT, 1, 6, 0)
    all_kinds["after-broken"] = directory({271: (ASCII, b"x" * 9), 274: (SHORT, [6])}).replace(
        struct.pack("<HHI", 271, ASCII, 9), struct.pack("<HHI", 271, ASCII, 9999))
    all_kinds["swapped-magic"] = exif(6, magic=b"II\0*")
    all_kinds["empty"] = b""
    all_kinds["mark-again"] = b"Exif\0\0" + exif(6)
    return all_kinds


def segment(marker, data):
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def jpeg_with(*segments):
    out = io.BytesIO()
    Image.fromarray(RGB).save(out, "JPEG", quality=95, subsampling=0)
    return out.getvalue()[:2] + b"".join(segments) + out.getvalue()[2:]


def app1(data):
    return segment(0xE1, b"Exif\0\0" + data)


def app1_xmp(data):
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + data)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_with(before=b"", after=b""):
    out = io.BytesIO()
    Image.fromarray(RGB).save(out, "PNG")
    data = out.getvalue()
    return data[:33] + before + data[33:-12] + after + data[-12:]


def raw_profile(data, heading="exif"):
    digits = data.hex()
    lines = [digits[i:i + 72] for i in range(0, len(digits), 72)]
    return f"\n{heading}\n{len(data):8d}\n".encode() + "\n".join(lines).encode() + b"\n"


def webp_with(*chunks, flags):
    out = io.BytesIO()
    Image.fromarray(RGB).save(out, "WEBP", lossless=True)
    body = out.getvalue()[12:]
    extended = struct.pack("<I", flags) + (W - 1).to_bytes(3, "little") + (H - 1).to_bytes(3, "little")
    parts = [(b"VP8X", extended)]
    rest = b"".join(kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for kind, data in chunks)
    head = b"".join(kind + struct.pack("<I", len(data)) + data for kind, data in parts)
    payload = b"WEBP" + head + body + rest
    return b"RIFF" + struct.pack("<I", len(payload)) + payload


def orientations(files):
    for name, data in exifs().items():
        files[f"jpeg-{name}.jpg"] = jpeg_with(app1(data))
        if name.startswith(("short", "long", "number-6", "mark", "empty", "byte", "sub")):
            files[f"png-{name}.png"] = png_with(chunk(b"eXIf", data))
            files[f"webp-{name}.webp"] = webp_with((b"EXIF", data), flags=8)
            files[f"webp-mark-{name}.webp"] = webp_with((b"EXIF", b"Exif\0\0" + data), flags=8)
    none, eight = directory({271: (ASCII, b"ab\0")}), exif(8)
    files["jpeg-two-segments.jpg"] = jpeg_with(app1(eight), app1(none))
    files["jpeg-two-segments-second.jpg"] = jpeg_with(app1(none), app1(eight))
    files["jpeg-two-segments-both.jpg"] = jpeg_with(app1(eight), app1(exif(3)))
    files["jpeg-two-segments-one-ifd.jpg"] = jpeg_with(app1(exif(6, far=40)[:30]), app1(exif(6, far=40)[30:]))
    files["jpeg-upside-exif-wins.jpg"] = jpeg_with(app1_xmp(XMP_ATTRIBUTE), app1(exif(3)))
    files["jpeg-exif-1-and-xmp.jpg"] = jpeg_with(app1_xmp(XMP_ATTRIBUTE), app1(exif(1)))
    files["jpeg-exif-0-and-xmp.jpg"] = jpeg_with(app1_xmp(XMP_ATTRIBUTE), app1(exif(0)))
    files["jpeg-exif-byte-and-xmp.jpg"] = jpeg_with(app1_xmp(XMP_ATTRIBUTE), app1(exif(3, BYTE)))
    files["jpeg-exif-none-and-xmp.jpg"] = jpeg_with(app1_xmp(XMP_ATTRIBUTE), app1(none))
    files["jpeg-exif-empty-and-xmp.jpg"] = jpeg_with(app1_xmp(XMP_ATTRIBUTE), app1(b""))
    files["jpeg-two-xmp.jpg"] = jpeg_with(app1_xmp(XMP_ATTRIBUTE), app1_xmp(XMP_ELEMENT))
    for name, data in XMPS.items():
        files[f"jpeg-xmp-{name}.jpg"] = jpeg_with(app1_xmp(data))
        files[f"png-xmp-{name}.png"] = png_with(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + data))
        files[f"webp-xmp-{name}.webp"] = webp_with((b"XMP ", data), flags=4)
        files[f"tiff-xmp-{name}.tif"] = tiff([RGB.tobytes()], {**rgb_tags(), 700: (UNDEFINED, data)})
    files["tiff-xmp-byte.tif"] = tiff([RGB.tobytes()], {**rgb_tags(), 700: (BYTE, XMP_ATTRIBUTE)})
    files["tiff-xmp-zlib.tif"] = tiff(
        [zlib.compress(RGB.tobytes())], {**rgb_tags(), 259: (SHORT, [8]), 700: (BYTE, XMP_ATTRIBUTE)})
    files["tiff-xmp-and-tag.tif"] = tiff(
        [RGB.tobytes()], {**rgb_tags(), 274: (SHORT, [1]), 700: (BYTE, XMP_ATTRIBUTE)})
    files["webp-no-flag.webp"] = webp_with((b"EXIF", eight), flags=0)
    files["webp-no-flag-xmp.webp"] = webp_with((b"XMP ", XMP_ATTRIBUTE), flags=0)
    files["webp-two.webp"] = webp_with((b"EXIF", eight), (b"EXIF", exif(3)), flags=8)
    files["webp-two-xmp.webp"] = webp_with((b"XMP ", XMP_ATTRIBUTE), (b"XMP ", XMP_ELEMENT), flags=4)
    files["webp-both.webp"] = webp_with((b"EXIF", none), (b"XMP ", XMP_ELEMENT), flags=12)
    profile = raw_profile(b"Exif\0\0" + eight)
    key = b"Raw profile type exif\0"
    files["png-raw-ztxt.png"] = png_with(chunk(b"zTXt", key + b"\0" + zlib.compress(profile)))
    files["png-raw-text.png"] = png_with(chunk(b"tEXt", key + profile))
    files["png-raw-itxt.png"] = png_with(chunk(b"iTXt", key + b"\0\0\0\0" + profile))
    files["png-raw-itxt-packed.png"] = png_with(chunk(b"iTXt", key + b"\1\0\0\0" + zlib.compress(profile)))
    files["png-raw-without-mark.png"] = png_with(chunk(b"tEXt", key + raw_profile(eight)))
    files["png-raw-after.png"] = png_with(after=chunk(b"zTXt", key + b"\0" + zlib.compress(profile)))
    files["png-raw-app1.png"] = png_with(
        chunk(b"zTXt", b"Raw profile type APP1\0\0" + zlib.compress(raw_profile(b"Exif\0\0" + eight, "APP1"))))
    files["png-raw-and-exif.png"] = png_with(chunk(b"tEXt", key + profile) + chunk(b"eXIf", exif(3)))
    files["png-raw-and-xmp.png"] = png_with(
        chunk(b"tEXt", key + raw_profile(none)) + chunk(b"tEXt", b"XML:com.adobe.xmp\0" + XMP_ATTRIBUTE))
    files["png-exif-after.png"] = png_with(after=chunk(b"eXIf", eight))
    files["png-exif-two.png"] = png_with(chunk(b"eXIf", eight) + chunk(b"eXIf", exif(3)))
    files["png-xmp-packed.png"] = png_with(
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP_ATTRIBUTE)))
    files["png-xmp-after.png"] = png_with(after=chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP_ATTRIBUTE))
    files["png-xmp-ztxt.png"] = png_with(chunk(b"zTXt", b"XML:com.adobe.xmp\0\0" + zlib.compress(XMP_ATTRIBUTE)))
    files["png-text-exif.png"] = png_with(chunk(b"tEXt", b"exif\0" + eight))
    for kind, number in KINDS.items():
        for big in (False, True):
            for order in "<>":
                value = [6] if number != UNDEFINED else bytes([6])
                files[f"tiff-{kind}-{'big' if big else 'classic'}-{'le' if order == '<' else 'be'}.tif"] = tiff(
                    [RGB.tobytes()], {**rgb_tags(), 274: (number, value)}, order, big)
    for number in range(0, 10):
        files[f"tiff-number-{number}.tif"] = tiff(
            [zlib.compress(s) for s in strips(RGB, 4)],
            {**rgb_tags(), 259: (SHORT, [8]), 278: (SHORT, [4]), 274: (SHORT, [number])})
    files["tiff-long8-big.tif"] = tiff([RGB.tobytes()], {**rgb_tags(), 274: (LONG8, [6])}, big=True)
    mpo = io.BytesIO()
    upright = Image.fromarray(RGB)
    data = upright.getexif()
    data[274] = 6
    upright.save(mpo, "MPO", save_all=True, append_images=[Image.fromarray(RGB[::-1])], exif=data)
    files["mpo.jpg"] = mpo.getvalue()


# --- Pillow's answers ----------------------------------------------------------------------------------------------------


def answer(path, turned):
    try:
        picture = Image.open(path)
        if turned:
            picture = ImageOps.exif_transpose(picture)
        picture.convert("RGB").save(f"{path}.expected.png")
    except Exception as e:
        pathlib.Path(f"{path}.refused").write_text(f"{type(e).__name__}: {e}\n")


def main(folder):
    tiffs, turned = {}, {}
    for make in (by_pillow, by_tifffile, colour_spaces, tags_of_many_types, oddities):
        make(tiffs)
    orientations(turned)
    for name, files, suffix in (("tiff", tiffs, ".tif"), ("exif", turned, "")):
        place = pathlib.Path(folder, name)
        place.mkdir(parents=True, exist_ok=True)
        for file, data in files.items():
            path = place / (file + suffix)
            path.write_bytes(data)
            answer(path, name == "exif")
        print(f"{place}: {len(files)} files, {len(list(place.glob('*.refused')))} of which Pillow refuses")


if __name__ == "__main__":
    main(sys.argv[1])
