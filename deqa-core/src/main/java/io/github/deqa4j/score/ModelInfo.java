package io.github.deqa4j.score;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What gave a score: the model, its settings and the version of the program. Scores with equal {@link #identity} can stand in
 * one file. Scores of two kinds of processors may differ in the last digits of float32.
 *
 * @param name where the model is; no part of the identity, since a model may be moved
 * @param kind the network's {@code model_type}, such as {@code deqa_compact}
 * @param sha256 64 hexadecimal digits over {@code config.json} and the name, type, shape and elements of every weight; of
 *     an adapter over its own files, too; of a model that reads text over {@code preprocessor_config.json} (where there is
 *     one) and the tokenizer
 * @param precision the number format it computes in, {@code float32} or {@code bf16}
 * @param prompt {@code scorer}, {@code evaluation}, {@code sha256:} and 16 digits for any other text, or {@code none} for
 *     a model that reads no text
 * @param exif whether images are turned as their EXIF orientation says
 * @param version the version of deqa4j
 */
public record ModelInfo(
        String name, String kind, String sha256, String precision, String prompt, boolean exif, String version) {
    private static final int DIGITS = 16;
    private static final String VIEW = "view";
    private static final Pattern PART = Pattern.compile("(\\S+?)=(\\S*)");

    /** The lowest score that the model can give. */
    public double lowestScore() {
        return QualityScore.LOWEST;
    }

    /** The highest score that the model can give. */
    public double highestScore() {
        return QualityScore.HIGHEST;
    }

    /**
     * All but the name as one line: {@code model=KIND:HASH precision=… prompt=… exif=applied|ignored version=…}, with the
     * first 16 digits of the hash.
     */
    public String identity() {
        return line(parts());
    }

    /**
     * The identity of scores of a view: {@link #identity()}, and of another view than the whole {@code view=VIEW:TILES:SEED} after it.
     */
    public String identity(View view, DetailSettings detail) {
        return line(parts(view, detail));
    }

    private static String line(Map<String, String> parts) {
        return parts.entrySet().stream()
                .map(part -> part.getKey() + "=" + part.getValue())
                .collect(Collectors.joining(" "));
    }

    /**
     * In what another identity differs.
     *
     * @param identity a line that {@link #identity} gave
     * @return such as {@code precision float32 instead of bf16}, its own value last; empty if nothing differs
     */
    public Optional<String> difference(String identity) {
        return difference(identity, View.WHOLE, DetailSettings.defaults());
    }

    /** In what another identity differs from that of a view; otherwise as {@link #difference(String)}. */
    public Optional<String> difference(String identity, View view, DetailSettings detail) {
        if (identity.equals(identity(view, detail))) {
            return Optional.empty();
        }
        Map<String, String> others = new LinkedHashMap<>();
        for (Matcher part = PART.matcher(identity); part.find(); ) {
            others.put(part.group(1), part.group(2));
        }
        others.putIfAbsent(VIEW, View.WHOLE.toString());
        Map<String, String> own = parts(view, detail);
        own.putIfAbsent(VIEW, View.WHOLE.toString());
        String differences = own.entrySet().stream()
                .filter(part -> !part.getValue().equals(others.get(part.getKey())))
                .map(part -> part.getKey() + " " + others.getOrDefault(part.getKey(), "unknown") + " instead of "
                        + part.getValue())
                .collect(Collectors.joining(", "));
        return Optional.of(differences.isEmpty() ? "an identity of another form" : differences);
    }

    private Map<String, String> parts(View view, DetailSettings detail) {
        Map<String, String> parts = parts();
        if (view.hasDetail()) {
            parts.put(VIEW, view + ":" + detail.tiles() + ":" + detail.seed());
        }
        return parts;
    }

    private Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("model", kind + ":" + sha256.substring(0, DIGITS));
        parts.put("precision", precision);
        parts.put("prompt", prompt);
        parts.put("exif", exif ? "applied" : "ignored");
        parts.put("version", version);
        return parts;
    }
}
