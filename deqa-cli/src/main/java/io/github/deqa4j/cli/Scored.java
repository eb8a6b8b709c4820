package io.github.deqa4j.cli;

import io.github.deqa4j.heatmap.Heatmap;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.MappedScore;
import io.github.deqa4j.score.QualityScore;
import java.util.Optional;

/**
 * What a model says of an image.
 *
 * @param heatmap what to draw; empty where nobody asked
 */
record Scored(QualityScore quality, Optional<Heatmap> heatmap) {
    static Scored plain(QualityScore quality) {
        return new Scored(quality, Optional.empty());
    }

    static Scored mapped(RgbImage image, MappedScore mapped) {
        return new Scored(mapped.quality(), Optional.of(new Heatmap(image, mapped.map())));
    }
}
