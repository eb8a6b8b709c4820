package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.torch.distributed.C10dProcessGroup;
import io.github.deqa4j.torch.distributed.ProcessGroup;
import io.github.deqa4j.torch.distributed.RankInfo;
import io.github.deqa4j.torch.distributed.RankMonitor;
import io.github.deqa4j.torch.distributed.Rendezvous;
import io.github.deqa4j.torch.nn.Engine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The other ranks of a training on this machine, as processes that this one, the first rank, starts and watches. Each has its
 * standard input open from here, and ends when that ends.
 */
final class RankProcesses implements RankMonitor, AutoCloseable {
    /** What the jar's manifest says, which Java reads only where it is started with -jar. */
    static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

    private static final int SIGNALLED = 128; // the shell's way to say that a process was ended by a signal
    private static final Set<Integer> ORDERLY = Set.of(1, 2, 15); // signals that a process answers by ending in order
    private static final long FAREWELL_SECONDS = 20;
    private static final String NOISE = "[Gloo]"; // the library's own greeting

    private final Terminal terminal;
    private final int size;
    private final Rendezvous point = Rendezvous.keep(0);
    private final List<Process> processes = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> watches = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();

    /**
     * Starts them.
     *
     * @param size how many ranks there are, this one included
     * @param args the command line of each
     */
    RankProcesses(Terminal terminal, int size, List<String> args) {
        this.terminal = terminal;
        this.size = size;
        for (int rank = 1; rank < size; rank++) {
            start(rank, args);
        }
    }

    /**
     * Joins them, as the first.
     *
     * @throws io.github.deqa4j.DeqaException if one of them is lost before all have come; the rest is ended then
     */
    ProcessGroup join(Device device) {
        try {
            return new C10dProcessGroup(RankInfo.onThisMachine(0, size, point.port()), device, this);
        } catch (RuntimeException e) {
            processes.forEach(Process::destroyForcibly);
            throw e;
        }
    }

    @Override
    public Optional<String> lost() {
        return Optional.ofNullable(lost.peek());
    }

    /** Waits for the others, which have nothing more to do, and ends those that do not end. */
    @Override
    public void close() {
        try {
            CompletableFuture.allOf(watches.toArray(CompletableFuture[]::new)).get(FAREWELL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            terminal.err().println("deqa: a process of this training did not end, so it is killed");
        } finally {
            processes.forEach(Process::destroyForcibly);
            point.close();
        }
    }

    private void start(int rank, List<String> args) {
        ProcessBuilder builder = new ProcessBuilder(command(args)).redirectErrorStream(true);
        builder.environment()
                .putAll(RankInfo.onThisMachine(rank, size, point.port()).environment());
        builder.environment().putIfAbsent(Engine.THREADS, Integer.toString(Engine.threadsOf(size)));
        try {
            Process process = builder.start();
            processes.add(process);
            Thread reader = new Thread(() -> passOn(rank, process), "rank-" + rank);
            reader.setDaemon(true);
            reader.start();
            watches.add(process.onExit().thenAccept(ended -> ended(rank, ended)));
        } catch (IOException e) {
            close();
            throw new DeqaException("rank " + rank + " cannot be started (" + e.getMessage() + ")", e);
        }
    }

    /** This program, as it was started itself. */
    private static List<String> command(List<String> args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add(NATIVE_ACCESS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Deqa.class.getName()));
        command.addAll(args);
        return command;
    }

    private void passOn(int rank, Process process) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().filter(line -> !line.startsWith(NOISE)).forEach(line -> {
                terminal.err().println("rank " + rank + ": " + line);
                terminal.err().flush();
            });
        } catch (IOException | UncheckedIOException e) {
            return; // the process is gone
        }
    }

    /** A rank that was killed leaves the others waiting; they cannot go on, and what they know the first rank knows, too. */
    private void ended(int rank, Process process) {
        int status = process.exitValue();
        if (status == ExitCode.OK) {
            return;
        }
        int signal = status - SIGNALLED;
        boolean killed = signal > 0 && !ORDERLY.contains(signal);
        lost.add("rank " + rank + " of " + size + " (process " + process.pid() + ") "
                + (killed
                        ? "was ended by signal " + signal + " (killed, or out of memory)"
                        : "ended with exit status " + status)
                + ", so that all ranks end");
        if (killed) {
            processes.forEach(Process::destroyForcibly);
        }
    }
}
