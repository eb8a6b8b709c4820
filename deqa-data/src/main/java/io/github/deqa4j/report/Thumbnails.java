package io.github.deqa4j.report;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.DeepGray;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Small copies of the images of a folder. */
final class Thumbnails {
    private static final int SIDE = 240;

    private final Path root;
    private final ImageReader reader = new ImageReader(ReaderSettings.standard().withDeepGray(DeepGray.SCALED));

    Thumbnails(Path root) {
        this.root = root;
    }

    /** An image as a data URI; empty if it cannot be read. */
    Optional<String> uri(String image) {
        try {
            return Optional.of(Html.jpeg(small(reader.read(root.resolve(image)))));
        } catch (DeqaException | InvalidPathException e) {
            return Optional.empty(); // the page names the image instead
        }
    }

    /** The image halved again and again, each pixel the mean of four, until it fits. */
    private static BufferedImage small(RgbImage image) {
        BufferedImage thumbnail = image.toBufferedImage();
        double factor = Math.min(1, (double) SIDE / Math.max(thumbnail.getWidth(), thumbnail.getHeight()));
        int width = Math.max(1, (int) Math.round(thumbnail.getWidth() * factor));
        int height = Math.max(1, (int) Math.round(thumbnail.getHeight() * factor));
        while (thumbnail.getWidth() > 2 * width || thumbnail.getHeight() > 2 * height) {
            thumbnail = scaled(
                    thumbnail, Math.max(width, thumbnail.getWidth() / 2), Math.max(height, thumbnail.getHeight() / 2));
        }
        return scaled(thumbnail, width, height);
    }

    private static BufferedImage scaled(BufferedImage thumbnail, int width, int height) {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(thumbnail, 0, 0, width, height, null);
        graphics.dispose();
        return scaled;
    }
}
