"""Writes small JPEG, PNG, GIF, BMP and WebP files, whole and slightly broken, and what Pillow makes of each.

usage: picture_formats.py FOLDER [FORMAT...]

Beside each FILE comes FILE.expected.png (Image.open(FILE).convert("RGB")) or FILE.refused (Pillow's message).
Needs Pillow, numpy and imagecodecs. FormatComparison compares the folder with deqa4j.
"""
import io
import struct
import sys
import warnings
import zlib
from pathlib import Path

import imagecodecs
import numpy as np
from PIL import Image

SIZES = [(1, 1), (7, 5), (8, 8), (16, 16), (17, 23), (33, 9), (64, 48), (70, 51)]


def samples(width, height, seed=0):
    """A smooth picture with edges and some noise, [height, width, 3]."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    rgb = np.stack([x * 5 + y, 255 - x * 3 + y * 2, 60 + (x * y) // 9], 2) + random.integers(0, 24, (height, width, 3))
    rgb[(x // 9 + y // 7) % 3 == 0] += 70
    return np.clip(rgb, 0, 255).astype(np.uint8)


def picture(width, height, mode="RGB", seed=0):
    image = Image.fromarray(samples(width, height, seed))
    if mode == "P":
        return image.quantize(60)
    if mode in ("LA", "RGBA"):
        alpha = Image.fromarray(samples(width, height, seed + 1)[:, :, 0])
        image = image.convert(mode[:-1])
        image.putalpha(alpha)
        return image
    return image.convert(mode)


def saved(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


# ---------------------------------------------------------------- JPEG

ZIGZAG = sorted(range(64), key=lambda i: (i // 8 + i % 8, i // 8 if (i // 8 + i % 8) % 2 else i % 8))


def segments(jpeg):
    """[(marker, start, end)] of the header up to the first scan's data, and the offset of that data."""
    at, found = 2, []
    while True:
        marker, length = jpeg[at + 1], struct.unpack(">H", jpeg[at + 2:at + 4])[0]
        found.append((marker, at, at + 2 + length))
        at += 2 + length
        if marker == 0xDA:
            return found, at


class Bits:
    def __init__(self):
        self.bytes, self.value, self.count = bytearray(), 0, 0

    def put(self, code, length):
        self.value, self.count = self.value << length | code, self.count + length
        while self.count >= 8:
            self.count -= 8
            byte = self.value >> self.count & 255
            self.bytes += bytes([byte, 0]) if byte == 255 else bytes([byte])
        self.value &= (1 << self.count) - 1

    def flush(self):
        if self.count:
            self.put((1 << 8 - self.count) - 1, 8 - self.count)
        done, self.bytes = bytes(self.bytes), bytearray()
        return done


