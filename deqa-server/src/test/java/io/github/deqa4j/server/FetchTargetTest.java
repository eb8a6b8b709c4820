package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchTargetTest {
    private static final UrlSettings SETTINGS = UrlSettings.of(List.of("example.org", "*.cdn.net"));

    @ParameterizedTest
    @CsvSource({
        "https://example.org/a.jpg, https://example.org/a.jpg",
        "HTTPS://EXAMPLE.ORG:443/a.jpg?x=1, HTTPS://EXAMPLE.ORG:443/a.jpg?x=1",
        "https://x.cdn.net, https://x.cdn.net",
        "https://example.org/ä.jpg, https://example.org/%C3%A4.jpg"
    })
    void aUrlOfAnAllowedHostIsATarget(String url, String uri) {
        assertThat(FetchTarget.of(url, SETTINGS).uri()).hasToString(uri);
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.org/, must begin with https://",
        "file:///etc/passwd, must begin with https://",
        "ftp://example.org/, must begin with https://",
        "gopher://example.org/, must begin with https://",
        "jar:https://example.org/!/a, must begin with https://",
        "//example.org/a.jpg, must begin with https://",
        "example.org/a.jpg, must begin with https://",
        "https://user:secret@example.org/, user name or password",
        "https://example.org@evil.net/, user name or password",
        "https://evil.net/, does not fetch images from",
        "https://evil.net/?https://example.org/, does not fetch images from",
        "https://evil.net#example.org, does not fetch images from",
        "https://example.org.evil.net/, does not fetch images from",
        "https://example.org./, does not fetch images from",
        "https://127.0.0.1/, does not fetch images from",
        "https://2130706433/, does not fetch images from",
        "https://[::1]/, does not fetch images from",
        "https://example.org:8443/, has port 8443"
    })
    void whatTheSettingsForbidIsRefused(String url, String problem) {
        assertRefused(url, SETTINGS, ErrorCode.URL_NOT_ALLOWED, url + " ", problem);
    }

    @ParameterizedTest
    @CsvSource({
        "https://, is no URL",
        "https:///a.jpg, no host name",
        "https://exämple.org/, no host name",
        "https://example.org/a b, is no URL",
        "https://example.org\\@evil.net/, is no URL",
        "https://[::1/, is no URL",
        "https://example.org:99999999999/, no host name"
    })
    void whatIsNoUrlIsRefused(String url, String problem) {
        assertRefused(url, SETTINGS, ErrorCode.BAD_REQUEST, url + " ", problem);
    }

    @Test
    void aUrlHasALimit() {
        String url = "https://example.org/" + "a".repeat(2029);
        assertRefused(
                url,
                SETTINGS,
                ErrorCode.BAD_REQUEST,
                "https://example.org/aa",
                "has 2049 characters; 2048 is the limit");
    }

    @Test
    void httpAndOtherPortsAreAllowedIfSet() {
        UrlSettings plain = SETTINGS.withPlainHttp();
        assertThat(FetchTarget.of("http://example.org/", plain).uri()).hasToString("http://example.org/");
        assertRefused(
                "http://example.org:443/",
                plain,
                ErrorCode.URL_NOT_ALLOWED,
                "http://example.org:443/ ",
                "has port 443");
        UrlSettings ports = SETTINGS.withPorts(Set.of(8443));
        assertThat(FetchTarget.of("https://example.org:8443/", ports).uri()).hasToString("https://example.org:8443/");
        assertRefused(
                "https://example.org/", ports, ErrorCode.URL_NOT_ALLOWED, "https://example.org/ ", "has port 443");
    }

    @Test
    void aRedirectIsCheckedAnew() {
        FetchTarget start = FetchTarget.of("https://example.org/a/b.jpg", SETTINGS);
        assertThat(start.redirect("../c.jpg", SETTINGS).uri()).hasToString("https://example.org/c.jpg");
        assertThat(start.redirect("//x.cdn.net/", SETTINGS).uri()).hasToString("https://x.cdn.net/");
        assertThatThrownBy(() -> start.redirect("//evil.net/", SETTINGS)).hasMessageStartingWith("https://evil.net/ ");
        assertThatThrownBy(() -> start.redirect("http://example.org/", SETTINGS))
                .hasMessageContaining("must begin with https://");
        assertThatThrownBy(() -> start.redirect("a b", SETTINGS))
                .hasMessage("https://example.org/a/b.jpg: the host redirects to \"a b\", which is no URL");
    }

    private static void assertRefused(String url, UrlSettings settings, ErrorCode code, String start, String problem) {
        assertThatThrownBy(() -> FetchTarget.of(url, settings))
                .hasMessageStartingWith(start)
                .hasMessageContaining(problem)
                .asInstanceOf(type(RequestException.class))
                .extracting(RequestException::code)
                .isEqualTo(code);
    }
}
