package io.github.deqa4j.cli;

import io.github.deqa4j.server.AccessSettings;
import io.github.deqa4j.server.RequestLogFormat;
import io.github.deqa4j.server.UrlSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a server that say who may use it, and what it notes of that. */
final class AccessOptions {
    @Option(
            names = "--api-keys",
            paramLabel = "FILE",
            description =
                    "file of keys, one a line, one of which every request for scores needs (default: none is needed)")
    private @Nullable Path keyFile;

    @Option(
            names = "--cors-origin",
            paramLabel = "ORIGIN",
            description =
                    "site whose pages may read the answers, such as https://example.org, or * for all; may be given several times")
    private List<String> origins = List.of();

    @Option(
            names = "--url-host",
            paramLabel = "HOST",
            description =
                    "allow requests that name URLs of this host: example.org, '*.example.org' for all below it, or '*' for all; "
                            + "may be given several times (default: URLs are refused)")
    private List<String> hosts = List.of();

    @Option(names = "--url-http", description = "URLs may be of http, not of https alone")
    private boolean plainHttp;

    @Option(
            names = "--url-port",
            paramLabel = "PORT",
            description = "port that URLs may have; may be given several times (default: that of the scheme)")
    private Set<Integer> ports = Set.of();

    @Option(
            names = "--url-bytes",
            paramLabel = "BYTES",
            description = "bytes of all URLs of a request together (default: 33554432)")
    private @Nullable Integer urlBytes;

    @Option(
            names = "--url-time",
            paramLabel = "SECONDS",
            description = "time for all URLs of a request together (default: 10)")
    private @Nullable Integer urlSeconds;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "4096",
            description = "connections at once; others wait (default: ${DEFAULT-VALUE})")
    private int connections;

    @Option(
            names = "--idle-time",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "how long a connection may be silent while no request waits for its answer (default: ${DEFAULT-VALUE})")
    private int idleSeconds = 30;

    @Option(
            names = "--log",
            paramLabel = "FORMAT",
            converter = LogConverter.class,
            description =
                    "write a line for each request to standard error: text, or json for the whole log (default: none)")
    private RequestLogFormat log = RequestLogFormat.NONE;

    /** Reads the format of a log. */
    private static final class LogConverter extends EnumConverter<RequestLogFormat> {
        LogConverter() {
            super(RequestLogFormat.class);
        }
    }

    /**
     * The settings asked for.
     *
     * @throws CommandException with the status of wrong usage
     */
    AccessSettings settings() {
        if (hosts.isEmpty() && (plainHttp || !ports.isEmpty() || urlBytes != null || urlSeconds != null)) {
            throw CommandException.usage(
                    "--url-http, --url-port, --url-bytes and --url-time need --url-host, which allows URLs");
        }
        return CommandException.orUsage(() -> {
            AccessSettings settings = AccessSettings.defaults()
                    .withOrigins(origins)
                    .withLog(log)
                    .withConnections(connections)
                    .withIdleTime(Duration.ofSeconds(idleSeconds));
            AccessSettings keyed = keyFile == null ? settings : settings.withKeyFile(keyFile);
            return hosts.isEmpty() ? keyed : keyed.withUrls(urls());
        });
    }

    /** Whether every request for scores needs a key. */
    boolean hasKeys() {
        return keyFile != null;
    }

    /** Where the server's own notices go: lines of standard error, or entries of a log in JSON. */
    Consumer<String> notices(Terminal terminal) {
        return log == RequestLogFormat.JSON
                ? ServerLog::notice
                : line -> {
                    terminal.err().println(line);
                    terminal.err().flush();
                };
    }

    /** Makes the log of this process what was asked for. */
    void startLog() {
        ServerLog.start(log == RequestLogFormat.JSON);
    }

    private UrlSettings urls() {
        UrlSettings settings = UrlSettings.of(hosts).withPorts(ports);
        if (plainHttp) {
            settings = settings.withPlainHttp();
        }
        if (urlBytes != null) {
            settings = settings.withMaxBytes(urlBytes);
        }
        return urlSeconds == null ? settings : settings.withTimeout(Duration.ofSeconds(urlSeconds));
    }
}
