package io.github.deqa4j.score.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.LevelProbabilities;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Reliability;
import io.github.deqa4j.score.ScoreInterval;
import io.github.deqa4j.score.Tile;
import io.github.deqa4j.score.View;
import java.util.List;
import java.util.Optional;

/** What is said of a score in JSON, alike in rows of results and in answers of the server. */
public final class ScoreJson {
    private ScoreJson() {}

    /**
     * Adds what follows the number {@code score}: {@code std}, {@code score_interval}, {@code unfamiliar} and {@code unfamiliarity} if the
     * model tells them, {@code faults} if it tells these, {@code probabilities}, and {@code view} and {@code detail} where tiles are scored.
     *
     * @return the node
     */
    public static ObjectNode put(ObjectNode node, QualityScore quality, View view, Optional<DetailScore> detail) {
        node.put("std", quality.std());
        quality.reliability().ifPresent(reliability -> put(node, reliability));
        quality.faults().ifPresent(faults -> put(node.putArray("faults"), faults));
        put(node.putObject("probabilities"), quality.probabilities());
        detail.ifPresent(scored -> put(node.put("view", view.toString()).putObject("detail"), scored));
        return node;
    }

    private static void put(ObjectNode node, Reliability reliability) {
        ScoreInterval interval = reliability.interval();
        node.putArray("score_interval").add(interval.low()).add(interval.high());
        node.put("unfamiliar", reliability.unfamiliar()).put("unfamiliarity", reliability.unfamiliarity());
    }

    private static void put(ArrayNode array, List<Fault> faults) {
        faults.forEach(
                fault -> array.addObject().put("kind", fault.kind().toString()).put("strength", fault.strength()));
    }

    private static void put(ObjectNode node, LevelProbabilities probabilities) {
        Level.ALL.forEach(level -> node.put(level.word(), probabilities.get(level)));
    }

    private static void put(ObjectNode node, DetailScore detail) {
        node.put("score", detail.quality().score()).put("std", detail.quality().std());
        Tile worst = detail.worst();
        ObjectNode part = node.putObject("worst");
        part.put("score", worst.quality().score())
                .put("x", worst.x())
                .put("y", worst.y())
                .put("width", worst.width())
                .put("height", worst.height());
        worst.quality().faults().ifPresent(faults -> put(part.putArray("faults"), faults));
        node.put("tiles", detail.tiles().size()).put("places", detail.places()).put("flat", detail.flat());
    }
}
