package io.github.deqa4j.cli;

import io.github.deqa4j.server.AccessSettings;
import io.github.deqa4j.server.RequestLogFormat;
import io.github.deqa4j.server.UrlSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
            names = "--url-time",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "time for all URLs of a request together (default: ${DEFAULT-VALUE})")
    private int urlSeconds;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "4096",
            description = "connections at once; others wait (default: ${DEFAULT-VALUE})")
    private int connections;

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
        if (hosts.isEmpty() && (plainHttp || !ports.isEmpty())) {
            throw CommandException.usage("--url-http and --url-port need --url-host, which allows URLs");
        }
        return CommandException.orUsage(() -> {
            AccessSettings settings =
                    AccessSettings.defaults().withOrigins(origins).withLog(log).withConnections(connections);
            AccessSettings keyed = keyFile == null ? settings : settings.withKeyFile(keyFile);
            return hosts.isEmpty() ? keyed : keyed.withUrls(urls());
        });
    }

    /** Whether every request for scores needs a key. */
    boolean hasKeys() {
        return keyFile != null;
    }

    /** Makes the log of this process what was asked for. */
    void startLog() {
        ServerLog.start(log == RequestLogFormat.JSON);
    }

    private UrlSettings urls() {
        UrlSettings settings = UrlSettings.of(hosts).withPorts(ports).withTimeout(Duration.ofSeconds(urlSeconds));
        return plainHttp ? settings.withPlainHttp() : settings;
    }
}
