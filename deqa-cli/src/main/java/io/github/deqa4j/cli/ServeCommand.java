package io.github.deqa4j.cli;

import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.server.QueueSettings;
import io.github.deqa4j.server.RequestLimits;
import io.github.deqa4j.server.ScoringServer;
import io.github.deqa4j.server.ServerSettings;
import io.github.deqa4j.torch.ScorerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deqa serve}: scores over HTTP. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Scores images over HTTP, until it is stopped by Ctrl-C or SIGTERM.",
        footer =
                "%nExit status: 2 wrong usage, 3 the model cannot be used, 130 stopped by Ctrl-C, 143 stopped by SIGTERM.")
final class ServeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ModelOptions model;

    @Mixin
    private AccessOptions access = new AccessOptions();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "address to listen on; 0.0.0.0 for every address of this machine (default: ${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "port to listen on, 0 for any that is free (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--queue",
            paramLabel = "N",
            defaultValue = "256",
            description = "images that may wait or be scored; more are refused (default: ${DEFAULT-VALUE})")
    private int queue;

    @Option(
            names = "--queue-bytes",
            paramLabel = "BYTES",
            description =
                    "bytes of requests in memory; more are refused (default: 536870912, or a quarter of Java's memory where that is less)")
    private @Nullable Long queueBytes;

    @Option(
            names = "--max-pixels",
            paramLabel = "N",
            description = "pixels of an image; decoding takes three bytes for each (default: 178956970)")
    private int maxPixels = ScorerSettings.defaults().maxPixels();

    @Option(
            names = "--max-passes",
            paramLabel = "N",
            defaultValue = "2",
            description =
                    "passes through the network at the same time; each needs memory of its own (default: ${DEFAULT-VALUE})")
    private int maxPasses;

    @Option(
            names = "--max-wait",
            paramLabel = "MS",
            defaultValue = "5",
            description = "milliseconds that a batch waits until it is full (default: ${DEFAULT-VALUE})")
    private long maxWait;

    @Option(
            names = "--max-bytes",
            paramLabel = "BYTES",
            defaultValue = "33554432",
            description = "bytes of a request's body (default: ${DEFAULT-VALUE})")
    private int maxBytes;

    @Option(
            names = "--max-images",
            paramLabel = "N",
            defaultValue = "64",
            description = "images of a request (default: ${DEFAULT-VALUE})")
    private int maxImages;

    @Option(
            names = "--body-time",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "how long a request's body may take to arrive (default: ${DEFAULT-VALUE})")
    private int bodySeconds;

    @Option(
            names = "--stop-time",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "how long accepted images may take to be scored once the server is stopped (default: ${DEFAULT-VALUE})")
    private int stopSeconds;

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
        model = new ModelOptions(terminal);
    }

    @Override
    public Integer call() {
        access.startLog();
        ScorerSettings scorer = CommandException.orUsage(
                () -> model.settings().withMaxPixels(maxPixels).withMaxPasses(maxPasses));
        ServerSettings settings = CommandException.orUsage(this::settings);
        model.fetch();
        Consumer<String> notices = access.notices(terminal);
        try (StopOnSignal stop =
                        new StopOnSignal(terminal, "stopping as soon as all accepted images are scored …", notices);
                ScoringServer server =
                        CommandException.orUsage(() -> ScoringServer.start(() -> open(scorer, notices), settings))) {
            notices.accept("loading the model …");
            server.awaitReady();
            if (!access.hasKeys()) {
                warnIfOpen(notices);
            }
            terminal.out().println("deqa serves at " + server.address());
            terminal.out().flush();
            stop.await();
        }
        return ExitCode.STOPPED;
    }

    private ServerSettings settings() {
        QueueSettings waiting = QueueSettings.defaults()
                .withImages(queue)
                .withPasses(maxPasses)
                .withMaxWait(Duration.ofMillis(maxWait));
        return ServerSettings.defaults()
                .withHost(host)
                .withPort(port)
                .withAccess(access.settings())
                .withLimits(RequestLimits.defaults()
                        .withBytes(maxBytes)
                        .withImages(maxImages)
                        .withBodyTime(Duration.ofSeconds(bodySeconds)))
                .withQueue(queueBytes == null ? waiting : waiting.withBytes(queueBytes))
                .withStopTime(Duration.ofSeconds(stopSeconds));
    }

    private Scorer open(ScorerSettings settings, Consumer<String> notices) {
        Scorer scorer = model.open(settings.withWarnings(notices));
        ModelOptions.batchNote(settings.batch(), scorer.batch()).ifPresent(notices);
        return scorer;
    }

    /** Everybody who reaches the address can have images scored, which costs the machine's time. */
    private void warnIfOpen(Consumer<String> notices) {
        InetAddress address = new InetSocketAddress(host, port).getAddress();
        if (address != null && !address.isLoopbackAddress()) {
            notices.accept("deqa: warning: " + host
                    + " can be reached from other machines, and there are no API keys: whoever reaches it can use it");
        }
    }
}
