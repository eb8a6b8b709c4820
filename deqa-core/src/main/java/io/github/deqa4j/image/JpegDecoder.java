package io.github.deqa4j.image;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;

/**
 * JPEG, baseline and progressive. The JDK's libjpeg decodes to the stored colour space; the way from there to RGB is ours,
 * because Java would guess otherwise than Pillow's libjpeg what the colours are, and would use profiles.
 */
final class JpegDecoder implements PictureDecoder {
    private static final Plugin PLUGIN = Plugin.ofJdk("com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi");
    private static final int CMYK = 4;

    @Override
    public RgbImage decode(EncodedPicture picture) throws IOException {
        JpegSegments segments = JpegSegments.parse(picture);
        Raster raster = PLUGIN.read(segments.withoutMetadata(), reader -> reader.readRaster(0, null));
        byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
        if (segments.isYCbCr()) {
            ColorArithmetic.yCbCrToRgb(samples, segments.components());
        }
        return new RgbImage(raster.getWidth(), raster.getHeight(), toRgb(samples, segments));
    }

    @Override
    public Orientation orientation(EncodedPicture picture) {
        return JpegSegments.parse(picture).orientation();
    }

    private static byte[] toRgb(byte[] samples, JpegSegments segments) {
        return switch (segments.components()) {
            case 1 -> fromGrey(samples);
            case CMYK -> fromCmyk(samples, segments.isYCbCr());
            default -> samples;
        };
    }

    private static byte[] fromGrey(byte[] samples) {
        byte[] rgb = new byte[Math.multiplyExact(samples.length, RgbImage.CHANNELS)];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = samples[i / RgbImage.CHANNELS];
        }
        return rgb;
    }

    /** Adobe stores ink upside down (255 is none). YCCK turned to RGB is ink once more turned over, hence upright. */
    private static byte[] fromCmyk(byte[] samples, boolean turnedOver) {
        byte[] rgb = new byte[samples.length / CMYK * RgbImage.CHANNELS];
        int flip = turnedOver ? 0 : 0xFF;
        for (int from = 0, to = 0; from < samples.length; from += CMYK) {
            int white = samples[from + 3] & 0xFF;
            for (int c = 0; c < RgbImage.CHANNELS; c++) {
                rgb[to++] = ColorArithmetic.withInk((samples[from + c] & 0xFF) ^ flip, white);
            }
        }
        return rgb;
    }
}
