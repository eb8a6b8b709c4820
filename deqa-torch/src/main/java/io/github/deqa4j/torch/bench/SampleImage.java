package io.github.deqa4j.torch.bench;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** An image to measure with where the user names none: waves of several lengths and a little noise, about as detailed as a photograph. */
final class SampleImage {
    private static final int SIDE = 500;
    private static final int GRAY = 128;
    private static final double CONTRAST = 50;
    private static final double NOISE = 6;
    private static final double LONGEST_WAVE = 200;
    private static final double SHORTEST_WAVE = 12;

    private SampleImage() {}

    /** The image as a JPEG file in memory, the same each time. */
    static EncodedImage draw() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(pixels().toBufferedImage(), "jpg", stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return EncodedImage.of(bytes.toByteArray(), "the drawn image of " + SIDE + "×" + SIDE + " pixels");
    }

    private static RgbImage pixels() {
        Random random = new Random(0);
        byte[] samples = new byte[SIDE * SIDE * RgbImage.CHANNELS];
        for (int i = 0; i < samples.length; i++) {
            int pixel = i / RgbImage.CHANNELS;
            int y = pixel / SIDE;
            double x = (double) (pixel % SIDE) / (1 + i % RgbImage.CHANNELS); // other waves in each color
            double waves = Math.sin((x + y) / LONGEST_WAVE * 2 * Math.PI) + Math.sin(x * y / SIDE / SHORTEST_WAVE);
            samples[i] = (byte) Math.round(GRAY + CONTRAST * waves + NOISE * random.nextGaussian());
        }
        return new RgbImage(SIDE, SIDE, samples);
    }
}
