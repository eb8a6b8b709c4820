package io.github.deqa4j.image;

import io.github.deqa4j.DeqaException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * From Java 2D's many ways to hold a picture to 8-bit RGB. Samples are copied from the raster and do not pass through
 * Java's colour management, which would change them (grey above all).
 */
final class RgbConversion {
    private static final int[] RGB_ORDER = {0, 1, 2};
    private static final int[] BGR_ORDER = {2, 1, 0};
    private static final int PALETTE_SIZE = 256;

    private RgbConversion() {}

    /** Writes a row of pixels, [width × bands], as RGB. */
    private interface RowConversion {
        void convert(int[] row, byte[] rgb, int to);
    }

    /** Converts a picture that nobody else will use: an array of three bytes to a pixel is taken over. */
    static RgbImage take(BufferedImage image) {
        Raster raster = image.getRaster();
        if (!isThreeBytes(raster, image.getColorModel())) {
            return copy(image);
        }
        byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
        int[] order = ((PixelInterleavedSampleModel) raster.getSampleModel()).getBandOffsets();
        if (Arrays.equals(order, BGR_ORDER)) {
            swapRedAndBlue(samples);
        } else if (!Arrays.equals(order, RGB_ORDER)) {
            return copy(image);
        }
        return new RgbImage(image.getWidth(), image.getHeight(), samples);
    }

    /** Converts a picture whose fourth sample the other three were multiplied by. */
    static RgbImage fromPremultiplied(BufferedImage image) {
        return image.getRaster().getNumBands() == 4
                ? rows(image.getRaster(), premultiplied(image.getRaster()))
                : copy(image);
    }

    /** Converts a picture and leaves it alone. */
    static RgbImage copy(BufferedImage image) {
        ColorModel colors = image.getColorModel();
        Raster raster = image.getRaster();
        if (colors instanceof IndexColorModel palette) {
            return fromPalette(raster, palette(palette));
        }
        return switch (colors.getColorSpace().getType()) {
            case ColorSpace.TYPE_GRAY -> rows(raster, raster.getNumBands() == 1 ? clippedGrey() : scaledGrey(raster));
            case ColorSpace.TYPE_RGB ->
                rows(raster, colors.isAlphaPremultiplied() ? premultiplied(raster) : rgb(raster));
            case ColorSpace.TYPE_CMYK -> rows(raster, cmyk(raster));
            default -> fromJava(image);
        };
    }

    /**
     * Looks colours up.
     *
     * @param raster indices in its first band
     * @param colors [256 × 3]; black after the last colour that the file has, as in Pillow
     */
    static RgbImage fromPalette(Raster raster, byte[] colors) {
        int bands = raster.getNumBands();
        return rows(raster, (row, rgb, to) -> {
            for (int from = 0; from < row.length; from += bands, to += RgbImage.CHANNELS) {
                System.arraycopy(colors, (row[from] & 0xFF) * RgbImage.CHANNELS, rgb, to, RgbImage.CHANNELS);
            }
        });
    }

    private static byte[] palette(IndexColorModel model) {
        byte[] colors = new byte[PALETTE_SIZE * RgbImage.CHANNELS];
        for (int i = 0; i < Math.min(PALETTE_SIZE, model.getMapSize()); i++) {
            colors[i * RgbImage.CHANNELS] = (byte) model.getRed(i);
            colors[i * RgbImage.CHANNELS + 1] = (byte) model.getGreen(i);
            colors[i * RgbImage.CHANNELS + 2] = (byte) model.getBlue(i);
        }
        return colors;
    }

