package io.github.deqa4j.spark;

import io.github.deqa4j.InvalidSettingException;
import org.apache.spark.sql.internal.SQLConf;
import org.jspecify.annotations.Nullable;

/** The settings {@code spark.deqa.*} of a session, which say how {@code deqa_score} scores. */
final class SessionSettings {
    private static final String PREFIX = "spark.deqa.";

    private final SQLConf session;

    private SessionSettings(SQLConf session) {
        this.session = session;
    }

    /**
     * Those that are set, and the defaults of all others.
     *
     * @throws InvalidSettingException if one is no value of its type
     */
    static ScoringSettings of(SQLConf session) {
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
        String value = text(name, Integer.toString(usual));
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new InvalidSettingException(name, PREFIX + name + " is \"" + value + "\"; use a whole number");
        }
    }
}
