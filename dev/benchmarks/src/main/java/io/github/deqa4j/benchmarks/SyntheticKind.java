package io.github.deqa4j.benchmarks;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.MultiFormatWriter;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import io.github.deqa4j.image.RgbImage;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.GeneralPath;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Kinds of images that no camera takes. Sizes, colors and shapes are random, the same for the same seed; text depends on the fonts of the
 * machine.
 */
enum SyntheticKind {
    FLAT_COLOR(SyntheticKind::flatColor),
    LINEAR_GRADIENT(random -> gradient(random, false)),
    RADIAL_GRADIENT(random -> gradient(random, true)),
    LINE_DRAWING(SyntheticKind::lineDrawing),
    FLAT_SHAPES(SyntheticKind::flatShapes),
    QR_CODE(SyntheticKind::qrCode),
    BAR_CODE(SyntheticKind::barCode),
    TEXT(SyntheticKind::text),
    LINE_CHART(SyntheticKind::lineChart),
    BAR_CHART(SyntheticKind::barChart),
    CHECKERBOARD(SyntheticKind::checkerboard),
    ZONE_PLATE(SyntheticKind::zonePlate),
    NOISE(SyntheticKind::noise);

    private static final int LEAST_SIDE = 96;
    private static final int GREATEST_SIDE = 512;
    private static final int DARK = 100;

    @SuppressWarnings("ImmutableEnumChecker") // the functions keep no state
    private final Function<SplittableRandom, BufferedImage> drawing;

    SyntheticKind(Function<SplittableRandom, BufferedImage> drawing) {
        this.drawing = drawing;
    }

    /** One image of this kind; its sides have 64 pixels or more. */
    RgbImage image(long seed) {
        BufferedImage drawn = drawing.apply(new SplittableRandom(seed));
        byte[] samples = new byte[drawn.getWidth() * drawn.getHeight() * RgbImage.CHANNELS];
        for (int i = 0; i < samples.length; i++) {
            int pixel = i / RgbImage.CHANNELS;
            int color = drawn.getRGB(pixel % drawn.getWidth(), pixel / drawn.getWidth());
            samples[i] = (byte) (color >> (8 * (RgbImage.CHANNELS - 1 - i % RgbImage.CHANNELS)));
        }
        return new RgbImage(drawn.getWidth(), drawn.getHeight(), samples);
    }

    private static BufferedImage flatColor(SplittableRandom random) {
        Color color = color(random);
        return pixels(random, (x, y) -> color.getRGB());
    }

    /** Two colors, and noise of one level in half of the images, as dithering adds. */
    private static BufferedImage gradient(SplittableRandom random, boolean radial) {
        Color from = color(random);
        Color to = color(random);
        double angle = random.nextDouble(2 * Math.PI);
        double dither = random.nextInt(2);
        double centerX = random.nextDouble(GREATEST_SIDE);
        double centerY = random.nextDouble(GREATEST_SIDE);
        return pixels(random, (x, y) -> {
            double place = radial
                    ? Math.hypot(x - centerX, y - centerY) / (1.5 * GREATEST_SIDE)
                    : 0.5 + ((x - 256) * Math.cos(angle) + (y - 256) * Math.sin(angle)) / (2 * GREATEST_SIDE);
            double noise = dither * (random.nextDouble() - 0.5);
            return mixed(from, to, Math.max(0, Math.min(1, place)), noise);
        });
    }

    private static BufferedImage lineDrawing(SplittableRandom random) {
        Canvas canvas = new Canvas(random, random.nextInt(4) == 0 ? color(random) : Color.WHITE);
        canvas.graphics.setColor(random.nextInt(3) == 0 ? color(random) : Color.BLACK);
        canvas.graphics.setStroke(new BasicStroke(1 + random.nextInt(8)));
        for (int i = 3 + random.nextInt(40); i > 0; i--) {
            canvas.graphics.draw(canvas.outline());
        }
        return canvas.image;
    }

