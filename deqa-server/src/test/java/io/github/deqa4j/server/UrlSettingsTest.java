package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidSettingException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlSettingsTest {
    private static final UrlSettings DEFAULTS = UrlSettings.of(List.of("example.org"));

    @Test
    void theDefaultsAreHttpsAtItsOwnPort() {
        assertThat(DEFAULTS)
                .isEqualTo(new UrlSettings(List.of("example.org"), false, Set.of(), 32 << 20, Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, example.org, true",
        "EXAMPLE.org, example.org, true",
        "example.org, www.example.org, false",
        "example.org, example.org.evil.net, false",
        "example.org, evilexample.org, false",
        "*.example.org, www.example.org, true",
        "*.example.org, a.b.example.org, true",
        "*.example.org, example.org, false",
        "*.example.org, evilexample.org, false",
        "*, anything.at.all, true",
        "192.0.2.1, 192.0.2.1, true",
        "[2001:db8::1], [2001:db8::1], true"
    })
    void aHostIsAllowedByNameOrByDomain(String rule, String host, boolean allowed) {
        assertThat(UrlSettings.of(List.of("other.net", rule)).allowsHost(host)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://example.org",
                "example.org:443",
                "example.org/a",
                "*example.org",
                "a.*.org",
                "exämple.org",
                "a b"
            })
    void aHostThatIsNoNameIsRefused(String host) {
        assertThatThrownBy(() -> UrlSettings.of(List.of(host)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("host \"" + host + "\"; write a name such as example.org");
    }

    @Test
    void valuesOutOfTheirRangesAreRefused() {
        assertRefused(() -> UrlSettings.of(List.of()), "hosts is empty");
        assertRefused(() -> DEFAULTS.withPorts(Set.of(0)), "port 0; it must be from 1 to 65535");
        assertRefused(() -> DEFAULTS.withPorts(Set.of(65_536)), "port 65536;");
        assertRefused(() -> DEFAULTS.withMaxBytes(0), "maxBytes of a URL is 0; it must be from 1 to 1073741824");
        assertRefused(
                () -> DEFAULTS.withTimeout(Duration.ZERO), "timeout of URLs is 0 ms; it must be from 1 to 600000");
        assertRefused(() -> DEFAULTS.withTimeout(Duration.ofHours(1)), "timeout of URLs is 3600000 ms;");
    }

    private static void assertRefused(Runnable made, String message) {
        assertThatThrownBy(made::run)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(message);
    }
}