class Baseline:
    """A plain baseline encoder for what Pillow does not write: any sampling factors, identifiers and scans."""

    def __init__(self):
        jpeg = saved(picture(16, 16), "JPEG", quality=60)
        parts, _ = segments(jpeg)
        self.tables = [jpeg[start:end] for marker, start, end in parts if marker in (0xDB, 0xC4)]
        self.quantizers, self.codes = {}, {}
        for table in self.tables:
            data = table[4:]
            while data and table[1] == 0xDB:
                self.quantizers[data[0]] = list(data[1:65])
                data = data[65:]
            while data and table[1] == 0xC4:
                counts = data[1:17]
                code, at, codes = 0, 17, {}
                for length in range(1, 17):
                    for _ in range(counts[length - 1]):
                        codes[data[at]] = (code, length)
                        code, at = code + 1, at + 1
                    code <<= 1
                self.codes[data[0]] = codes
                data = data[at:]
        k, n = np.mgrid[0:8, 0:8]
        self.dct = np.cos((2 * n + 1) * k * np.pi / 16) * np.where(k == 0, np.sqrt(1 / 8), 0.5)

    def block(self, bits, pixels, table, predictor):
        values = (self.dct @ (pixels - 128.0) @ self.dct.T).reshape(64)
        quantized = [int(round(values[ZIGZAG[i]] / self.quantizers[table][i])) for i in range(64)]
        self.number(bits, self.codes[table], 0, quantized[0] - predictor)
        run = 0
        for value in quantized[1:]:
            if value == 0:
                run += 1
                continue
            while run > 15:
                bits.put(*self.codes[0x10 | table][0xF0])
                run -= 16
            self.number(bits, self.codes[0x10 | table], run, value)
            run = 0
        if run:
            bits.put(*self.codes[0x10 | table][0])
        return quantized[0]

    @staticmethod
    def number(bits, codes, run, value):
        size = abs(value).bit_length()
        bits.put(*codes[run << 4 | size])
        bits.put(value if value >= 0 else value + (1 << size) - 1, size)

    def encode(self, planes, width, height, sampling, ids, extra=b"", interleaved=True, restart=0, between=b"", sof=0xC0):
        """planes: full-size arrays, reduced here to their sampling factors by repetition's inverse."""
        hmax, vmax = max(h for h, v in sampling), max(v for h, v in sampling)
        mcus = (-(-width // (8 * hmax)), -(-height // (8 * vmax)))
        reduced = []
        for plane, (h, v) in zip(planes, sampling):
            rows, columns = mcus[1] * v * 8, mcus[0] * h * 8
            y = np.minimum(np.arange(rows) * vmax // v, height - 1)
            x = np.minimum(np.arange(columns) * hmax // h, width - 1)
            reduced.append(plane[np.ix_(y, x)].astype(float))
        frame = struct.pack(">BHHB", 8, height, width, len(planes))
        for i, (h, v) in enumerate(sampling):
            frame += bytes([ids[i], h << 4 | v, min(i, 1)])
        file = b"\xff\xd8" + extra + b"".join(self.tables) + self.segment(sof, frame)
        if restart:
            file += self.segment(0xDD, struct.pack(">H", restart))
        scans = [list(range(len(planes)))] if interleaved else [[i] for i in range(len(planes))]
        for scan in scans:
            header = bytes([len(scan)]) + b"".join(bytes([ids[i], min(i, 1) * 0x11]) for i in scan) + b"\0\x3f\0"
            file += self.segment(0xDA, header)
            file += self.scan(scan, reduced, sampling, mcus, (width, height), (hmax, vmax), restart) + between
        return file + b"\xff\xd9"

    def scan(self, scan, planes, sampling, mcus, size, largest, restart):
        bits, data, predictors, units = Bits(), b"", [0] * len(planes), []
        for my in range(mcus[1]):
            for mx in range(mcus[0]):
                units.append([(i, mx * sampling[i][0] + bx, my * sampling[i][1] + by)
                              for i in scan for by in range(sampling[i][1]) for bx in range(sampling[i][0])])
        if len(scan) == 1:
            (h, v), i = sampling[scan[0]], scan[0]
            columns, rows = (-(-(-(-size[j] * (h, v)[j] // largest[j])) // 8) for j in range(2))
            units = [[(i, bx, by)] for by in range(rows) for bx in range(columns)]
        for count, unit in enumerate(units):
            if restart and count and count % restart == 0:
                data += bits.flush() + bytes([0xFF, 0xD0 + (count // restart - 1) % 8])
                predictors = [0] * len(planes)
            for i, bx, by in unit:
                block = planes[i][by * 8:by * 8 + 8, bx * 8:bx * 8 + 8]
                predictors[i] = self.block(bits, block, min(i, 1), predictors[i])
        return data + bits.flush()

    @staticmethod
    def segment(marker, data):
        return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def jpeg_files():
    rgb = picture(70, 51)
    for i, (width, height) in enumerate(SIZES):
        yield f"size{width}x{height}", saved(picture(width, height, seed=i), "JPEG", quality=80)
        yield f"size{width}x{height}_progressive", saved(picture(width, height, seed=i), "JPEG", progressive=True)
        yield f"grey{width}x{height}", saved(picture(width, height, "L", i), "JPEG", subsampling=i % 3)
    for sampling in range(3):
        for quality in (5, 60, 97):
            for options in ({}, {"progressive": True}, {"optimize": True}, {"restart_marker_blocks": 3}):
                name = "_".join(options) or "plain"
                yield f"s{sampling}_q{quality}_{name}", saved(rgb, "JPEG", subsampling=sampling, quality=quality, **options)
    yield "rows_restart", saved(rgb, "JPEG", restart_marker_rows=1)
    yield "progressive_restart", saved(rgb, "JPEG", progressive=True, restart_marker_rows=1)
    yield "keep_rgb", saved(rgb, "JPEG", keep_rgb=True)
    yield "cmyk", saved(picture(70, 51, "CMYK"), "JPEG")
    yield "cmyk_progressive", saved(picture(33, 9, "CMYK"), "JPEG", progressive=True)
    for sampling in ("444", "422", "420", "411", "440"):
        yield f"codecs_{sampling}", imagecodecs.jpeg8_encode(samples(70, 51), level=85, subsampling=sampling)
    for predictor in (1, 4, 7):
        yield f"lossless{predictor}", imagecodecs.jpeg8_encode(samples(33, 23), lossless=True, predictor=predictor)
    yield "lossless_grey", imagecodecs.jpeg8_encode(samples(33, 23)[:, :, 0].copy(), lossless=True)
    yield "bits12", imagecodecs.jpeg8_encode(samples(33, 23).astype(np.uint16) * 8, bitspersample=12)
    yield from jpeg_by_hand()
    yield from jpeg_broken()


def jpeg_by_hand():
    baseline = Baseline()
    rgb = samples(45, 37)
    ycc = np.asarray(Image.fromarray(rgb).convert("YCbCr"))
    planes = [ycc[:, :, i] for i in range(3)]
    jfif = Baseline.segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
    adobe = [Baseline.segment(0xEE, b"Adobe\0\x64\0\0\0\0" + bytes([t])) for t in range(3)]
    size = (45, 37)
    factors = {
        "440": [(1, 2), (1, 1), (1, 1)], "411": [(4, 1), (1, 1), (1, 1)], "410": [(4, 2), (1, 1), (1, 1)],
        "441": [(1, 4), (1, 1), (1, 1)], "422_2222": [(2, 2), (1, 2), (1, 2)], "440_2222": [(2, 2), (2, 1), (2, 1)],
        "444_2222": [(2, 2), (2, 2), (2, 2)], "cb_only": [(2, 2), (2, 2), (1, 1)], "luma_less": [(1, 1), (2, 2), (2, 2)],
        "mixed": [(2, 1), (1, 2), (1, 1)], "311": [(3, 1), (1, 1), (1, 1)], "131": [(1, 3), (1, 1), (1, 1)],
        "321": [(3, 2), (1, 1), (1, 2)], "323": [(3, 1), (2, 1), (1, 1)], "444_3131": [(3, 1), (3, 1), (3, 1)],
    }
    for name, sampling in factors.items():
        yield f"hand_{name}", baseline.encode(planes, *size, sampling, [1, 2, 3], jfif)
        yield f"hand_{name}_scans", baseline.encode(planes, *size, sampling, [1, 2, 3], jfif, interleaved=False, restart=2)
    full = [(1, 1)] * 3
    for name, ids in {"rgb": b"RGB", "small_rgb": b"rgb", "012": b"\0\1\2", "high": b"\x80\xfe\xff", "123": b"\1\2\3"}.items():
        for extra in ("", "jfif", "adobe0", "adobe1", "adobe2"):
            header = jfif if extra == "jfif" else adobe[int(extra[-1])] if extra else b""
            yield f"ids_{name}_{extra or 'bare'}", baseline.encode(planes, *size, full, list(ids), header)
    yield "ids_twice", baseline.encode(planes, *size, full, [1, 1, 1], jfif)
    yield "jfif_adobe0", baseline.encode(planes, *size, full, [1, 2, 3], jfif + adobe[0])
    yield "jfif_short", baseline.encode(planes, *size, full, list(b"RGB"), Baseline.segment(0xE0, b"JFIF\0\1\1"))
    four = planes + [255 - planes[0] // 2]
    for transform in (None, 0, 1, 2):
        header = adobe[transform] if transform is not None else b""
        yield f"four_{transform}", baseline.encode(four, *size, [(1, 1)] * 4, [1, 2, 3, 4], header)
        yield f"four_{transform}_2112", baseline.encode(four, *size, [(2, 2), (1, 1), (1, 1), (2, 2)], [1, 2, 3, 4], header)
    yield "two_components", baseline.encode(planes[:2], *size, [(1, 1)] * 2, [1, 2])
    for h, v in ((2, 2), (2, 1), (1, 2), (3, 4), (4, 4)):
        yield f"grey_{h}{v}", baseline.encode(planes[:1], *size, [(h, v)], [1], jfif)
        yield f"grey_{h}{v}_restart", baseline.encode(planes[:1], *size, [(h, v)], [1], jfif, restart=1)
    yield "sof1", baseline.encode(planes, *size, full, [1, 2, 3], jfif, sof=0xC1)
    for sof in (0xC3, 0xC5, 0xC9, 0xCA):
        yield f"sof{sof:x}", baseline.encode(planes, *size, full, [1, 2, 3], jfif, sof=sof)
    for name, junk in {"fill": b"\xff" * 5, "zeros": bytes(5), "ff00": b"\xff\0", "comment": Baseline.segment(0xFE, b"hello"),
                       "restart": b"\xff\xd3", "tables": b"".join(baseline.tables), "junk": b"\x12\x34\x56"}.items():
        yield f"between_scans_{name}", baseline.encode(
            planes, *size, full, [1, 2, 3], jfif, interleaved=False, between=junk)


def jpeg_broken():
    for kind, options in {"base": {}, "prog": {"progressive": True}, "rst": {"restart_marker_blocks": 2},
                          "grey": {}, "optimized": {"optimize": True}}.items():
        jpeg = saved(picture(45, 37, "L" if kind == "grey" else "RGB"), "JPEG", quality=75, **options)
        parts, data = segments(jpeg)
        body = jpeg[:-2]
        yield f"{kind}_no_end", body
        yield f"{kind}_end_zeroed", body + b"\0\0"
        yield f"{kind}_end_ff", body + b"\xff"
        yield f"{kind}_zeros_end", body + bytes(40) + b"\xff\xd9"
        yield f"{kind}_junk_end", body + b"\x12\x34\xff\0\x56" * 3 + b"\xff\xd9"
        yield f"{kind}_zeros", body + bytes(500)
        yield f"{kind}_text_trailer", body + b"SEFHe\0\0\0trailer" * 9
        yield f"{kind}_trailer", jpeg + b"Samsung SEFT" * 9
        yield f"{kind}_second", jpeg + saved(picture(16, 16), "JPEG")
        yield f"{kind}_second_no_end", body + saved(picture(16, 16), "JPEG")
        yield f"{kind}_fill_end", body + b"\xff" * 7 + b"\xd9"
        yield f"{kind}_twice_end", jpeg + b"\xff\xd9"
        for lost in (3, 12, len(body) // 3):
            yield f"{kind}_cut{lost}", body[:-lost]
            yield f"{kind}_cut{lost}_ended", body[:-lost] + b"\xff\xd9"
            yield f"{kind}_cut{lost}_zeros", body[:-lost] + bytes(lost + 2)
        yield f"{kind}_hole", jpeg[:data + 60] + jpeg[data + 200:]
        yield f"{kind}_zeroed_hole", jpeg[:data + 60] + bytes(140) + jpeg[data + 200:]
        fills = b"".join(b"\xff" * i + jpeg[start:end] for i, (_, start, end) in enumerate(parts))
        yield f"{kind}_fill_header", jpeg[:2] + fills + jpeg[data:]
        yield f"{kind}_junk_header", jpeg[:2] + b"".join(jpeg[s:e] + b"\0\1\2" for _, s, e in parts[:-1]) \
            + jpeg[parts[-1][1]:]
        yield f"{kind}_ff00_header", jpeg[:parts[1][1]] + b"\xff\0" + jpeg[parts[1][1]:]
        yield f"{kind}_restart_header", jpeg[:parts[1][1]] + b"\xff\xd0" + jpeg[parts[1][1]:]
        yield f"{kind}_tem_header", jpeg[:parts[1][1]] + b"\xff\x01" + jpeg[parts[1][1]:]
        yield f"{kind}_soi_twice", jpeg[:2] + jpeg
        yield f"{kind}_no_huffman", jpeg[:2] + b"".join(jpeg[s:e] for m, s, e in parts if m != 0xC4) + jpeg[data:]
        yield f"{kind}_no_quantizer", jpeg[:2] + b"".join(jpeg[s:e] for m, s, e in parts if m != 0xDB) + jpeg[data:]
        filled, at = bytearray(jpeg[:data]), data
        for at in range(data, len(jpeg)):
            if at > data and jpeg[at] == 0xFF and at + 1 < len(jpeg) and jpeg[at + 1] != 0:
                filled += b"\xff" * 3
            filled.append(jpeg[at])
        yield f"{kind}_fill_data", bytes(filled)
        frame = next(s for m, s, _ in parts if m in (0xC0, 0xC2))
        yield f"{kind}_no_rows", jpeg[:frame + 5] + b"\0\0" + jpeg[frame + 7:-2] + b"\xff\xdc\0\4\0\x25\xff\xd9"
        yield f"{kind}_lines", body + b"\xff\xdc\0\4\0\x25\xff\xd9"
        yield f"{kind}_taller", jpeg[:frame + 5] + b"\0\x60" + jpeg[frame + 7:]
        yield f"{kind}_shorter", jpeg[:frame + 5] + b"\0\x10" + jpeg[frame + 7:]
    jpeg = saved(picture(45, 37), "JPEG", restart_marker_blocks=2)
    for name, old, new in (("wrong", b"\xff\xd2", b"\xff\xd5"), ("twice", b"\xff\xd2", b"\xff\xd2\xff\xd2"),
                           ("gone", b"\xff\xd2", b""), ("junk", b"\xff\xd2", b"\x11\x22\xff\xd2"),
                           ("one_fill", b"\xff\xd2", b"\xff\xff\xd2"), ("zeros", b"\xff\xd2", b"\0\0\0\xff\xd2")):
        at = jpeg.index(old, segments(jpeg)[1])
        yield f"restart_{name}", jpeg[:at] + new + jpeg[at + 2:]
    progressive = saved(picture(45, 37), "JPEG", progressive=True)
    scans = [i for i in range(len(progressive)) if progressive[i:i + 2] == b"\xff\xda"]
    for i, start in enumerate(scans[1:], 1):
        yield f"first{i}_scans_ended", progressive[:start] + b"\xff\xd9"


# ---------------------------------------------------------------- PNG

SIGNATURE = b"\x89PNG\r\n\x1a\n"
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(kind, data, sum_change=0):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data) ^ sum_change)


def png_chunks(png):
    at, found = 8, []
    while at < len(png):
        length = struct.unpack(">I", png[at:at + 4])[0]
        found.append((png[at + 4:at + 8], png[at + 8:at + 8 + length]))
        at += 12 + length
    return found


def png_file(width, height, depth, kind, interlaced=0, filters=range(5), palette=None, seed=0, extra=b"", pieces=1):
    """Random samples in any depth and colour type, with every filter byte; noise, so that each bit counts."""
    random = np.random.default_rng(seed)
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[kind]
    passes = ADAM7 if interlaced else [(0, 0, 1, 1)]
    raw, row = b"", 0
    for left, top, across, down in passes:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns <= 0:
            continue
        for _ in range(max(0, rows)):
            length = (columns * channels * depth + 7) // 8
            data = random.integers(0, 256, length, dtype=np.uint8) if kind != 3 or depth < 8 \
                else random.integers(0, len(palette) // 3 if palette else 256, length, dtype=np.uint8)
            raw += bytes([filters[row % len(filters)] if kind != 3 else 0]) + data.tobytes()
            row += 1
    compressed = zlib.compress(raw)
    step = -(-len(compressed) // pieces)
    file = SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlaced)) + extra
    if palette is not None:
        file += chunk(b"PLTE", palette)
    file += b"".join(chunk(b"IDAT", compressed[i:i + step]) for i in range(0, len(compressed), step))
    return file + chunk(b"IEND", b"")


def png_files():
    palette = bytes(range(3 * 16)) * 16
    for kind, depths in {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}.items():
        for depth in depths:
            colors = palette[:3 << depth] if kind == 3 else None
            for interlaced in (0, 1):
                for size in ((1, 1), (5, 3), (23, 17)):
                    yield f"c{kind}_d{depth}_i{interlaced}_{size[0]}x{size[1]}", \
                        png_file(*size, depth, kind, interlaced, palette=colors, seed=depth)
    yield "short_palette", png_file(9, 9, 8, 3, palette=bytes(range(30)))
    yield "palette_too_short", png_file(9, 9, 4, 3, palette=bytes(range(12)))
    yield "palette_17_of_4", png_file(9, 9, 4, 3, palette=bytes(range(51)))
    yield "palette_uneven", png_file(9, 9, 4, 3, palette=bytes(range(47)))
    yield "palette_empty", png_file(9, 9, 4, 3, palette=b"")
    yield "palette_missing", png_file(9, 9, 4, 3)
    yield "palette_for_rgb", png_file(9, 9, 8, 2, palette=bytes(range(30)))
    yield "transparent_color", png_file(9, 9, 8, 2, extra=chunk(b"tRNS", bytes(6)))
    yield "transparent_grey16", png_file(9, 9, 16, 0, extra=chunk(b"tRNS", bytes(2)))
    yield "wrong_depth", png_file(9, 9, 8, 2).replace(b"\x08\x02\0\0\0", b"\x07\x02\0\0\0")
    for kind in (2, 3, 0):
        png = png_file(23, 17, 8 if kind != 3 else 4, kind, palette=palette[:48] if kind == 3 else None, pieces=3)
        yield from png_broken(f"k{kind}", png)
    yield from png_broken("interlaced", png_file(23, 17, 8, 6, 1, pieces=2))
    png = saved(picture(70, 51), "PNG")
    yield "ancillary_sum", png[:33] + chunk(b"tEXt", b"a\0b", 1) + png[33:]
    yield "ancillary_unknown", png[:33] + chunk(b"zzZz", b"abc") + png[33:]
    yield "critical_unknown", png[:33] + chunk(b"ZzZz", b"abc") + png[33:]
    yield "profile_bomb", png[:33] + chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(3 << 20))) + png[33:]
    yield "text_bomb", png[:33] + chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(3 << 20))) + png[33:]
    yield "profile_bad", png[:33] + chunk(b"iCCP", b"x\0\0junk") + png[33:]
    yield "gamma", png[:33] + chunk(b"gAMA", struct.pack(">I", 100000)) + png[33:]
    yield "text_after", png[:-12] + chunk(b"tEXt", b"a\0b") + png[-12:]
    yield "sum_after", png[:-12] + chunk(b"tEXt", b"a\0b", 1) + png[-12:]
    yield "cut_after", png[:-12] + chunk(b"tEXt", b"a\0" + b"b" * 90)[:40]
    frames = [picture(20, 20, seed=i) for i in range(3)]
    yield "animated", saved(frames[0], "PNG", save_all=True, append_images=frames[1:])
    yield "animated_default", saved(frames[0], "PNG", save_all=True, append_images=frames[1:], default_image=True)
    for mode in ("1", "L", "P", "LA", "RGBA", "I;16"):
        yield f"mode_{mode.replace(';', '')}", saved(picture(70, 51, mode), "PNG", optimize=True)
    yield "not_first", SIGNATURE + chunk(b"tEXt", b"a\0b") + png[8:]
    yield "method1", png_header(png, 10, 1)
    yield "filter1", png_header(png, 11, 1)
    yield "interlace2", png_header(png, 12, 2)
    yield "header_sum", png[:29] + b"\0\0\0\0" + png[33:]


def png_header(png, at, value):
    header = bytearray(png[16:29])
    header[at] = value
    return SIGNATURE + chunk(b"IHDR", bytes(header)) + png[33:]


def png_broken(name, png):
    chunks = png_chunks(png)
    head = SIGNATURE + b"".join(chunk(k, d) for k, d in chunks if k not in (b"IDAT", b"IEND"))
    data = b"".join(d for k, d in chunks if k == b"IDAT")
    raw, end = zlib.decompress(data), chunk(b"IEND", b"")
    yield f"{name}_no_end", png[:-12]
    yield f"{name}_half_end", png[:-5]
    yield f"{name}_trailing", png + b"trailer" * 20
    yield f"{name}_no_sum", png[:-16]
    yield f"{name}_no_adler_cut", head + (struct.pack(">I", len(data)) + b"IDAT" + data)[:-4]
    yield f"{name}_adler_gone", head + chunk(b"IDAT", data[:-4]) + end
    yield f"{name}_adler_wrong", head + chunk(b"IDAT", data[:-4] + b"abcd") + end
    yield f"{name}_data_sum", head + chunk(b"IDAT", data, 1) + end
    yield f"{name}_both_wrong", head + chunk(b"IDAT", data[:-4] + b"abcd", 1) + end
    yield f"{name}_data_long", head + chunk(b"IDAT", data + b"more") + end
    yield f"{name}_rows_long", head + chunk(b"IDAT", zlib.compress(raw + raw[:50])) + end
    yield f"{name}_rows_short", head + chunk(b"IDAT", zlib.compress(raw[:-10])) + end
    yield f"{name}_one_byte_short", head + chunk(b"IDAT", zlib.compress(raw[:-1])) + end
    yield f"{name}_data_cut", head + chunk(b"IDAT", data[:-20]) + end
    yield f"{name}_cut", png[:len(png) * 2 // 3]
    yield f"{name}_no_data", head + end
    yield f"{name}_empty_data", head + chunk(b"IDAT", b"") * 3 + chunk(b"IDAT", data) + chunk(b"IDAT", b"") + end
    yield f"{name}_interrupted", head + chunk(b"IDAT", data[:50]) + chunk(b"tEXt", b"a\0b") + chunk(b"IDAT", data[50:]) + end
    yield f"{name}_stored", head + chunk(b"IDAT", zlib.compress(raw, 0)) + end
    yield f"{name}_window", head + chunk(b"IDAT", bytes([0x08, 0x1D]) + data[2:]) + end
    yield f"{name}_zlib_head", head + chunk(b"IDAT", b"\x78\x00" + data[2:]) + end
    yield f"{name}_filter9", head + chunk(b"IDAT", zlib.compress(b"\x09" + raw[1:])) + end
    yield f"{name}_flipped", head + chunk(b"IDAT", data[:60] + bytes([data[60] ^ 16]) + data[61:]) + end


# ---------------------------------------------------------------- GIF


def gif_codes(indices, bits, clear_every=10 ** 9, no_end=False, grow=True):
    """LZW codes of GIF in blocks, preceded by the byte of their least width."""
    clear, end = 1 << bits, (1 << bits) + 1
    out, value, count = bytearray(), 0, 0
    table, width, prefix, since = {}, bits + 1, (), 0

    def put(code):
        nonlocal value, count
        value |= code << count
        count += width
        while count >= 8:
            out.append(value & 255)
            value >>= 8
            count -= 8

    put(clear)
    next_code = end + 1
    for index in indices:
        since += 1
        longer = prefix + (index,)
        if len(longer) == 1 or longer in table:
            prefix = longer
            continue
        put(table[prefix] if len(prefix) > 1 else prefix[0])
        if next_code < 4096 and grow:
            table[longer] = next_code
            next_code += 1
            if next_code > 1 << width and width < 12:
                width += 1
        prefix = (index,)
        if next_code == 4096 and grow or since >= clear_every:
            put(prefix[0])
            prefix = ()
            put(clear)
            table, width, next_code, since = {}, bits + 1, end + 1, 0
    if prefix:
        put(table[prefix] if len(prefix) > 1 else prefix[0])
    if not no_end:
        put(end)
    if count:
        out.append(value & 255)
    return bytes([bits]), bytes(out)


def gif_blocks(data, size=255):
    return b"".join(bytes([len(data[i:i + size])]) + data[i:i + size] for i in range(0, len(data), size)) + b"\0"


def gif_file(width=20, height=15, bits=4, screen=None, at=(0, 0), palette=True, local=False, interlaced=False, before=b"",
             after=b";", blocks=255, count=None, background=0, version=b"GIF89a", **coding):
    random = np.random.default_rng(width)
    indices = (random.integers(0, 1 << bits, width * height) * (random.random(width * height) < 0.6)).tolist()
    least, data = gif_codes(indices[:count], max(2, bits), **coding)
    colors = random.integers(0, 256, 3 << bits, dtype=np.uint8).tobytes()
    file = version + struct.pack("<HHBBB", *(screen or (width, height)), (0x80 | bits - 1) if palette else 0, background, 0)
    file += colors if palette else b""
    file += before + b"," + struct.pack("<HHHHB", *at, width, height, (0x80 | bits - 1 if local else 0) | interlaced * 0x40)
    file += colors[::-1] if local else b""
    return file + least + gif_blocks(data, blocks) + after


def gif_files():
    control = b"!\xf9\4\1\0\0\3\0"
    comment = b"!\xfe\5hello\0"
    netscape = b"!\xff\x0bNETSCAPE2.0\3\1\0\0\0"
    for bits in range(1, 9):
        for interlaced in (False, True):
            yield f"bits{bits}_i{int(interlaced)}", gif_file(23, 17, bits, interlaced=interlaced)
    for width, height in SIZES:
        yield f"size{width}x{height}", gif_file(width, height, 8)
        yield f"size{width}x{height}_i", gif_file(width, height, 8, interlaced=True)
    for name, before in {"control": control, "comment": comment, "netscape": netscape, "all": control + comment + netscape,
                         "control_late": comment + control, "two_controls": control + b"!\xf9\4\1\0\0\5\0",
                         "opaque_control": control + b"!\xf9\4\0\0\0\5\0", "text": b"!\x01\x0c" + bytes(12) + b"\3abc\0",
                         "unknown": b"!\x77\3abc\0", "empty_comment": b"!\xfe\0", "zero": b"\0", "zeros": bytes(9),
                         "junk": b"\x11\x22\x33", "zero_control": b"\0" + control + b"\0", "short_control": b"!\xf9\2\1\0\0",
                         "long_control": b"!\xf9\6\1\0\0\3\0\0\0", "empty_control": b"!\xf9\0", "trailer": b";",
                         "control_two_blocks": b"!\xf9\4\1\0\0\3\2ab\0", "many_comments": comment * 200}.items():
        yield f"before_{name}", gif_file(before=before, screen=(26, 22), at=(3, 2))
    for name, after in {"none": b"", "zero": b"\0", "junk": b"junk;", "comment": comment, "twice": b";;",
                        "frame": b"," + bytes(9) + b"\2"}.items():
        yield f"after_{name}", gif_file(after=after)
    yield "local", gif_file(local=True)
    yield "local_only", gif_file(local=True, palette=False)
    yield "no_palette", gif_file(palette=False)
    yield "screen_larger", gif_file(screen=(40, 30), at=(5, 7))
    yield "screen_larger_local", gif_file(screen=(40, 30), at=(5, 7), local=True, background=3)
    yield "screen_smaller", gif_file(screen=(10, 8), at=(5, 7))
    yield "screen_none", gif_file(screen=(0, 0))
    yield "version87", gif_file(version=b"GIF87a")
    yield "version88", gif_file(version=b"GIF88a")
    for size in (1, 2, 100):
        yield f"blocks{size}", gif_file(blocks=size)
    for lost in (1, 20, 60, 299, 300):
        yield f"lost{lost}", gif_file(count=300 - lost)
        yield f"lost{lost}_no_code", gif_file(count=300 - lost, no_end=True)
        yield f"lost{lost}_interlaced", gif_file(count=300 - lost, interlaced=True)
    yield "no_end_code", gif_file(no_end=True)
    yield "no_end_code_nothing", gif_file(no_end=True, after=b"")[:-1]
    yield "no_growth", gif_file(70, 51, 8, grow=False, clear_every=100)
    yield "clear_often", gif_file(70, 51, 8, clear_every=30)
    yield "full_table", gif_file(170, 151, 8)
    yield "more_pixels", gif_file(20, 15)[:-2] + b"\3\1\2\3\0;"
    gif = gif_file(70, 51, 8)
    for part in (2, 3, 10):
        yield f"cut{part}", gif[:-len(gif) // part]
    yield "cut_last_block", gif[:-40]
    frame = gif.index(b",\0\0\0\0")
    for least in (0, 1, 2, 7, 9, 11, 12, 13):
        yield f"least{least}", gif[:frame + 10] + bytes([least]) + gif[frame + 11:]
    yield "taller", gif[:frame + 7] + b"\x40" + gif[frame + 8:]
    yield "shorter", gif[:frame + 7] + b"\x20" + gif[frame + 8:]
    yield "wide0", gif[:frame + 5] + b"\0" + gif[frame + 6:]
    yield "code_too_high", gif[:frame + 30] + b"\xff\xff\xff" + gif[frame + 33:]
    yield "no_clear_first", gif_file(4, 4, 8)[:-2].replace(gif_codes([0], 8)[1][:1], b"\1", 1) + b"\0;"
    grey = bytearray(gif_file(20, 15, 8))
    grey[13:13 + 768] = bytes(i // 3 for i in range(768))
    yield "grey_palette", bytes(grey)
    for mode in ("L", "P", "1", "RGB", "RGBA"):
        yield f"mode_{mode}", saved(picture(70, 51, mode), "GIF")
        yield f"mode_{mode}_interlace0", saved(picture(70, 51, mode), "GIF", interlace=0)
    frames = [picture(20, 20, seed=i) for i in range(3)]
    yield "animated", saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    yield "animated_disposal2", saved(frames[0], "GIF", save_all=True, append_images=frames[1:], disposal=2)
    yield "giflib", imagecodecs.gif_encode(samples(70, 51)[:, :, 0].copy())


# ---------------------------------------------------------------- BMP


def bmp_file(width, height, bits, header=40, top_down=False, compression=0, colors=None, used=0, masks=None, data=None,
             offset=None, size=None, gap=0, image_size=0, planes=1, seed=0, tail=b"", outside=True):
    random = np.random.default_rng(seed)
    stride = (width * bits + 31) // 32 * 4
    if data is None:
        data = random.integers(0, 256, stride * height, dtype=np.uint8).tobytes()
    if colors is None and bits <= 8:
        colors = (1 << bits)
    entry = 3 if header == 12 else 4
    palette = random.integers(0, 256, (colors or 0) * entry, dtype=np.uint8).tobytes() if isinstance(colors, (int, type(None))) \
        else colors
    if header == 12:
        info = struct.pack("<IHHHH", 12, width, height, planes, bits)
    else:
        info = struct.pack("<IiiHHIIiiII", header, width, -height if top_down else height, planes, bits, compression,
                           image_size, 2835, 2835, used, 0)
        packed = b"".join(struct.pack("<I", m) for m in masks or ())
        if header > 40:
            info = (info + packed + bytes(124))[:header]
        elif outside:
            info += packed
        if header < 40:
            info = info[:header]
    start = 14 + len(info) + len(palette) + gap
    start = start if offset is None else offset
    body = info + palette + bytes(gap) + data + tail
    return b"BM" + struct.pack("<IHHI", 14 + len(body) if size is None else size, 0, 0, start) + body


def rle(pairs):
    return b"".join(bytes(p) for p in pairs)


def bmp_files():
    for bits in (1, 4, 8, 16, 24, 32):
        for header in (12, 40, 52, 56, 64, 108, 124):
            if header == 12 and bits in (16, 32):
                continue
            yield f"b{bits}_h{header}", bmp_file(23, 17, bits, header)
            if header in (40, 124):
                yield f"b{bits}_h{header}_down", bmp_file(23, 17, bits, header, top_down=True)
    for header in (16, 20, 24, 36, 42, 46, 60, 63):
        yield f"os2_h{header}", bmp_file(23, 17, 8, header)
    for width, height in SIZES:
        yield f"size{width}x{height}", saved(picture(width, height), "BMP")
    for mode in ("1", "L", "P", "RGBA"):
        yield f"mode_{mode}", saved(picture(70, 51, mode), "BMP")
    for name, bits, masks in (
            ("565", 16, (0xF800, 0x7E0, 0x1F)), ("555", 16, (0x7C00, 0x3E0, 0x1F)), ("444", 16, (0xF00, 0xF0, 0xF)),
            ("x888", 32, (0xFF0000, 0xFF00, 0xFF)), ("888x", 32, (0xFF000000, 0xFF0000, 0xFF00)),
            ("b888", 32, (0xFF, 0xFF00, 0xFF0000)), ("odd", 32, (0xFF000000, 0xFF00, 0xFF)),
            ("ten", 32, (0x3FF00000, 0xFFC00, 0x3FF)), ("none", 32, (0, 0, 0)), ("24", 24, (0xFF0000, 0xFF00, 0xFF)),
            ("24b", 24, (0xFF, 0xFF00, 0xFF0000))):
        for header in (40, 52, 56, 108):
            for alpha in ((), (0xFF000000,), (0xFF,)):
                if alpha and (header in (40, 52) or bits != 32 or set(alpha) & set(masks)):
                    continue
                yield f"fields_{name}_h{header}_a{alpha[0] if alpha else 0:x}", \
                    bmp_file(23, 17, bits, header, compression=3, masks=masks + alpha)
    yield "fields_8", bmp_file(23, 17, 8, 40, compression=3, masks=(0xFF, 0xFF, 0xFF))
    yield "alphafields", bmp_file(23, 17, 32, 40, compression=6, masks=(0xFF0000, 0xFF00, 0xFF, 0xFF000000))
    for bits in (1, 4, 8):
        full = 1 << bits
        for used in {1, 2, full // 2 or 1, full - 1 or 1, full, full + 1, 256, 257, 300, 65536, 70000}:
            yield f"b{bits}_used{used}", bmp_file(23, 17, bits, used=used, colors=min(used, 300))
        yield f"b{bits}_used_wrong", bmp_file(23, 17, bits, used=full, colors=max(1, full // 2))
        yield f"b{bits}_palette_short", bmp_file(23, 17, bits, used=0, colors=max(1, full // 2))
        yield f"b{bits}_grey", bmp_file(23, 17, bits, colors=b"".join(bytes([i * 255 // (full - 1)] * 3 + [0]) for i in range(full)))
        yield f"b{bits}_identity", bmp_file(23, 17, bits, colors=b"".join(bytes([i] * 3 + [0]) for i in range(full)))
        yield f"b{bits}_white_first", bmp_file(23, 17, bits, colors=b"\xff" * 4 + b"\0" * (4 * full - 4))
    yield "b24_used", bmp_file(23, 17, 24, used=10, colors=10)
    yield "b24_used_absent", bmp_file(23, 17, 24, used=10)
    yield "b8_os2_short_palette", bmp_file(23, 17, 8, 12, colors=100)
    yield "b8_os2_long_entries", bmp_file(23, 17, 8, 12, colors=bytes(range(256)) * 4)
    for name, offset in {"offset0": 0, "offset_info": 54, "offset_low": 20, "offset_high": 10 ** 6, "offset_end": 2000,
                         "offset_negative": 0xFFFFFFF0}.items():
        yield f"b24_{name}", bmp_file(23, 17, 24, offset=offset)
        yield f"b8_{name}", bmp_file(23, 17, 8, offset=offset)
    yield "gap", bmp_file(23, 17, 8, gap=100)
    for size in (0, 1, 10, 10 ** 8):
        yield f"file_size{size}", bmp_file(23, 17, 24, size=size)
        yield f"image_size{size}", bmp_file(23, 17, 24, image_size=size)
    yield "planes0", bmp_file(23, 17, 24, planes=0)
    yield "planes3", bmp_file(23, 17, 8, planes=3)
    yield "trailing", bmp_file(23, 17, 24, tail=b"trailer" * 30)
    for bits in (2, 3, 64):
        yield f"bits{bits}", bmp_file(23, 17, bits, colors=4)
    yield "bits0_jpeg", bmp_file(23, 17, 0, compression=4, data=saved(picture(23, 17), "JPEG"), colors=0)
    yield "bits0_png", bmp_file(23, 17, 0, compression=5, data=saved(picture(23, 17), "PNG"), colors=0)
    yield "compression9", bmp_file(23, 17, 8, compression=9)
    for bits in (1, 8, 24):
        whole = bmp_file(23, 17, bits)
        for lost in (1, 3, 4, 40):
            yield f"b{bits}_cut{lost}", whole[:-lost]
    yield "width0", bmp_file(0, 17, 24)
    yield "negative_width", bmp_file(23, 17, 24)[:18] + struct.pack("<i", -23) + bmp_file(23, 17, 24)[22:]
    yield from bmp_rle()
    yield "codecs", imagecodecs.bmp_encode(samples(33, 23))
    yield "codecs_grey", imagecodecs.bmp_encode(samples(33, 23)[:, :, 0].copy())


def bmp_rle():
    row8 = [(5, 3), (0, 4, 7, 8, 9, 10), (0, 3, 1, 2, 3, 0), (11, 200)]  # 23 pixels
    row4 = [(5, 0x37), (0, 4, 0x78, 0x9A), (0, 3, 0x12, 0x30), (11, 0xC8)]  # 23 pixels
    for name, bits, compression, row in (("rle8", 8, 1, row8), ("rle4", 4, 2, row4)):
        end_row, end = [(0, 0)], [(0, 1)]
        kinds = {
            "plain": (row + end_row) * 17 + end,
            "no_last_row_end": (row + end_row) * 16 + row + end,
            "no_end": (row + end_row) * 17,
            "no_end_no_row_end": (row + end_row) * 16 + row,
            "no_row_ends": row * 17 + end,
            "short_rows": ([(5, 3)] + end_row) * 17 + end,
            "empty_rows": end_row * 17 + end,
            "last_row_missing": (row + end_row) * 16 + end,
            "last_row_missing_no_end": (row + end_row) * 16,
            "half": (row + end_row) * 8 + end,
            "half_no_end": (row + end_row) * 8,
            "end_in_row": (row + end_row) * 16 + row[:2] + end,
            "long_rows": (row + [(20, 5)] + end_row) * 17 + end,
            "delta_right": ([(5, 3), (0, 2, 4, 0), (14, 9)] + end_row) * 17 + end,
            "delta_up": (row + end_row) * 3 + [(5, 3), (0, 2, 3, 4), (15, 9)] + end_row + (row + end_row) * 9 + end,
            "delta_far": (row + end_row) * 3 + [(0, 2, 200, 200)] + end,
            "only_end": end,
            "nothing": [],
            "absolute_long": ([(0, 23) + tuple(range(23 if bits == 8 else 12)) + ((0,) if bits == 8 else ())] + end_row) * 17 + end,
            "absolute_beyond": ([(0, 30) + tuple(range(30 if bits == 8 else 15)) + (() if bits == 8 else (0,))] + end_row) * 17 + end,
            "absolute_cut": (row + end_row) * 16 + [(0, 23, 1, 2)],
            "more": (row + end_row) * 20 + end,
            "odd_runs": ([(1, 0x12)] * 23 + end_row) * 17 + end,
            "zero_runs": ([(3, 0x12), (0, 3, 1, 2, 3, 0) if bits == 8 else (0, 3, 0x12, 0x30)] + end_row) * 17 + end,
        }
        for kind, codes in kinds.items():
            yield f"{name}_{kind}", bmp_file(23, 17, bits, compression=compression, data=rle(codes))
        yield f"{name}_down", bmp_file(23, 17, bits, compression=compression, data=rle(kinds["plain"]), top_down=True)
        yield f"{name}_h64", bmp_file(23, 17, bits, 64, compression=compression, data=rle(kinds["plain"]))
        yield f"{name}_used", bmp_file(23, 17, bits, compression=compression, data=rle(kinds["plain"]), colors=14, used=14)
        yield f"{name}_gap", bmp_file(23, 17, bits, compression=compression, data=rle(kinds["plain"]), gap=3)
        grey = b"".join(bytes([i] * 3 + [0]) for i in range(1 << bits))
        yield f"{name}_identity", bmp_file(23, 17, bits, compression=compression, data=rle(kinds["plain"]), colors=grey)
    yield "rle8_on_24", bmp_file(23, 17, 24, compression=1, data=rle((row8 + [(0, 0)]) * 17))
    yield "rle4_on_8", bmp_file(23, 17, 8, compression=2, data=rle((row4 + [(0, 0)]) * 17 + [(0, 1)]))
    yield "rle8_on_4", bmp_file(23, 17, 4, compression=1, data=rle((row8 + [(0, 0)]) * 17 + [(0, 1)]))
    yield "huffman1d", bmp_file(23, 17, 1, 64, compression=3, data=bytes(200))
    yield "rle24", bmp_file(23, 17, 24, 64, compression=4, data=rle([(5, 1, 2, 3), (18, 4, 5, 6), (0, 0)] * 17 + [(0, 1)]))


# ---------------------------------------------------------------- WebP


def webp_chunks(webp):
    at, found = 12, []
    while at + 8 <= len(webp):
        length = struct.unpack("<I", webp[at + 4:at + 8])[0]
        found.append((webp[at:at + 4], webp[at + 8:at + 8 + length]))
        at += 8 + length + (length & 1)
    return found


def webp_file(chunks, size=None):
    body = b"WEBP" + b"".join(k + struct.pack("<I", len(d)) + d + bytes(len(d) & 1) for k, d in chunks)
    return b"RIFF" + struct.pack("<I", len(body) if size is None else size) + body


def webp_files():
    for i, (width, height) in enumerate(SIZES):
        for mode in ("RGB", "RGBA", "L", "P"):
            yield f"lossless_{mode}_{width}x{height}", saved(picture(width, height, mode, i), "WEBP", lossless=True, method=i % 7)
        for quality in (0, 50, 100):
            yield f"lossy_q{quality}_{width}x{height}", saved(picture(width, height, seed=i), "WEBP", quality=quality, method=i % 7)
        yield f"alpha_{width}x{height}", saved(picture(width, height, "RGBA", i), "WEBP", quality=60, alpha_quality=40 + i)
        yield f"exact_{width}x{height}", saved(picture(width, height, "RGBA", i), "WEBP", lossless=True, exact=True)
    for colors in (1, 2, 3, 4, 5, 16, 17, 200):
        image = picture(70, 51).quantize(colors)
        yield f"colors{colors}", saved(image, "WEBP", lossless=True)
        yield f"colors{colors}_q0", saved(image, "WEBP", lossless=True, quality=0, method=0)
    flat = Image.new("RGBA", (33, 23), (10, 20, 30, 0))
    yield "flat", saved(flat, "WEBP", lossless=True)
    yield "flat_lossy", saved(flat, "WEBP")
    yield "large_lossless", saved(picture(300, 200), "WEBP", lossless=True, method=6, quality=100)
    yield "large_lossy", saved(picture(300, 200), "WEBP", quality=80, method=6)
    yield "codecs_lossless", imagecodecs.webp_encode(samples(33, 23), lossless=True)
    frames = [picture(33, 23, "RGBA", seed=i) for i in range(3)]
    for lossless in (False, True):
        yield f"animated{int(lossless)}", saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=lossless)
    yield "metadata", saved(picture(33, 23), "WEBP", icc_profile=b"x" * 99, exif=b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0", xmp=b"<x/>")
    for kind, options in {"lossless": {"lossless": True}, "lossy": {"quality": 70}, "alpha": {}, "animation": {}}.items():
        if kind == "animation":
            webp = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:])
        else:
            webp = saved(picture(45, 37, "RGBA" if kind == "alpha" else "RGB"), "WEBP", **options)
        chunks = webp_chunks(webp)
        yield f"{kind}_trailing", webp + b"trailer" * 20
        yield f"{kind}_size_small", webp[:4] + struct.pack("<I", 100) + webp[8:]
        yield f"{kind}_size_large", webp[:4] + struct.pack("<I", len(webp) + 500) + webp[8:]
        yield f"{kind}_size_zero", webp[:4] + bytes(4) + webp[8:]
        yield f"{kind}_unknown_after", webp_file(chunks + [(b"zzzz", b"abc")])
        yield f"{kind}_unknown_before", webp_file([(b"zzzz", b"abc")] + chunks)
        yield f"{kind}_twice", webp_file(chunks + chunks)
        for lost in (1, 2, 3, 8, len(webp) // 3, len(webp) * 9 // 10):
            yield f"{kind}_cut{lost}", webp[:-lost]
        for lost in (1, 2, 8, len(chunks[-1][1]) // 3, len(chunks[-1][1]) * 9 // 10):
            cut = chunks[:-1] + [(chunks[-1][0], chunks[-1][1][:-lost])]
            yield f"{kind}_short{lost}", webp_file(cut)
        yield f"{kind}_zeroed", webp_file(chunks[:-1] + [(chunks[-1][0], chunks[-1][1][:-60] + bytes(60))])
        yield f"{kind}_longer", webp_file(chunks[:-1] + [(chunks[-1][0], chunks[-1][1] + b"more bytes")])
    lossy = webp_chunks(saved(picture(45, 37), "WEBP"))[0]
    lossless = webp_chunks(saved(picture(45, 37), "WEBP", lossless=True))[0]
    extended = lambda flags, w, h: (b"VP8X", struct.pack("<I", flags) + struct.pack("<I", w - 1)[:3] + struct.pack("<I", h - 1)[:3])
    yield "extended_lossy", webp_file([extended(0, 45, 37), lossy])
    yield "extended_lossless", webp_file([extended(0, 45, 37), lossless])
    yield "extended_wrong_size", webp_file([extended(0, 50, 40), lossy])
    yield "extended_alone", webp_file([extended(0, 45, 37)])
    yield "alpha_bad", webp_file([extended(16, 45, 37), (b"ALPH", b"\x01junkjunk"), lossy])
    yield "alpha_raw", webp_file([extended(16, 45, 37), (b"ALPH", b"\0" + bytes(range(37 * 45 % 256)) + bytes(37 * 45)), lossy])
    yield "alpha_raw_short", webp_file([extended(16, 45, 37), (b"ALPH", b"\0" + bytes(100)), lossy])
    yield "no_chunks", webp_file([])
    yield "profile_last", webp_file([extended(32, 45, 37), lossless, (b"ICCP", b"xyz")])


# ---------------------------------------------------------------- all of them

FORMATS = {"jpg": jpeg_files, "png": png_files, "gif": gif_files, "bmp": bmp_files, "webp": webp_files}


def write(folder, name, data):
    """The file and, beside it, what Pillow says."""
    file = folder / name
    file.write_bytes(data)
    try:
        with Image.open(file) as image:
            image.convert("RGB").save(folder / (name + ".expected.png"))
    except Exception as refusal:
        (folder / (name + ".refused")).write_text(f"{type(refusal).__name__}: {refusal}\n")


def main():
    warnings.simplefilter("ignore")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for extension in sys.argv[2:] or FORMATS:
        count = 0
        for name, data in FORMATS[extension]():
            write(folder, f"{name}.{extension}", data)
            count += 1
        print(f"{extension}: {count} files")


if __name__ == "__main__":
    main()