    private static BufferedImage flatShapes(SplittableRandom random) {
        Canvas canvas = new Canvas(random, color(random));
        for (int i = 1 + random.nextInt(9); i > 0; i--) {
            canvas.graphics.setColor(color(random));
            canvas.graphics.fill(canvas.outline());
        }
        return canvas.image;
    }

    private static BufferedImage qrCode(SplittableRandom random) {
        String content = letters(random, 10 + random.nextInt(150));
        BitMatrix code = encoded(content, BarcodeFormat.QR_CODE, 0, 0);
        return enlarged(code, 3 + random.nextInt(8), 1, random);
    }

    private static BufferedImage barCode(SplittableRandom random) {
        BitMatrix code = encoded(letters(random, 8 + random.nextInt(8)), BarcodeFormat.CODE_128, 0, 1);
        return enlarged(code, 1 + random.nextInt(3), LEAST_SIDE + random.nextInt(LEAST_SIDE), random);
    }

    private static BufferedImage text(SplittableRandom random) {
        Canvas canvas = new Canvas(random, random.nextInt(3) == 0 ? new Color(250, 245, 235) : Color.WHITE);
        int size = 10 + random.nextInt(16);
        canvas.graphics.setFont(new Font(random.nextBoolean() ? Font.SERIF : Font.SANS_SERIF, Font.PLAIN, size));
        canvas.graphics.setColor(Color.BLACK);
        for (int y = 2 * size; y < canvas.image.getHeight() - size; y += size * 3 / 2) {
            canvas.graphics.drawString(words(random, canvas.image.getWidth() / size), size, y);
        }
        return canvas.image;
    }

    private static BufferedImage lineChart(SplittableRandom random) {
        Canvas canvas = new Canvas(random, Color.WHITE);
        canvas.axes();
        canvas.graphics.setStroke(new BasicStroke(1 + random.nextInt(3)));
        for (int series = 1 + random.nextInt(4); series > 0; series--) {
            canvas.graphics.setColor(color(random));
            canvas.graphics.draw(canvas.walk());
        }
        return canvas.image;
    }

    private static BufferedImage barChart(SplittableRandom random) {
        Canvas canvas = new Canvas(random, Color.WHITE);
        canvas.axes();
        canvas.graphics.setColor(color(random));
        int width = 8 + random.nextInt(24);
        int bottom = canvas.image.getHeight() - Canvas.MARGIN;
        for (int x = Canvas.MARGIN + width / 2; x + width < canvas.image.getWidth(); x += 2 * width) {
            int height = random.nextInt(bottom - Canvas.MARGIN);
            canvas.graphics.fillRect(x, bottom - height, width, height);
        }
        return canvas.image;
    }

    private static BufferedImage checkerboard(SplittableRandom random) {
        int side = 1 << random.nextInt(6);
        Color[] colors = {color(random), color(random)};
        return pixels(random, (x, y) -> colors[(x / side + y / side) % 2].getRGB());
    }

    private static BufferedImage zonePlate(SplittableRandom random) {
        double scale = Math.PI / (GREATEST_SIDE * (1 + random.nextInt(2)));
        return pixels(random, (x, y) -> {
            double square = (x - 128.0) * (x - 128) + (y - 128.0) * (y - 128);
            return mixed(Color.BLACK, Color.WHITE, 0.5 + 0.5 * Math.cos(square * scale), 0);
        });
    }

    private static BufferedImage noise(SplittableRandom random) {
        boolean gray = random.nextBoolean();
        return pixels(random, (x, y) -> gray ? 0x010101 * random.nextInt(256) : random.nextInt(1 << 24));
    }

