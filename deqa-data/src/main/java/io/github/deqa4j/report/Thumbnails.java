package io.github.deqa4j.report;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.DeepGrey;
import io.github.deqa4j.image.ImageReader;
import io.github.deqa4j.image.ReaderSettings;
import io.github.deqa4j.image.RgbImage;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Small copies of the pictures of a folder. */
final class Thumbnails {
    private static final int SIDE = 240;

    private final Path root;
    private final ImageReader reader = new ImageReader(ReaderSettings.standard().withDeepGrey(DeepGrey.SCALED));

    Thumbnails(Path root) {
        this.root = root;
    }

    /** A picture as a data URI; empty if it cannot be read. */
    Optional<String> uri(String image) {
        try {
            return Optional.of(DataUri.jpeg(small(reader.read(root.resolve(image)))));
        } catch (DeqaException | InvalidPathException e) {
            return Optional.empty(); // the page names the picture instead
        }
    }

    /** The picture halved again and again, each pixel the mean of four, until it fits. */
    private static BufferedImage small(RgbImage picture) {
        BufferedImage image = picture.toBufferedImage();
        double factor = Math.min(1, (double) SIDE / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
        int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
        while (image.getWidth() > 2 * width || image.getHeight() > 2 * height) {
            image = scaled(image, Math.max(width, image.getWidth() / 2), Math.max(height, image.getHeight() / 2));
        }
        return scaled(image, width, height);
    }

    private static BufferedImage scaled(BufferedImage image, int width, int height) {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return scaled;
    }
}
