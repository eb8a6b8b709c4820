package io.github.deqa4j.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Reliability;
import io.github.deqa4j.score.ScoreInterval;
import io.github.deqa4j.score.Tile;
import io.github.deqa4j.score.View;

/** Scores in JSON, with the names that the rows of results have. */
final class ScoreJson {
    private ScoreJson() {}

    /** The distribution over the levels, what follows from it, and how far that can be relied on. */
    static void put(ObjectNode node, QualityScore quality) {
        node.put("std", quality.std());
        quality.reliability().ifPresent(reliability -> put(node, reliability));
        ObjectNode probabilities = node.putObject("probabilities");
        Level.ALL.forEach(
                level -> probabilities.put(level.word(), quality.probabilities().get(level)));
    }

    private static void put(ObjectNode node, Reliability reliability) {
        ScoreInterval interval = reliability.interval();
        node.putArray("score_interval").add(interval.low()).add(interval.high());
        node.put("unfamiliar", reliability.unfamiliar()).put("unfamiliarity", reliability.unfamiliarity());
    }

    /** How an image looks at its own scale. */
    static void put(ObjectNode node, View view, DetailScore detail) {
        node.put("view", view.toString());
        ObjectNode scored = node.putObject("detail");
        scored.put("score", detail.quality().score())
                .put("std", detail.quality().std());
        Tile worst = detail.worst();
        scored.putObject("worst")
                .put("score", worst.quality().score())
                .put("x", worst.x())
                .put("y", worst.y())
                .put("width", worst.width())
                .put("height", worst.height());
        scored.put("tiles", detail.tiles().size())
                .put("places", detail.places())
                .put("flat", detail.flat());
    }
}
