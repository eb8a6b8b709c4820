package io.github.deqa4j.image.codec;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.UnreadableImageException.Reason;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.function.BooleanSupplier;

/**
 * Converts images of Java 2D to 8-bit RGB. Samples are copied from the raster and do not pass through Java's color
 * management, which would change them, gray above all.
 */
public final class RgbConversion {
    private static final int PALETTE_SIZE = 256;

    private RgbConversion() {}

    /**
     * Converts a copy of an image.
     *
     * @param clipsDeepGray asked for gray of more than eight bits: whether it is clipped at 255 or scaled
     */
    public static RgbImage copy(BufferedImage image, BooleanSupplier clipsDeepGray) {
        ColorModel colors = image.getColorModel();
        Raster raster = image.getRaster();
        if (colors instanceof IndexColorModel palette) {
            return fromPalette(raster, palette(palette));
        }
        return switch (colors.getColorSpace().getType()) {
            case ColorSpace.TYPE_GRAY -> rows(raster, gray(raster, clipsDeepGray));
            case ColorSpace.TYPE_RGB ->
                rows(
                        raster,
                        colors.isAlphaPremultiplied()
                                ? RowConversion.premultiplied(bits(raster))
                                : RowConversion.rgb(bits(raster)));
            case ColorSpace.TYPE_CMYK -> rows(raster, RowConversion.cmyk(raster.getNumBands(), bits(raster)[0]));
            default -> fromJava(image);
        };
    }

    /**
     * Looks colors up.
     *
     * @param raster indices in its first band
     * @param colors [256 × 3]; black after the last color that the file has, as in Pillow
     */
    private static RgbImage fromPalette(Raster raster, byte[] colors) {
        return rows(raster, RowConversion.palette(raster.getNumBands(), colors));
    }

    /**
     * Pillow clips deep gray only without alpha. Signed and floating-point gray is clipped, because its white is not
     * defined.
     */
    private static RowConversion gray(Raster raster, BooleanSupplier clipsDeepGray) {
        int bands = raster.getNumBands();
        if (bands == 1 && !isUnsigned(raster)) {
            return RowConversion.clippedGray(bands);
        }
        int bits = bits(raster)[0];
        return bits > Byte.SIZE && bands == 1 && clipsDeepGray.getAsBoolean()
                ? RowConversion.clippedGray(bands)
                : RowConversion.scaledGray(bands, bits);
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

    /** Through Java's color management, for color spaces that Pillow has no rule for. */
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

    private static int[] bits(Raster raster) {
        if (!isUnsigned(raster)) {
            throw new UnreadableImageException(
                    Reason.UNSUPPORTED, "signed or fractional samples cannot be read; save the image with 8 bits");
        }
        return raster.getSampleModel().getSampleSize();
    }

    private static boolean isUnsigned(Raster raster) {
        int type = raster.getDataBuffer().getDataType();
        return type != DataBuffer.TYPE_FLOAT && type != DataBuffer.TYPE_DOUBLE && type != DataBuffer.TYPE_SHORT;
    }
}
