package io.github.deqa4j.server;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.Span;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.LevelLogits;
import io.github.deqa4j.score.MappedScore;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.score.QualityMap;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Reliability;
import io.github.deqa4j.score.ScoreInterval;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.score.Tile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A scorer that likes light images, and images of one gray or two for it. */
final class GrayScorer implements Scorer {
    private static final int TILE = 512;
    private static final double HALF_INTERVAL = 0.4;

    private final boolean maps;
    private final boolean detail;

    GrayScorer(boolean maps) {
        this(maps, false);
    }

    /**
     * A scorer.
     *
     * @param detail whether it scores tiles and tells how far scores can be relied on; black is then unfamiliar
     */
    GrayScorer(boolean maps, boolean detail) {
        this.maps = maps;
        this.detail = detail;
    }

    /**
     * Writes an image of 30×20 pixels.
     *
     * @param gray 0 to 255
     */
    static Path image(Path folder, String name, int gray) {
        return write(halves(30, 20, gray, gray), "png", folder.resolve(name));
    }

    /**
     * Writes an image of 1200×600 pixels, of two tiles: the left half has one gray, the right half another.
     *
     * @param name ends as the format is called
     */
    static Path largeImage(Path folder, String name, int left, int right) {
        return write(halves(1200, 600, left, right), name.substring(name.lastIndexOf('.') + 1), folder.resolve(name));
    }

    private static BufferedImage halves(int width, int height, int left, int right) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] pixels = IntStream.range(0, width * height)
                .map(i -> (i % width < width / 2 ? left : right) * 0x010101)
                .toArray();
        image.setRGB(0, 0, width, height, pixels, 0, width);
        return image;
    }

    private static Path write(BufferedImage image, String format, Path file) {
        try {
            Files.createDirectories(file.getParent());
            ImageIO.write(image, format, file.toFile());
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
        return images.stream().map(this::quality).toList();
    }

    private QualityScore quality(RgbImage image) {
        QualityScore quality = quality(image.sample(0, 0, 0));
        double low = Math.max(QualityScore.LOWEST, quality.score() - HALF_INTERVAL);
        double high = Math.min(QualityScore.HIGHEST, quality.score() + HALF_INTERVAL);
        return detail
                ? quality.withReliability(
                        new Reliability(new ScoreInterval(low, high, 0.8), image.sample(0, 0, 0) == 0 ? 1.5 : 0.5))
                : quality;
    }

    /** Black is about 1, white about 5; the std is largest in the middle. */
    private static QualityScore quality(int gray) {
        double likely = 1 + gray * 4 / 255.0;
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
    public boolean supportsDetail() {
        return detail;
    }

    @Override
    public boolean keepsScale(RgbImage image) {
        return image.width() * image.height() <= TILE * TILE;
    }

    /** The first and the last tile of three times two, one of which counts as flat. */
    @Override
    public DetailScore scoreDetail(RgbImage image, DetailSettings settings) {
        return keepsScale(image)
                ? DetailScore.ofWhole(image, quality(image.sample(0, 0, 0)))
                : DetailScore.of(
                        List.of(tile(image, 0, 0), tile(image, image.width() - TILE, image.height() - TILE)), 6, 1);
    }

    private static Tile tile(RgbImage image, int x, int y) {
        return new Tile(x, y, TILE, TILE, quality(image.sample(x + TILE / 2, y + TILE / 2, 0)));
    }

    @Override
    public ModelInfo model() {
        return new ModelInfo("grays", "grays", "0".repeat(64), "float32", "none", false, "1");
    }

    @Override
    public void close() {}
}