    private static BufferedImage pixels(SplittableRandom random, IntBinaryOperator color) {
        BufferedImage image = new BufferedImage(side(random), side(random), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, color.applyAsInt(x, y));
            }
        }
        return image;
    }

    private static BitMatrix encoded(String content, BarcodeFormat format, int width, int height) {
        try {
            return new MultiFormatWriter().encode(content, format, width, height);
        } catch (WriterException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The code with modules of some pixels. */
    private static BufferedImage enlarged(BitMatrix code, int module, int stretch, SplittableRandom random) {
        Color ink = random.nextInt(4) == 0
                ? new Color(random.nextInt(DARK), random.nextInt(DARK), random.nextInt(DARK))
                : Color.BLACK;
        int width = code.getWidth() * module;
        int height = code.getHeight() * module * stretch;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean dark = code.get(x / module, y / (module * stretch));
                image.setRGB(x, y, (dark ? ink : Color.WHITE).getRGB());
            }
        }
        return image;
    }

    private static String words(SplittableRandom random, int count) {
        return IntStream.range(0, count)
                .mapToObj(word -> letters(random, 1 + random.nextInt(9)))
                .collect(Collectors.joining(" "));
    }

    private static String letters(SplittableRandom random, int count) {
        return random.ints(count, 'a', 'z' + 1).mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static int mixed(Color from, Color to, double share, double noise) {
        int red = channel(from.getRed(), to.getRed(), share, noise);
        int green = channel(from.getGreen(), to.getGreen(), share, noise);
        int blue = channel(from.getBlue(), to.getBlue(), share, noise);
        return (red << 16) | (green << 8) | blue;
    }

    private static int channel(int from, int to, double share, double noise) {
        return (int) Math.max(0, Math.min(255, Math.round(from + (to - from) * share + noise)));
    }

    private static Color color(SplittableRandom random) {
        return new Color(random.nextInt(1 << 24));
    }

    private static int side(SplittableRandom random) {
        return random.nextInt(LEAST_SIDE, GREATEST_SIDE + 1);
    }

    /** An empty image of a random size, and shapes that fit in it. */
    private static final class Canvas {
        private static final int MARGIN = 24;
        private static final int STEPS = 60;

        private final SplittableRandom random;
        private final BufferedImage image;
        private final Graphics2D graphics;

        Canvas(SplittableRandom random, Color paper) {
            this.random = random;
            image = new BufferedImage(side(random), side(random), BufferedImage.TYPE_INT_RGB);
            graphics = image.createGraphics();
            graphics.setColor(paper);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        }

        Shape outline() {
            double x = x();
            double y = y();
            double width = x() / 2;
            double height = y() / 2;
            return switch (random.nextInt(5)) {
                case 0 -> new Line2D.Double(x, y, x(), y());
                case 1 -> new Ellipse2D.Double(x, y, width, height);
                case 2 -> new Rectangle2D.Double(x, y, width, height);
                case 3 -> new Arc2D.Double(x, y, width, height, 0, random.nextInt(360), Arc2D.OPEN);
                default -> walk();
            };
        }

        /** A line that wanders from left to right. */
        Shape walk() {
            GeneralPath path = new GeneralPath();
            double y = y();
            path.moveTo(MARGIN, y);
            for (int i = 1; i <= STEPS; i++) {
                y = Math.max(0, Math.min(image.getHeight(), y + random.nextInt(-12, 13)));
                path.lineTo(MARGIN + i * (image.getWidth() - MARGIN) / (double) STEPS, y);
            }
            return path;
        }

        void axes() {
            graphics.setColor(Color.DARK_GRAY);
            int bottom = image.getHeight() - MARGIN;
            graphics.drawLine(MARGIN, 0, MARGIN, bottom);
            graphics.drawLine(MARGIN, bottom, image.getWidth(), bottom);
            for (int x = MARGIN; x < image.getWidth(); x += 2 * MARGIN) {
                graphics.drawString(Integer.toString(x), x, bottom + MARGIN / 2);
            }
        }

        private double x() {
            return random.nextDouble(image.getWidth());
        }

        private double y() {
            return random.nextDouble(image.getHeight());
        }
    }
}
