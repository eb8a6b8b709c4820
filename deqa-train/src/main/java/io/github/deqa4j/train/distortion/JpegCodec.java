package io.github.deqa4j.train.distortion;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The JDK's JPEG encoder (libjpeg, colors at half the resolution), and the project's reader. */
final class JpegCodec {
    private static final String PROVIDER = "com.sun.imageio.plugins.jpeg.JPEGImageWriterSpi";
    private static final ImageReader READER =
            new ImageReader(ReaderSettings.standard().withMaxPixels(Integer.MAX_VALUE / RgbImage.CHANNELS));

    private JpegCodec() {}

    /**
     * Through a file and back.
     *
     * @param tables what the quantization tables of the JPEG standard's annex K are multiplied by: 1 is libjpeg's
     *     quality 50, and above it the quality is 50 / tables
     */
    static RgbImage pass(RgbImage image, double tables) {
        return READER.read(encode(image, tables), "JPEG");
    }

    static byte[] encode(RgbImage image, double tables) {
        ImageWriter writer = writer();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality((float) quality(tables));
            writer.setOutput(output);
            writer.write(null, new IIOImage(java2d(image), null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The JDK's quality for a factor: it inverts this, as libjpeg does. */
    private static double quality(double tables) {
        return tables <= 1 ? 1 - tables / 2 : 0.5 / tables;
    }

    private static BufferedImage java2d(RgbImage image) {
        BufferedImage bgr = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] samples = image.samples();
        byte[] target = ((DataBufferByte) bgr.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < samples.length; i += RgbImage.CHANNELS) {
            target[i] = samples[i + 2];
            target[i + 1] = samples[i + 1];
            target[i + 2] = samples[i];
        }
        return bgr;
    }

    /** Other plug-ins write JPEG too; the same images must come out whatever else is installed. */
    private static ImageWriter writer() {
        Iterator<ImageWriterSpi> all =
                IIORegistry.getDefaultInstance().getServiceProviders(ImageWriterSpi.class, false);
        while (all.hasNext()) {
            ImageWriterSpi candidate = all.next();
            if (candidate.getClass().getName().equals(PROVIDER)) {
                try {
                    return candidate.createWriterInstance();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        throw new DeqaException("this Java has no " + PROVIDER + "; use a complete one with java.desktop");
    }
}
