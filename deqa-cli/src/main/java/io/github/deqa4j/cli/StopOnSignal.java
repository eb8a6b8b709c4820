package io.github.deqa4j.cli;

import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Lets a command end in order when the process is asked to (Ctrl-C, SIGTERM): the process waits until it has. */
final class StopOnSignal implements AutoCloseable {
    private final Terminal terminal;
    private final String notice;
    private final Consumer<String> says;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop-on-signal");
    private final CountDownLatch asked = new CountDownLatch(1);

    /**
     * Listens from now on.
     *
     * @param notice what to print when the process is asked to end; empty where another process says it
     */
    StopOnSignal(Terminal terminal, String notice) {
        this(terminal, notice, terminal.err()::println);
    }

    /** As the other, with notices that are said in another way. */
    StopOnSignal(Terminal terminal, String notice, Consumer<String> says) {
        this.terminal = terminal;
        this.notice = notice;
        this.says = says;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the process was asked to end. */
    boolean requested() {
        return asked.getCount() == 0;
    }

    /** Waits until the process is asked to end. An interrupt of this thread asks, too. */
    void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            asked.countDown();
        }
    }

    /** The command has ended, with what it had to say printed. */
    @Override
    public void close() {
        terminal.err().flush();
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process is ending already
        }
    }

    private void stop() {
        asked.countDown();
        if (!notice.isEmpty()) {
            says.accept(notice);
            terminal.err().flush();
        }
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
