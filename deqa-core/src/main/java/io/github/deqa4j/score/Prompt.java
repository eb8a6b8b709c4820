package io.github.deqa4j.score;

import io.github.deqa4j.InvalidSettingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What the network reads before it answers, the image's place included.
 *
 * <p>The three prompts are those of the authors' released code; they differ in their line breaks, and scores differ with
 * them. Each ends where the level word is to follow.
 *
 * @param text the prompt, in which {@value #IMAGE} stands once, for the image
 */
public record Prompt(String text) {
    /** Stands for the image in a prompt's text. */
    public static final String IMAGE = "<|image|>";

    /** How every answer begins; the level word follows. */
    public static final String ANSWER_STEM = "The quality of the image is";

    /** How training conversations begin. */
    public static final String SYSTEM =
            "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful,"
                    + " detailed, and polite answers to the user's questions.";

    private static final String QUESTION = "How would you rate the quality of this image?";

    /** The prompt of the authors' public scorer. */
    public static final Prompt SCORER = new Prompt("USER: " + QUESTION + "\n" + IMAGE + "\nASSISTANT: " + ANSWER_STEM);

    /** The prompt with which the authors computed the tables of their paper. */
    public static final Prompt EVALUATION =
            new Prompt("USER: " + QUESTION + "\n" + IMAGE + " ASSISTANT: " + ANSWER_STEM);

    private static final int HASH_DIGITS = 16;

    /**
     * A prompt of your own.
     *
     * @throws InvalidSettingException if the text does not contain {@value #IMAGE} exactly once
     */
    public Prompt {
        int places = text.split(Pattern.quote(IMAGE), -1).length - 1;
        if (places != 1) {
            throw new InvalidSettingException(
                    "prompt",
                    "the prompt contains " + IMAGE + " " + places
                            + " times; it must contain it once, where the image is to stand");
        }
    }

    /**
     * The prompt of a setting.
     *
     * @param setting {@code scorer}, {@code evaluation}, or the text of a prompt of your own
     * @throws InvalidSettingException as {@link #Prompt(String)}
     */
    public static Prompt parse(String setting) {
        return switch (setting) {
            case "scorer" -> SCORER;
            case "evaluation" -> EVALUATION;
            default -> new Prompt(setting);
        };
    }

    /**
     * The conversation that the released checkpoints were trained on, up to the level word.
     *
     * @param question what the user asks about the image, without {@value #IMAGE}
     * @throws InvalidSettingException if the question contains {@value #IMAGE}
     */
    public static Prompt training(String question) {
        return new Prompt(SYSTEM + " USER: " + IMAGE + "\n" + question + " ASSISTANT: " + ANSWER_STEM);
    }

    /** One short word for it: {@code scorer}, {@code evaluation}, or {@code sha256:} and the first 16 digits of its hash. */
    public String word() {
        if (equals(SCORER)) {
            return "scorer";
        }
        return equals(EVALUATION) ? "evaluation" : "sha256:" + hash().substring(0, HASH_DIGITS);
    }

    private String hash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
