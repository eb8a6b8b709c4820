package io.github.deqa4j.spark;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.score.View;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.internal.SQLConf;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** The settings {@code spark.deqa.*} of a session, which say how {@code deqa_score} and {@link ScoreImages} score. */
final class SessionSettings {
    private static final String PREFIX = "spark.deqa.";

    private static final List<String> NAMES = List.of(
            "model",
            "base",
            "tokenizer",
            "prompt",
            "precision",
            "device",
            "exif",
            "maxPixels",
            "batch",
            "view",
            "tiles",
            "seed");

    private final SQLConf session;

    private SessionSettings(SQLConf session) {
        this.session = session;
        for (String key : CollectionConverters.asJava(session.getAllConfs()).keySet()) {
            if (key.startsWith(PREFIX) && !NAMES.contains(key.substring(PREFIX.length()))) {
                throw new InvalidSettingException(
                        key.substring(PREFIX.length()),
                        "the setting " + key + " is unknown; after " + PREFIX + " comes one of "
                                + String.join(", ", NAMES));
            }
        }
    }

    /**
     * Which model scores: the settings that are set, and the defaults of all others.
     *
     * @throws InvalidSettingException if one is unknown or no value of its type
     */
    static ScoringSettings scoring(SQLConf session) {
        SessionSettings set = new SessionSettings(session);
        ScoringSettings usual = ScoringSettings.defaults();
        return new ScoringSettings(
                set.text("model", usual.model()),
                set.optional("base"),
                set.optional("tokenizer"),
                set.optional("prompt"),
                set.optional("precision"),
                set.text("device", usual.device()),
                set.flag("exif", usual.exif()),
                set.number("maxPixels", usual.maxPixels()),
                set.text("batch", usual.batch()));
    }

    /**
     * How large images are when they are judged; otherwise as {@link #scoring}.
     *
     * @throws InvalidSettingException if one is no value of its type or out of its range
     */
    static ViewSettings views(SQLConf session) {
        SessionSettings set = new SessionSettings(session);
        ViewSettings usual = ViewSettings.defaults();
        return new ViewSettings(
                View.parse(set.text("view", usual.view().toString())),
                set.number("tiles", usual.tiles()),
                set.number("seed", usual.seed(), Long::parseLong));
    }

    private @Nullable String optional(String name) {
        String value = session.getConfString(PREFIX + name, "");
        return value.isEmpty() ? null : value;
    }

    private String text(String name, String usual) {
        return session.getConfString(PREFIX + name, usual);
    }

    private boolean flag(String name, boolean usual) {
        String value = text(name, Boolean.toString(usual));
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new InvalidSettingException(name, PREFIX + name + " is \"" + value + "\"; use true or false");
        };
    }

    private int number(String name, int usual) {
        return number(name, usual, Integer::parseInt);
    }

    private <T> T number(String name, T usual, Function<String, T> parser) {
        String value = text(name, usual.toString());
        try {
            return parser.apply(value);
        } catch (NumberFormatException e) {
            throw new InvalidSettingException(name, PREFIX + name + " is \"" + value + "\"; use a whole number");
        }
    }
}
