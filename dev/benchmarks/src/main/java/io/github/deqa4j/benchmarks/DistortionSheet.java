package io.github.deqa4j.benchmarks;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.train.distortion.DistortionKind;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * A sheet for the eye: the first image of a folder, and beside it each kind of distortion in five strengths, with its
 * name and the peak signal-to-noise ratio in dB: {@code DistortionSheet DIR OUT.png [SIDE [KIND…]]}. Cells show the
 * middle SIDE × SIDE pixels as they are (default 192), or the whole image shrunk where SIDE is negative.
 */
public final class DistortionSheet {
    private static final int LABEL = 16;
    private static final int STEPS = 5;
    private static final int DEFAULT_SIDE = 192;
    private static final long SEED = 7;

    private DistortionSheet() {}

    public static void main(String[] args) throws IOException {
        RgbImage image = new ImageReader(ReaderSettings.standard()).read(first(Path.of(args[0])));
        int side = args.length > 2 ? Integer.parseInt(args[2]) : DEFAULT_SIDE;
        List<DistortionKind> kinds = args.length > 3
                ? Arrays.stream(args, 3, args.length)
                        .map(DistortionKind::valueOf)
                        .toList()
                : Arrays.asList(DistortionKind.values());
        BufferedImage sheet = draw(image, kinds, side);
        ImageIO.write(sheet, "png", new File(args[1]));
    }

    private static Path first(Path directory) throws IOException {
        if (Files.isRegularFile(directory)) {
            return directory;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().matches(".*\\.(png|jpe?g)"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static BufferedImage draw(RgbImage image, List<DistortionKind> kinds, int side) {
        int cell = Math.abs(side);
        BufferedImage sheet =
                new BufferedImage((STEPS + 1) * cell, kinds.size() * (cell + LABEL), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setColor(Color.WHITE);
        for (int row = 0; row < kinds.size(); row++) {
            int top = row * (cell + LABEL);
            drawCell(graphics, image, 0, top, side, kinds.get(row).toString());
            for (int step = 1; step <= STEPS; step++) {
                double strength = (double) step / STEPS;
                RgbImage worse = kinds.get(row).apply(image, strength, SEED);
                String label = String.format(Locale.ROOT, "%.1f   %.1f dB", strength, psnr(image, worse));
                drawCell(graphics, worse, step * cell, top, side, label);
            }
        }
        graphics.dispose();
        return sheet;
    }

    private static void drawCell(Graphics2D graphics, RgbImage image, int left, int top, int side, String label) {
        BufferedImage drawing = image.toBufferedImage();
        int y = top + LABEL;
        if (side < 0) {
            graphics.drawImage(drawing.getScaledInstance(-side, -side, Image.SCALE_AREA_AVERAGING), left, y, null);
        } else {
            int width = Math.min(side, drawing.getWidth());
            int height = Math.min(side, drawing.getHeight());
            int x0 = (drawing.getWidth() - width) / 2;
            int y0 = (drawing.getHeight() - height) / 2;
            graphics.drawImage(drawing.getSubimage(x0, y0, width, height), left, y, null);
        }
        graphics.drawString(label, left + 4, top + LABEL - 4);
    }

    private static double psnr(RgbImage a, RgbImage b) {
        double sum = 0;
        for (int i = 0; i < a.samples().length; i++) {
            double difference = (a.samples()[i] & 0xFF) - (b.samples()[i] & 0xFF);
            sum += difference * difference;
        }
        return 10 * Math.log10(255.0 * 255 * a.samples().length / sum);
    }
}
