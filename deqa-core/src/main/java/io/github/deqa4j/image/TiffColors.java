package io.github.deqa4j.image;

import io.github.deqa4j.image.TiffHeader.SampleKind;
import java.io.IOException;
import java.util.Arrays;

/** From the samples of a TIFF picture to RGB, as Pillow's modes have it. */
final class TiffColors {
    private static final int CFA = 32803;
    private static final int COLORS = 256;

    private TiffColors() {}

    /** The conversion of a picture's rows; the picture is told what a user should know of it. */
    static RowConversion of(EncodedPicture picture, TiffHeader header) throws IOException {
        requireSamples(picture, header);
        int[] bits = new int[header.samples()];
        Arrays.fill(bits, header.bits());
        return switch (header.photometric()) {
            case TiffHeader.WHITE_IS_ZERO, TiffHeader.BLACK_IS_ZERO -> grey(picture, header);
            case TiffHeader.RGB ->
                header.isPremultiplied() ? RowConversion.premultiplied(bits) : RowConversion.rgb(bits);
            case TiffHeader.PALETTE -> RowConversion.palette(header.samples(), palette(picture, header));
            case TiffHeader.CMYK -> RowConversion.cmyk(header.samples(), header.bits());
            case TiffHeader.YCBCR -> yCbCr(picture, header);
            case TiffHeader.CIE_LAB -> new LabConversion(header.samples(), header.bits());
            default -> throw unknown(picture, header.photometric());
        };
    }

    private static void requireSamples(EncodedPicture picture, TiffHeader header) {
        int needed = switch (header.photometric()) {
            case TiffHeader.RGB, TiffHeader.CIE_LAB -> 3;
            case TiffHeader.CMYK -> 4;
            default -> 1;
        };
        boolean deepColors = header.bits() > 16 && needed > 1;
        if (header.samples() < needed || deepColors) {
            throw picture.fault("the TIFF file has colours of " + header.samples() + " samples with " + header.bits()
                    + " bits, which cannot be read; save the picture with 8 bits");
        }
    }

    private static RowConversion grey(EncodedPicture picture, TiffHeader header) throws IOException {
        if (header.isPremultiplied()) {
            throw picture.fault("the TIFF file has grey samples that were multiplied by alpha, which cannot be read; "
                    + "save the picture without transparency");
        }
        int bands = header.samples();
        boolean whiteIsZero = header.photometric() == TiffHeader.WHITE_IS_ZERO;
        if (header.kind() != SampleKind.UNSIGNED) {
            picture.warn((header.kind() == SampleKind.FLOAT
                            ? "the grey samples are fractions"
                            : "the grey samples are signed")
                    + ", of which 0 to 255 are taken for black to white and what lies outside is clipped; save the "
                    + "picture with 8 bits if that is not what they mean");
            return RowConversion.clippedGrey(bands);
        }
        if (header.bits() > Byte.SIZE && bands == 1 && picture.clipsDeepGrey()) {
            return RowConversion.clippedGrey(bands); // Pillow does not look whether 0 is white here
        }
        RowConversion scaled = RowConversion.scaledGrey(bands, header.bits());
        return whiteIsZero ? RowConversion.inverted(header.bits(), scaled) : scaled;
    }

    /** The high byte of each colour, as Pillow takes it. */
    private static byte[] palette(EncodedPicture picture, TiffHeader header) throws IOException {
        if (header.bits() > Byte.SIZE) {
            throw picture.fault("the TIFF file has colour indices of " + header.bits()
                    + " bits; at most 8 can be read, so save the picture in RGB");
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

    private static RowConversion yCbCr(EncodedPicture picture, TiffHeader header) throws IOException {
        if (header.samples() == 1) {
            return RowConversion.scaledGrey(1, header.bits());
        }
        if (header.samples() != RgbImage.CHANNELS || header.bits() != Byte.SIZE) {
            throw picture.fault("the TIFF file has Y, Cb, Cr of " + header.samples() + " samples with " + header.bits()
                    + " bits; only 3 with 8 bits can be read, so save the picture in RGB");
        }
        return header.compression() == TiffCompression.JPEG && !header.isSeparate()
                ? TiffColors::fromJpeg
                : YCbCrConversion.of(header.tags());
    }

    /** As libjpeg has it; for a row that has the array to itself. */
    private static void fromJpeg(int[] row, byte[] rgb, int to) {
        for (int i = 0; i < row.length; i++) {
            rgb[to + i] = (byte) row[i];
        }
        ColorArithmetic.yCbCrToRgb(rgb, RgbImage.CHANNELS);
    }

    private static RuntimeException unknown(EncodedPicture picture, int photometric) {
        String name = switch (photometric) {
            case 4 -> "a transparency mask";
            case 9 -> "ICC L*a*b* colours";
            case 10 -> "ITU L*a*b* colours";
            case CFA -> "the raw samples of a camera";
            case 32844, 32845 -> "LogLuv colours";
            case 34892 -> "the linear samples of a camera";
            default -> "colours of the kind " + photometric;
        };
        return picture.fault("the TIFF file holds " + name + ", which cannot be read; save the picture in RGB");
    }
}
