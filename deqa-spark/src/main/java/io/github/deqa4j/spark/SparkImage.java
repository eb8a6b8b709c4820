package io.github.deqa4j.spark;

import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.UnreadableImageException.Reason;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.sql.Row;

/**
 * Images as Spark's data source {@code image} decodes them: 8-bit samples row by row, as OpenCV orders them (blue, green, red, alpha).
 * Spark decodes with Java's ImageIO, whose pixels may differ from those that the network's authors see.
 */
final class SparkImage {
    private static final int GRAY = 1;
    private static final int BGR = 3;
    private static final int BGRA = 4;

    private SparkImage() {}

    /** Its origin, or the given name. */
    static String name(Row image, String name) {
        String origin = ImageSchema.getOrigin(image);
        return origin == null || origin.isEmpty() ? name : origin;
    }

    /**
     * The image, which shares the row's samples.
     *
     * @throws UnreadableImageException if Spark could not decode the image, or its fields contradict each other
     */
    static BufferedImage of(Row image, String name) {
        int width = ImageSchema.getWidth(image);
        int height = ImageSchema.getHeight(image);
        int channels = ImageSchema.getNChannels(image);
        if (width < 1 || height < 1) {
            throw new UnreadableImageException(
                    Reason.DAMAGED,
                    name(image, name) + ": Spark could not decode this image; give its bytes or its path");
        }
        if (channels != GRAY && channels != BGR && channels != BGRA) {
            throw new UnreadableImageException(
                    Reason.UNSUPPORTED,
                    name(image, name) + ": the image has " + channels + " channels; 1, 3 or 4 are read");
        }
        byte[] samples = ImageSchema.getData(image);
        if (samples.length != (long) width * height * channels) {
            throw new UnreadableImageException(
                    Reason.DAMAGED,
                    name(image, name) + ": an image of " + width + "×" + height + " pixels with " + channels
                            + " channels cannot have " + samples.length + " samples");
        }
        return of(width, height, channels, samples);
    }

    private static BufferedImage of(int width, int height, int channels, byte[] samples) {
        boolean alpha = channels == BGRA;
        ColorSpace colors = ColorSpace.getInstance(channels == GRAY ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
        ComponentColorModel model = new ComponentColorModel(
                colors, alpha, false, alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(samples, samples.length),
                width,
                height,
                width * channels,
                channels,
                offsets(channels),
                null);
        return new BufferedImage(model, raster, false, null);
    }

    /** Where red, green, blue and alpha stand in a pixel. */
    private static int[] offsets(int channels) {
        return switch (channels) {
            case GRAY -> new int[] {0};
            case BGR -> new int[] {2, 1, 0};
            default -> new int[] {2, 1, 0, 3};
        };
    }
}
