package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.server.AccessSettings;
import io.github.deqa4j.server.RequestLogFormat;
import io.github.deqa4j.server.UrlSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class AccessOptionsTest {
    /** A command with these options alone. */
    @Command
    private static final class Carrier {
        @Mixin
        private AccessOptions access = new AccessOptions();
    }

    @Test
    void withoutOptionsTheSettingsAreTheDefaults() {
        assertThat(settings()).isEqualTo(AccessSettings.defaults());
    }

    @Test
    void everyOptionIsASetting() {
        AccessSettings settings = settings(
                "--api-keys=k",
                "--cors-origin=https://a.test",
                "--cors-origin=https://b.test",
                "--url-host=images.test",
                "--url-host=*.cdn.test",
                "--url-http",
                "--url-port=8080",
                "--url-bytes=1000",
                "--url-time=3",
                "--idle-time=65",
                "--connections=9",
                "--log=JSON");
        UrlSettings urls = UrlSettings.of(List.of("images.test", "*.cdn.test"))
                .withPlainHttp()
                .withPorts(Set.of(8080))
                .withMaxBytes(1000)
                .withTimeout(Duration.ofSeconds(3));
        assertThat(settings)
                .isEqualTo(AccessSettings.defaults()
                        .withKeyFile(Path.of("k"))
                        .withOrigins(List.of("https://a.test", "https://b.test"))
                        .withUrls(urls)
                        .withConnections(9)
                        .withIdleTime(Duration.ofSeconds(65))
                        .withLog(RequestLogFormat.JSON));
    }

    @ParameterizedTest
    @CsvSource({
        "--api-keys=/no/such/file, /no/such/file: there is no such key file (--api-keys)",
        "--cors-origin=a.test, origin \"a.test\"; write scheme",
        "--url-host=https://a.test, host \"https://a.test\"; write a name",
        "--url-http, '--url-http, --url-port, --url-bytes and --url-time need --url-host'",
        "--url-bytes=5, '--url-http, --url-port, --url-bytes and --url-time need --url-host'",
        "--url-time=5, '--url-http, --url-port, --url-bytes and --url-time need --url-host'",
        "--idle-time=0, idleTime is 0 ms; it must be from 1 to 3600000 ms (--idle-time)",
        "--queue-bytes=0, bytes of the queue is 0; it must be at least 1 (--queue-bytes)",
        "--body-time=0, bodyTime is 0 ms; it must be at least 1 ms (--body-time)",
        "--stop-time=-1, stopTime is -1 s; it must not be negative (--stop-time)",
        "--connections=0, connections is 0; it must be from 1 to 1000000 (--connections)",
        "--log=xml, --log is \"xml\"; it must be none"
    })
    void whatCannotBeIsOneSentence(String option, String problem) {
        Shell run = Shell.deqa("serve", "--port", "0", option);
        assertThat(run.status()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(problem).doesNotContain("Exception");
        assertThat(run.err().lines().findFirst().orElseThrow()).startsWith("deqa: ");
    }

    private static AccessSettings settings(String... options) {
        Carrier carrier = new Carrier();
        new CommandLine(carrier).parseArgs(options);
        return carrier.access.settings();
    }
}
