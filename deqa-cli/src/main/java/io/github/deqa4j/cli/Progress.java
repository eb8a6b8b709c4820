package io.github.deqa4j.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Queue;
import java.util.function.LongSupplier;

/**
 * Says how far long work has come: a bar that is drawn again and again where a person looks, a plain line now and then
 * where nobody does.
 */
final class Progress implements AutoCloseable {
    private static final long SECOND = 1_000_000_000L;
    private static final long BAR_EVERY = SECOND / 5;
    private static final long LINE_EVERY = 15 * SECOND;
    private static final int BAR_COLUMNS = 24;

    private final PrintStream out;
    private final boolean bar;
    private final int columns;
    private final String unit;
    private final long total;
    private final LongSupplier nanoTime;
    private final long started;
    private long before;
    private long shown;
    private long done;
    private boolean drawn;

    /**
     * Starts the clock.
     *
     * @param unit what is counted, in the plural
     * @param total how many there are
     */
    Progress(Terminal terminal, String unit, long total) {
        this(terminal, unit, total, 0);
    }

    /**
     * Starts the clock for work of which a part was done before.
     *
     * @param before how many that is
     */
    Progress(Terminal terminal, String unit, long total, long before) {
        this(terminal.err(), terminal.errIsScreen(), terminal.columns(), unit, total, System::nanoTime);
        this.before = before;
        done = before;
    }

    Progress(PrintStream out, boolean bar, int columns, String unit, long total, LongSupplier nanoTime) {
        this.out = out;
        this.bar = bar;
        this.columns = columns;
        this.unit = unit;
        this.total = total;
        this.nanoTime = nanoTime;
        started = nanoTime.getAsLong();
        shown = started;
    }

    /** Counts one more, and says so if it is time. */
    void step() {
        step("");
    }

    /**
     * Counts one more, and says so if it is time.
     *
     * @param note what to add
     */
    void step(String note) {
        done++;
        long now = nanoTime.getAsLong();
        if (now - shown >= (bar ? BAR_EVERY : LINE_EVERY)) {
            shown = now;
            show(now, note);
        }
    }

    /** Counts one more. After the last one it says what comes next, which is not counted. */
    void stepThen(String next) {
        step();
        if (done == total) {
            line(next);
        }
    }

    /**
     * Counts up to a number, and says so if it is time. It may be less than before, if work began anew.
     *
     * @param count how many are done
     */
    void reach(long count) {
        before = Math.min(before, count);
        done = count - 1;
        step();
    }

    /** Says something else on a line of its own, where the bar stood; the bar comes back with a later step. */
    void line(String text) {
        close();
        out.println(text);
        out.flush();
    }

    /** Says and takes away what other threads have put aside, as {@link #line} does. */
    void lines(Queue<String> sentences) {
        for (String next = sentences.poll(); next != null; next = sentences.poll()) {
            line("deqa: " + next);
        }
    }

    /** Removes the bar. */
    @Override
    public void close() {
        if (drawn) {
            out.print("\r" + " ".repeat(columns - 1) + "\r");
            out.flush();
            drawn = false;
        }
    }

    private void show(long now, String note) {
        double seconds = Math.max(1e-3, (double) (now - started) / SECOND);
        double rate = (done - before) / seconds;
        String text = String.format(
                        Locale.ROOT,
                        "%,d of %,d %s, %s, %s left",
                        done,
                        total,
                        unit,
                        rate(rate),
                        duration((total - done) / rate))
                + note;
        if (bar) {
            int room = columns - 1;
            int width = note.isEmpty() ? BAR_COLUMNS : Math.max(0, Math.min(BAR_COLUMNS, room - 1 - text.length()));
            int filled = (int) (width * done / Math.max(1, total));
            String line = "█".repeat(filled) + "░".repeat(width - filled) + " " + text;
            out.print(
                    "\r" + (line.length() <= room ? line + " ".repeat(room - line.length()) : line.substring(0, room)));
            drawn = true;
        } else {
            out.println(text);
        }
        out.flush();
    }

    private static String rate(double perSecond) {
        return perSecond >= 1
                ? String.format(Locale.ROOT, "%.1f/s", perSecond)
                : String.format(Locale.ROOT, "%.1f s each", 1 / perSecond);
    }

    private static String duration(double seconds) {
        long s = Math.round(seconds);
        if (s < 60) {
            return s + " s";
        }
        return s < 3600 ? s / 60 + " min " + s % 60 + " s" : s / 3600 + " h " + s % 3600 / 60 + " min";
    }
}
