package io.github.deqa4j.cli;

import io.github.deqa4j.file.AtomicFile;
import io.github.deqa4j.image.RgbImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Images that the commands write: as PNG, which adds no damage of its own to what is shown. */
final class PngFile {
    private PngFile() {}

    /** Writes an image whole, over one that is there. */
    static void write(Path target, RgbImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image.toBufferedImage(), "png", stream);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        AtomicFile.write(target, bytes.toByteArray());
    }
}
