package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidSettingException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessSettingsTest {
    private static final AccessSettings DEFAULTS = AccessSettings.defaults();

    @Test
    void nothingIsOpenedByDefault() {
        assertThat(DEFAULTS)
                .isEqualTo(new AccessSettings(
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        RequestLogFormat.NONE,
                        4096,
                        Duration.ofSeconds(30)));
        assertThat(DEFAULTS.allowsOrigin("https://example.org")).isFalse();
    }

    @Test
    void originsAreComparedAsTheyAre() {
        AccessSettings one = DEFAULTS.withOrigins(List.of("https://example.org:8443"));
        assertThat(one.allowsOrigin("https://example.org:8443")).isTrue();
        assertThat(one.allowsOrigin("https://example.org")).isFalse();
        assertThat(one.allowsOrigin("null")).isFalse();
        assertThat(DEFAULTS.withOrigins(List.of("*")).allowsOrigin("null")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"example.org", "https://example.org/", "null", "https://*.example.org", "HTTPS://example.org"})
    void anOriginIsWrittenAsBrowsersDo(String origin) {
        assertThatThrownBy(() -> DEFAULTS.withOrigins(List.of(origin)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("origin \"" + origin + "\"; write scheme, host and port as browsers do");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_001})
    void connectionsHaveARange(int connections) {
        assertThatThrownBy(() -> DEFAULTS.withConnections(connections))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("connections is " + connections + "; it must be from 1 to 1000000");
    }

    @Test
    void theIdleTimeHasARange() {
        assertThatThrownBy(() -> DEFAULTS.withIdleTime(Duration.ZERO))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("idleTime is 0 ms; it must be from 1 to 3600000 ms");
        assertThatThrownBy(() -> DEFAULTS.withIdleTime(Duration.ofDays(1))).isInstanceOf(InvalidSettingException.class);
    }
}