    private static RgbImage rows(Raster raster, RowConversion conversion) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), RgbImage.CHANNELS)];
        int[] row = new int[Math.multiplyExact(width, raster.getNumBands())];
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            conversion.convert(row, rgb, y * width * RgbImage.CHANNELS);
        }
        return new RgbImage(width, height, rgb);
    }

    /** Pillow clips grey of more than eight bits (its modes I;16, I and F) instead of scaling it. */
    private static RowConversion clippedGrey() {
        return (row, rgb, to) -> {
            for (int value : row) {
                Arrays.fill(rgb, to, to + RgbImage.CHANNELS, (byte) Math.max(0, Math.min(255, value)));
                to += RgbImage.CHANNELS;
            }
        };
    }

    private static RowConversion scaledGrey(Raster raster) {
        int bands = raster.getNumBands();
        int bits = bits(raster, 0);
        return (row, rgb, to) -> {
            for (int from = 0; from < row.length; from += bands, to += RgbImage.CHANNELS) {
                Arrays.fill(rgb, to, to + RgbImage.CHANNELS, toByte(row[from], bits));
            }
        };
    }

    private static RowConversion rgb(Raster raster) {
        int bands = raster.getNumBands();
        int red = bits(raster, 0);
        int green = bits(raster, 1);
        int blue = bits(raster, 2);
        return (row, rgb, to) -> {
            for (int from = 0; from < row.length; from += bands, to += RgbImage.CHANNELS) {
                rgb[to] = toByte(row[from], red);
                rgb[to + 1] = toByte(row[from + 1], green);
                rgb[to + 2] = toByte(row[from + 2], blue);
            }
        };
    }

    /** Divides by alpha, rounding down; what is fully transparent is black. */
    private static RowConversion premultiplied(Raster raster) {
        int bands = raster.getNumBands();
        int[] bits = raster.getSampleModel().getSampleSize();
        return (row, rgb, to) -> {
            for (int from = 0; from < row.length; from += bands, to += RgbImage.CHANNELS) {
                int alpha = toByte(row[from + 3], bits[3]) & 0xFF;
                for (int c = 0; c < RgbImage.CHANNELS && alpha > 0; c++) {
                    rgb[to + c] = (byte) Math.min(255, (toByte(row[from + c], bits[c]) & 0xFF) * 255 / alpha);
                }
            }
        };
    }

    private static RowConversion cmyk(Raster raster) {
        int bands = raster.getNumBands();
        int bits = bits(raster, 0);
        return (row, rgb, to) -> {
            for (int from = 0; from < row.length; from += bands, to += RgbImage.CHANNELS) {
                int white = 255 - (toByte(row[from + 3], bits) & 0xFF);
                for (int c = 0; c < RgbImage.CHANNELS; c++) {
                    rgb[to + c] = ColorArithmetic.withInk(toByte(row[from + c], bits) & 0xFF, white);
                }
            }
        };
    }

    /** Through Java's colour management, for colour spaces that Pillow has no rule for. */
    private static RgbImage fromJava(BufferedImage image) {
        int width = image.getWidth();
        byte[] rgb = new byte[width * image.getHeight() * RgbImage.CHANNELS];
        int[] row = new int[width];
        int to = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int pixel : row) {
                rgb[to++] = (byte) (pixel >> 16);
                rgb[to++] = (byte) (pixel >> 8);
                rgb[to++] = (byte) pixel;
            }
        }
        return new RgbImage(width, image.getHeight(), rgb);
    }

    private static int bits(Raster raster, int band) {
        int type = raster.getDataBuffer().getDataType();
        if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE || type == DataBuffer.TYPE_SHORT) {
            throw new DeqaException(
                    "colours with signed or fractional samples cannot be read; save the picture with 8 bits");
        }
        return raster.getSampleModel().getSampleSize(band);
    }

    /** Keeps the high byte of a larger sample and stretches a smaller one to 0…255, rounded down, as Pillow does. */
    private static byte toByte(int sample, int bits) {
        return (byte) (bits >= 8 ? sample >>> (bits - 8) : sample * 255 / ((1 << bits) - 1));
    }

    private static void swapRedAndBlue(byte[] samples) {
        for (int i = 0; i < samples.length; i += RgbImage.CHANNELS) {
            byte blue = samples[i];
            samples[i] = samples[i + 2];
            samples[i + 2] = blue;
        }
    }

    private static boolean isThreeBytes(Raster raster, ColorModel colors) {
        return raster.getSampleModel() instanceof PixelInterleavedSampleModel model
                && raster.getDataBuffer() instanceof DataBufferByte buffer
                && colors.getColorSpace().getType() == ColorSpace.TYPE_RGB
                && model.getPixelStride() == RgbImage.CHANNELS
                && model.getScanlineStride() == raster.getWidth() * RgbImage.CHANNELS
                && buffer.getData().length == (long) raster.getWidth() * raster.getHeight() * RgbImage.CHANNELS;
    }
}
