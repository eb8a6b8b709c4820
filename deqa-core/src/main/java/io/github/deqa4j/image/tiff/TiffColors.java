package io.github.deqa4j.image.tiff;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ColorArithmetic;
import io.github.deqa4j.image.codec.EncodedFile;
import io.github.deqa4j.image.codec.RowConversion;
import io.github.deqa4j.image.tiff.TiffHeader.SampleKind;
import java.io.IOException;
import java.util.Arrays;

/** Converts the samples of a TIFF image to RGB, as Pillow does in its modes. */
final class TiffColors {
    private static final int CFA = 32803;
    private static final int COLORS = 256;

    private TiffColors() {}

    /** The conversion of the rows of an image. Adds a warning where samples are clipped or their range is unknown. */
    static RowConversion of(EncodedFile file, TiffHeader header) throws IOException {
        requireSamples(file, header);
        int[] bits = new int[header.samples()];
        Arrays.fill(bits, header.bits());
        return switch (header.photometric()) {
            case TiffHeader.WHITE_IS_ZERO, TiffHeader.BLACK_IS_ZERO -> gray(file, header);
            case TiffHeader.RGB ->
                header.isPremultiplied() ? RowConversion.premultiplied(bits) : RowConversion.rgb(bits);
            case TiffHeader.PALETTE -> RowConversion.palette(header.samples(), palette(file, header));
            case TiffHeader.CMYK -> RowConversion.cmyk(header.samples(), header.bits());
            case TiffHeader.YCBCR -> yCbCr(file, header);
            case TiffHeader.CIE_LAB -> new LabConversion(header.samples(), header.bits());
            default -> throw unknown(file, header.photometric());
        };
    }

    private static void requireSamples(EncodedFile file, TiffHeader header) {
        int needed = switch (header.photometric()) {
            case TiffHeader.RGB, TiffHeader.CIE_LAB -> 3;
            case TiffHeader.CMYK -> 4;
            default -> 1;
        };
        boolean deepColors = header.bits() > 16 && needed > 1;
        if (header.samples() < needed || deepColors) {
            throw file.unsupported("the TIFF file has colors of " + header.samples() + " samples with " + header.bits()
                    + " bits, which cannot be read; save the image with 8 bits");
        }
    }

    private static RowConversion gray(EncodedFile file, TiffHeader header) throws IOException {
        if (header.isPremultiplied()) {
            throw file.unsupported(
                    "the TIFF file has gray samples that were multiplied by alpha, which cannot be read; "
                            + "save the image without transparency");
        }
        int bands = header.samples();
        boolean whiteIsZero = header.photometric() == TiffHeader.WHITE_IS_ZERO;
        if (header.kind() != SampleKind.UNSIGNED) {
            file.warn((header.kind() == SampleKind.FLOAT
                            ? "the gray samples are fractions"
                            : "the gray samples are signed")
                    + ", of which 0 to 255 are taken for black to white and what lies outside is clipped; save the "
                    + "image with 8 bits if that is not what they mean");
            return RowConversion.clippedGray(bands);
        }
        if (header.bits() > Byte.SIZE && bands == 1 && file.clipsDeepGray()) {
            return RowConversion.clippedGray(bands); // Pillow does not look whether 0 is white here
        }
        RowConversion scaled = RowConversion.scaledGray(bands, header.bits());
        return whiteIsZero ? RowConversion.inverted(header.bits(), scaled) : scaled;
    }

    /** The high byte of each color, as Pillow takes it. */
    private static byte[] palette(EncodedFile file, TiffHeader header) throws IOException {
        if (header.bits() > Byte.SIZE) {
            throw file.unsupported("the TIFF file has color indices of " + header.bits()
                    + " bits; at most 8 can be read, so save the image in RGB");
        }
        byte[] colors = new byte[COLORS * RgbImage.CHANNELS];
        int size = 1 << header.bits();
        for (int i = 0; i < size; i++) {
            for (int c = 0; c < RgbImage.CHANNELS; c++) {
                colors[i * RgbImage.CHANNELS + c] =
                        (byte) (header.tags().value(TiffHeader.COLOR_MAP, c * size + i) >> Byte.SIZE);
            }
        }
        return colors;
    }

    private static RowConversion yCbCr(EncodedFile file, TiffHeader header) throws IOException {
        if (header.samples() == 1) {
            return RowConversion.scaledGray(1, header.bits());
        }
        if (header.samples() != RgbImage.CHANNELS || header.bits() != Byte.SIZE) {
            throw file.unsupported("the TIFF file has Y, Cb, Cr of " + header.samples() + " samples with "
                    + header.bits() + " bits; only 3 with 8 bits can be read, so save the image in RGB");
        }
        return header.compression() == TiffCompression.JPEG && !header.isSeparate()
                ? TiffColors::fromJpeg
                : YCbCrConversion.of(header.tags());
    }

    /** As in libjpeg; changes the row. */
    private static void fromJpeg(int[] row, byte[] rgb, int to) {
        for (int i = 0; i < row.length; i++) {
            rgb[to + i] = (byte) row[i];
        }
        ColorArithmetic.yCbCrToRgb(rgb, RgbImage.CHANNELS);
    }

    private static RuntimeException unknown(EncodedFile file, int photometric) {
        String name = switch (photometric) {
            case 4 -> "a transparency mask";
            case 9 -> "ICC L*a*b* colors";
            case 10 -> "ITU L*a*b* colors";
            case CFA -> "the raw samples of a camera";
            case 32844, 32845 -> "LogLuv colors";
            case 34892 -> "the linear samples of a camera";
            default -> "colors of the kind " + photometric;
        };
        return file.unsupported("the TIFF file holds " + name + ", which cannot be read; save the image in RGB");
    }
}
