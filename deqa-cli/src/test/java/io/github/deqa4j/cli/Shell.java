package io.github.deqa4j.cli;

import io.github.deqa4j.testkit.Golden;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What a run of {@code deqa} printed and left with.
 *
 * @param status exit status
 * @param out standard output
 * @param err standard error
 */
record Shell(int status, String out, String err) {
    static final Path MODEL = Golden.mini().resolve("model");
    static final Path IMAGES = Golden.mini().resolve("images");

    /** Runs deqa with its output piped. */
    static Shell deqa(Object... args) {
        return run("", false, args);
    }

    /** Runs deqa, and does something as soon as it has said some words on standard error, before it goes on. */
    static Shell reacting(String words, Runnable reaction, Object... args) {
        return run("", false, new ReactingStream(words, reaction), args);
    }

    /** Runs deqa in a terminal of 80 columns. */
    static Shell onScreen(Object... args) {
        return run("", true, args);
    }

    /** Runs deqa with its output piped and something on standard input. */
    static Shell withInput(String input, Object... args) {
        return run(input, false, args);
    }

    /** A terminal with nothing on it, for what looks at the commands and runs none. */
    static Terminal terminal() {
        PrintStream none = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Terminal(InputStream.nullInputStream(), none, none, false, false, 80);
    }

    static Path image(String name) {
        return IMAGES.resolve(name);
    }

    String[] lines() {
        return out.lines().toArray(String[]::new);
    }

    private static Shell run(String input, boolean screen, Object... args) {
        return run(input, screen, new ByteArrayOutputStream(), args);
    }

    private static Shell run(String input, boolean screen, ByteArrayOutputStream err, Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                screen,
                screen,
                80);
        String[] words = new String[args.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = args[i].toString();
        }
        int status = Deqa.run(terminal, words);
        return new Shell(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Reacts once, on the thread that writes. */
    private static final class ReactingStream extends ByteArrayOutputStream {
        private final String words;
        private Runnable reaction;

        ReactingStream(String words, Runnable reaction) {
            this.words = words;
            this.reaction = reaction;
        }

        @Override
        public void flush() {
            if (toString(StandardCharsets.UTF_8).contains(words)) {
                Runnable now = reaction;
                reaction = () -> {};
                now.run();
            }
        }
    }
}
