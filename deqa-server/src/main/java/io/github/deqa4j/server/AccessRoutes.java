package io.github.deqa4j.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import java.util.Optional;

/** What comes before every endpoint: the key, and the headers that tell browsers what they may do with the answer. */
final class AccessRoutes implements Routes {
    private static final String BEARER = "Bearer ";
    private static final String KEY_HEADER = "X-API-Key";
    private static final String DAY_SECONDS = "86400";

    private final AccessSettings settings;
    private final Optional<ApiKeyFile> keys;

    /** @throws io.github.deqa4j.InvalidSettingException if there is a key file that cannot be used */
    AccessRoutes(AccessSettings settings) {
        this.settings = settings;
        this.keys = settings.keyFile().map(ApiKeyFile::new);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.before(AccessRoutes::setSecurityHeaders);
        routes.before(this::setOriginHeaders);
        routes.before(this::answerPreflight);
        keys.ifPresent(file -> routes.before(context -> requireKey(context, file)));
    }

    private static void setSecurityHeaders(Context context) {
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("X-Frame-Options", "DENY");
    }

    /** Browsers show an answer to a page of another site only with these headers. Without them the request itself is answered all the same. */
    private void setOriginHeaders(Context context) {
        String origin = context.header(Header.ORIGIN);
        if (!settings.origins().isEmpty()) {
            context.header(Header.VARY, Header.ORIGIN);
        }
        if (origin != null && settings.allowsOrigin(origin)) {
            context.header(Header.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            context.header(Header.ACCESS_CONTROL_EXPOSE_HEADERS, "X-Request-Id, X-Deqa-Score, Retry-After");
            context.header("Cross-Origin-Resource-Policy", "cross-origin");
        }
    }

    /** A browser asks with OPTIONS, and without a key, whether a page of another site may send a request. */
    private void answerPreflight(Context context) {
        String origin = context.header(Header.ORIGIN);
        if (isPreflight(context) && origin != null && settings.allowsOrigin(origin)) {
            context.header(Header.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST");
            context.header(Header.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type, X-API-Key, X-Request-Id");
            context.header(Header.ACCESS_CONTROL_MAX_AGE, DAY_SECONDS);
            context.status(204).skipRemainingHandlers();
        }
    }

    private static boolean isPreflight(Context context) {
        return context.method().equals(HandlerType.OPTIONS)
                && context.header(Header.ACCESS_CONTROL_REQUEST_METHOD) != null;
    }

    private static void requireKey(Context context, ApiKeyFile keys) {
        String path = context.path();
        if (!path.startsWith("/v1/") && !path.equals("/metrics")) {
            return;
        }
        Optional<String> key = key(context);
        if (key.isEmpty() || !keys.contains(key.get())) {
            context.header(Header.WWW_AUTHENTICATE, "Bearer");
            throw new RequestException(
                    ErrorCode.UNAUTHORIZED,
                    key.isEmpty()
                            ? "this server needs an API key; send it as \"Authorization: Bearer KEY\" or \"X-API-Key: KEY\""
                            : "the API key is not one of this server's");
        }
    }

    private static Optional<String> key(Context context) {
        String authorization = context.header(Header.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(authorization.substring(BEARER.length()).strip());
        }
        return Optional.ofNullable(context.header(KEY_HEADER)).map(String::strip);
    }
}
