package io.github.deqa4j.server;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.Span;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.score.LevelLogits;
import io.github.deqa4j.score.MappedScore;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.score.QualityMap;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A scorer that likes light images, and images of one gray for it. */
final class GrayScorer implements Scorer {
    private final boolean maps;

    GrayScorer(boolean maps) {
        this.maps = maps;
    }

    /**
     * Writes an image of 30×20 pixels.
     *
     * @param gray 0 to 255
     */
    static Path image(Path folder, String name, int gray) {
        BufferedImage image = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
        int[] pixels = IntStream.generate(() -> gray * 0x010101).limit(600).toArray();
        image.setRGB(0, 0, 30, 20, pixels, 0, 30);
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    @Override
    public RgbImage decode(EncodedImage image) {
        try {
            BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(image.bytes()));
            if (decoded != null) {
                return decode(decoded);
            }
        } catch (IOException e) {
            throw new UnreadableImageException(UnreadableImageException.Reason.DAMAGED, "this image is damaged", e);
        }
        throw new UnreadableImageException(
                UnreadableImageException.Reason.UNKNOWN_FORMAT, "this is no image; send a PNG file");
    }

    @Override
    public RgbImage decode(BufferedImage image) {
        byte[] samples = new byte[image.getWidth() * image.getHeight() * RgbImage.CHANNELS];
        for (int y = 0, at = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                samples[at++] = (byte) (rgb >> 16);
                samples[at++] = (byte) (rgb >> 8);
                samples[at++] = (byte) rgb;
            }
        }
        return new RgbImage(image.getWidth(), image.getHeight(), samples);
    }

    @Override
    public List<QualityScore> scoreAll(List<RgbImage> images) {
        return images.stream().map(GrayScorer::quality).toList();
    }

    /** Black is about 1, white about 5; the std is largest in the middle. */
    private static QualityScore quality(RgbImage image) {
        double likely = 1 + image.sample(0, 0, 0) * 4 / 255.0;
        return new QualityScore(LevelLogits.of(IntStream.of(5, 4, 3, 2, 1)
                .mapToDouble(level -> -2 * Math.pow(level - likely, 2))
                .toArray()));
    }

    @Override
    public boolean supportsMaps() {
        return maps;
    }

    @Override
    public MappedScore scoreWithMap(RgbImage image) {
        QualityScore quality = quality(image);
        QualityMap map = new QualityMap(
                image.width(),
                image.height(),
                List.of(new Span(0, image.width())),
                List.of(new Span(0, image.height())),
                List.of(quality));
        return new MappedScore(quality, map);
    }

    @Override
    public ModelInfo model() {
        return new ModelInfo("grays", "grays", "0".repeat(64), "float32", "none", false, "1");
    }

    @Override
    public void close() {}
}
