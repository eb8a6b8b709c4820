package io.github.deqa4j.torch.quantize;

import io.github.deqa4j.image.RgbImage;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Images for measurements where there are no others: discs on a gradient, more or less noisy. The same ones every time. */
final class DrawnImages {
    private static final int COUNT = 4;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int DISCS = 24;
    private static final int LARGEST_RADIUS = 120;
    private static final int NOISE = 20; // more in each image, in steps of the 256

    private DrawnImages() {}

    static List<Supplier<RgbImage>> all() {
        return IntStream.range(0, COUNT)
                .<Supplier<RgbImage>>mapToObj(i -> () -> image(new SplittableRandom(i), i * NOISE))
                .toList();
    }

    private static RgbImage image(SplittableRandom random, int noise) {
        byte[] samples = new byte[WIDTH * HEIGHT * RgbImage.CHANNELS];
        List<Disc> discs = IntStream.range(0, DISCS)
                .mapToObj(i -> new Disc(
                        random.nextInt(WIDTH),
                        random.nextInt(HEIGHT),
                        random.nextInt(4, LARGEST_RADIUS),
                        random.nextInt(1 << 24)))
                .toList();
        for (int i = 0; i < samples.length; i++) {
            int x = i / RgbImage.CHANNELS % WIDTH;
            int y = i / RgbImage.CHANNELS / WIDTH;
            int channel = i % RgbImage.CHANNELS;
            int value = 255 * (channel == 1 ? x : y) / (channel == 1 ? WIDTH : HEIGHT);
            for (Disc disc : discs) {
                value = disc.covers(x, y) ? disc.sample(channel) : value;
            }
            int noisy = value + (noise == 0 ? 0 : random.nextInt(-noise, noise + 1));
            samples[i] = (byte) Math.max(0, Math.min(255, noisy));
        }
        return new RgbImage(WIDTH, HEIGHT, samples);
    }

    /**
     * A disc of one color.
     *
     * @param color three bytes, one for each channel
     */
    private record Disc(int x, int y, int radius, int color) {
        boolean covers(int column, int row) {
            return (column - x) * (column - x) + (row - y) * (row - y) < radius * radius;
        }

        int sample(int channel) {
            return (color >> (Byte.SIZE * channel)) & 0xFF;
        }
    }
}
