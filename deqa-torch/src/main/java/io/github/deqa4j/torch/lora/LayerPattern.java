package io.github.deqa4j.torch.lora;

import io.github.deqa4j.config.ConfigNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression for names of layers, from a settings file. It may be hostile, so its length and the number of steps to match
 * it are limited.
 */
final class LayerPattern {
    private static final int LONGEST = 2000;
    private static final int LONGEST_NAME = 1000;
    private static final int MOST_STEPS = 1_000_000;

    private final ConfigNode node;
    private final String key;
    private final Pattern pattern;

    /**
     * Compiles an expression.
     *
     * @param key the key that it stands under, for messages
     * @param before an expression to put before it
     * @param after an expression to put after it
     * @throws io.github.deqa4j.config.InvalidConfigException if it is no regular expression, or too long
     */
    LayerPattern(ConfigNode node, String key, String before, String expression, String after) {
        this.node = node;
        this.key = key;
        node.require(expression.length() <= LONGEST, key, "has more than " + LONGEST + " characters");
        this.pattern = compiled(before + expression + after);
    }

    private Pattern compiled(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            node.require(false, key, "is not a valid regular expression (" + e.getDescription() + ")");
            throw new AssertionError(e);
        }
    }

    /** Whether it matches the whole name. */
    boolean matches(String name) {
        return matcher(name).matches();
    }

    /** A matcher of the name, which stops with an error when it takes too long. */
    Matcher matcher(String name) {
        boolean possible = name.length() <= LONGEST_NAME;
        return pattern.matcher(new Counted(possible ? name : ""));
    }

    /** A name that limits how often its characters are read. */
    private final class Counted implements CharSequence {
        private final String name;
        private int steps;

        Counted(String name) {
            this.name = name;
        }

        @Override
        public char charAt(int index) {
            node.require(
                    steps++ < MOST_STEPS, key, "is a regular expression that takes too long to match; simplify it");
            return name.charAt(index);
        }

        @Override
        public int length() {
            return name.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return name.substring(start, end);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
