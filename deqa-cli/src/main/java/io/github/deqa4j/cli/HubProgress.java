package io.github.deqa4j.cli;

import io.github.deqa4j.hub.HubListener;
import io.github.deqa4j.hub.HubRepository;
import java.util.Locale;
import java.util.Optional;

/** Says how far a download is, file by file. */
final class HubProgress implements HubListener, AutoCloseable {
    private static final long MEGA = 1_000_000;

    private final Terminal terminal;
    private Optional<Progress> shown = Optional.empty();

    HubProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A number of bytes for people. */
    static String size(long bytes) {
        return bytes < 100 * MEGA
                ? String.format(Locale.ROOT, "%.1f MB", (double) bytes / MEGA)
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    @Override
    public void planned(HubRepository repository, String commit, int files, long bytes) {
        if (files > 0) {
            note(repository + ": fetching " + files + (files == 1 ? " file, " : " files, ") + size(bytes)
                    + ", of commit " + commit);
        }
    }

    @Override
    public void began(String file, long size, long before) {
        close();
        shown = Optional.of(new Progress(terminal, "MB of " + file, size / MEGA, before / MEGA));
    }

    @Override
    public void reached(long bytes) {
        shown.ifPresent(progress -> progress.reach(bytes / MEGA));
    }

    @Override
    public void ended() {
        close();
    }

    @Override
    public void note(String sentence) {
        shown.ifPresent(Progress::close);
        terminal.err().println("deqa: " + sentence);
        terminal.err().flush();
    }

    /** Removes the bar. */
    @Override
    public void close() {
        shown.ifPresent(Progress::close);
        shown = Optional.empty();
    }
}
