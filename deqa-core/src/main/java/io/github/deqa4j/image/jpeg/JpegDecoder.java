package io.github.deqa4j.image.jpeg;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ColorArithmetic;
import io.github.deqa4j.image.codec.EncodedFile;
import io.github.deqa4j.image.codec.ImageDecoder;
import io.github.deqa4j.image.codec.Orientation;
import io.github.deqa4j.image.prepare.Pixels;

/**
 * Decodes baseline and progressive JPEG, to the last bit as libjpeg-turbo does for Pillow. The JDK's reader is not
 * used: its libjpeg depends on who built the JDK, some builds enlarge chroma in another way, and all of them invent
 * missing pixels without an error.
 */
public final class JpegDecoder implements ImageDecoder {
    private static final int CMYK = 4;

    @Override
    public RgbImage decode(EncodedFile file) {
        JpegSegments segments = JpegSegments.parse(file);
        Pixels pixels = new Pixels(segments);
        new JpegImage(file, segments).read(pixels);
        return pixels.image();
    }

    @Override
    public Orientation orientation(EncodedFile file) {
        return JpegSegments.parse(file).orientation();
    }

    /** Converts rows of samples to RGB. */
    private static final class Pixels implements JpegRows.Factory, JpegRows.Writer {
        private final JpegSegments segments;
        private int width;
        private int height;
        private byte[] rgb = {};

        Pixels(JpegSegments segments) {
            this.segments = segments;
        }

        RgbImage image() {
            return new RgbImage(width, height, rgb);
        }

        @Override
        public JpegRows.Writer writer(JpegFrame frame) {
            width = frame.width;
            height = frame.height;
            rgb = new byte[Math.multiplyExact(width * RgbImage.CHANNELS, height)];
            return this;
        }

        @Override
        public void write(int y, byte[] pixels) {
            int to = y * width * RgbImage.CHANNELS;
            if (segments.isYCbCr()) {
                ColorArithmetic.yCbCrToRgb(pixels, segments.components());
            }
            switch (segments.components()) {
                case 1 -> fromGray(pixels, to);
                case CMYK -> fromCmyk(pixels, to);
                default -> System.arraycopy(pixels, 0, rgb, to, pixels.length);
            }
        }

        private void fromGray(byte[] pixels, int start) {
            int to = start;
            for (byte gray : pixels) {
                rgb[to++] = gray;
                rgb[to++] = gray;
                rgb[to++] = gray;
            }
        }

        /** Adobe stores inverted ink (255 is none). The conversion from YCCK to RGB inverts it again. */
        private void fromCmyk(byte[] pixels, int start) {
            int to = start;
            int flip = segments.isYCbCr() ? 0 : 0xFF;
            for (int from = 0; from < pixels.length; from += CMYK) {
                int white = pixels[from + 3] & 0xFF;
                for (int c = 0; c < RgbImage.CHANNELS; c++) {
                    rgb[to++] = ColorArithmetic.withInk((pixels[from + c] & 0xFF) ^ flip, white);
                }
            }
        }
    }
}
