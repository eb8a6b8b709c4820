package io.github.deqa4j.server;

import io.github.deqa4j.file.Excerpt;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * A URL that the settings allow.
 *
 * @param uri of http or https, with a host and without user and password; all of it in ASCII
 */
record FetchTarget(URI uri) {
    private static final int LONGEST = 2048;
    private static final String HTTP = "http";
    private static final String HTTPS = "https";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** @throws RequestException if the text is no URL, or one that the settings forbid */
    static FetchTarget of(String url, UrlSettings settings) {
        if (url.length() > LONGEST) {
            throw malformed(url, "has " + url.length() + " characters; " + LONGEST + " is the limit");
        }
        try {
            return checked(new URI(url), settings);
        } catch (URISyntaxException e) {
            throw malformed(url, "is no URL; encode spaces and special characters with %");
        }
    }

    /**
     * Where a redirect leads, which need not be allowed because this URL is.
     *
     * @throws RequestException as {@link #of}
     */
    FetchTarget redirect(String location, UrlSettings settings) {
        try {
            return of(uri.resolve(new URI(location)).toString(), settings);
        } catch (URISyntaxException e) {
            throw new RequestException(
                    ErrorCode.URL_UNAVAILABLE,
                    Excerpt.of(uri) + ": the host redirects to " + Excerpt.quoted(location) + ", which is no URL");
        }
    }

    private static FetchTarget checked(URI uri, UrlSettings settings) {
        checkScheme(uri, settings);
        if (uri.getHost() == null) {
            throw malformed(uri, "has no host name in ASCII; write other names in their form with xn--");
        }
        if (uri.getRawUserInfo() != null) {
            throw forbidden(uri, "contains a user name or password; URLs with one are not fetched");
        }
        if (!settings.allowsHost(uri.getHost().toLowerCase(Locale.ROOT))) {
            throw forbidden(uri, "has a host that this server does not fetch images from");
        }
        checkPort(uri, settings);
        return new FetchTarget(URI.create(uri.toASCIIString()));
    }

    private static void checkScheme(URI uri, UrlSettings settings) {
        String scheme = uri.getScheme();
        boolean allowed = HTTPS.equalsIgnoreCase(scheme) || (settings.plainHttp() && HTTP.equalsIgnoreCase(scheme));
        if (!allowed) {
            String schemes = settings.plainHttp() ? "https:// or http://" : "https://";
            throw forbidden(uri, "is not allowed; the URL must begin with " + schemes);
        }
    }

    private static void checkPort(URI uri, UrlSettings settings) {
        int standard = HTTPS.equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
        int port = uri.getPort() < 0 ? standard : uri.getPort();
        boolean allowed =
                settings.ports().isEmpty() ? port == standard : settings.ports().contains(port);
        if (!allowed) {
            throw forbidden(uri, "has port " + port + ", which this server does not fetch images from");
        }
    }

    private static RequestException malformed(Object url, String problem) {
        return new RequestException(ErrorCode.BAD_REQUEST, Excerpt.of(url) + " " + problem);
    }

    private static RequestException forbidden(Object url, String problem) {
        return new RequestException(ErrorCode.URL_NOT_ALLOWED, Excerpt.of(url) + " " + problem);
    }
}
