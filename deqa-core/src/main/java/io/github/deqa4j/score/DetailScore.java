package io.github.deqa4j.score;

import io.github.deqa4j.InvalidInputException;
import io.github.deqa4j.image.RgbImage;
import java.util.Comparator;
import java.util.List;

/**
 * How good an image looks at its own scale: the scores of tiles of it. An image that the network sees at its own scale as a
 * whole ({@link Scorer#keepsScale}) is its only tile.
 *
 * @param quality the mean of the tiles' probabilities, so that its score is the mean of their scores; of one tile, that one's
 * @param tiles those that are scored, in reading order, at least one
 * @param places how many tiles cover the image
 * @param flat how many of these are flat, such as sky or paper. They are not scored, unless all are
 */
public record DetailScore(QualityScore quality, List<Tile> tiles, int places, int flat) {
    /**
     * Copies the list.
     *
     * @throws InvalidInputException if there are no tiles
     */
    public DetailScore {
        tiles = List.copyOf(tiles);
        requireTiles(tiles);
    }

    /**
     * The score that tiles give together.
     *
     * @throws InvalidInputException if there are no tiles
     */
    public static DetailScore of(List<Tile> tiles, int places, int flat) {
        requireTiles(tiles);
        return new DetailScore(mean(tiles), tiles, places, flat);
    }

    /** Of an image that the network sees at its own scale as a whole. */
    public static DetailScore ofWhole(RgbImage image, QualityScore quality) {
        return of(List.of(new Tile(0, 0, image.width(), image.height(), quality)), 1, 0);
    }

    /** The tile with the lowest score; the first in reading order of equals. */
    public Tile worst() {
        return tiles.stream()
                .min(Comparator.comparingDouble(tile -> tile.quality().score()))
                .orElseThrow();
    }

    private static QualityScore mean(List<Tile> tiles) {
        if (tiles.size() == 1) {
            return tiles.get(0).quality();
        }
        double[] logits = new double[Level.ALL.size()];
        for (int i = 0; i < logits.length; i++) {
            Level level = Level.ALL.get(i);
            double mean = tiles.stream()
                    .mapToDouble(tile -> tile.quality().probabilities().get(level))
                    .average()
                    .orElseThrow();
            logits[i] = Math.log(Math.max(mean, Double.MIN_NORMAL)); // a logit is finite
        }
        return new QualityScore(LevelLogits.of(logits));
    }

    private static void requireTiles(List<Tile> tiles) {
        if (tiles.isEmpty()) {
            throw new InvalidInputException("a score of tiles needs at least one tile");
        }
    }
}
