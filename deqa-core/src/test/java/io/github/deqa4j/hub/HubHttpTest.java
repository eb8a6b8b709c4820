package io.github.deqa4j.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubHttpTest {
    private static final URI HUB = URI.create("https://hub.example/a/b");

    @ParameterizedTest
    @CsvSource({
        "/c,https://hub.example/c",
        "c?d=e,https://hub.example/a/c?d=e",
        "//cdn.example/c,https://cdn.example/c",
        "https://cdn.example:8443/c,https://cdn.example:8443/c"
    })
    void aRedirectionMayBeRelativeOrLeadElsewhere(String location, String target) throws Exception {
        assertThat(HubHttp.target(HUB, location)).hasToString(target);
    }

    @ParameterizedTest
    @CsvSource({"http://hub.example/a", "ftp://hub.example/a", "https:///a", "mailto:a@b"})
    void aRedirectionNeverLeavesHttps(String location) {
        assertThatThrownBy(() -> HubHttp.target(HUB, location))
                .isInstanceOf(DeqaException.class)
                .hasMessageContaining("which is not followed");
    }

    @ParameterizedTest
    @CsvSource({
        "https://HUB.example:443/x,true",
        "https://hub.example/,true",
        "http://hub.example/,false",
        "http://hub.example:443/,false",
        "https://hub.example:444/,false",
        "https://hub.example.evil/,false",
        "https://evil-hub.example/,false"
    })
    void theHubIsItsSchemeHostAndPort(String address, boolean same) {
        assertThat(HubHttp.isSame(URI.create(address), HUB)).isEqualTo(same);
    }
}
