package io.github.deqa4j.hub;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.file.Excerpt;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where models come from and where they are kept, as Python's {@code huggingface_hub} has it.
 *
 * @param endpoint address of the hub, http or https, without a slash at its end
 * @param cache folder of the cache; need not exist
 * @param token what private repositories want to see; sent to the endpoint alone
 * @param offline whether the cache alone is used
 */
public record HubSettings(URI endpoint, Path cache, Optional<String> token, boolean offline) {
    private static final String PUBLIC = "https://huggingface.co";
    private static final Set<String> YES = Set.of("1", "ON", "YES", "TRUE");

    /** @throws InvalidSettingException if the endpoint is no address or the token cannot be one */
    public HubSettings {
        if (!Set.of("http", "https").contains(String.valueOf(endpoint.getScheme()))
                || endpoint.getHost() == null
                || endpoint.getRawQuery() != null
                || endpoint.getRawFragment() != null
                || endpoint.getRawUserInfo() != null
                || endpoint.toString().endsWith("/")) {
            throw noEndpoint(endpoint.toString());
        }
        if (token.isPresent() && !token.get().matches("[!-~]+")) {
            throw new InvalidSettingException(
                    "the token of the hub has characters other than letters, digits and signs of"
                            + " ASCII; copy it from the hub again");
        }
    }

    /**
     * The settings of this process's environment. Nothing else in deqa4j reads these variables.
     *
     * @throws DeqaException if a variable has a wrong value or the file with the token cannot be read
     */
    public static HubSettings fromEnvironment() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /** The settings of an environment: the variables of {@code huggingface_hub}, with its precedence and defaults. */
    static HubSettings of(Map<String, String> environment, Path home) {
        Variables variables = new Variables(environment, home);
        Path hub = variables
                .path("HF_HOME")
                .orElseGet(() -> variables
                        .path("XDG_CACHE_HOME")
                        .orElse(home.resolve(".cache"))
                        .resolve("huggingface"));
        Path tokenFile = variables.path("HF_TOKEN_PATH").orElse(hub.resolve("token"));
        return new HubSettings(
                endpoint(variables.text("HF_ENDPOINT").orElse(PUBLIC)),
                variables.path("HF_HUB_CACHE").orElse(hub.resolve("hub")),
                variables.text("HF_TOKEN").or(() -> token(tokenFile)),
                variables
                        .text("HF_HUB_OFFLINE")
                        .map(text -> text.toUpperCase(Locale.ROOT))
                        .filter(YES::contains)
                        .isPresent());
    }

    private static URI endpoint(String text) {
        try {
            return URI.create(text.replaceFirst("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw noEndpoint(text);
        }
    }

    /** The error for an address, of which what may be a password is not shown. */
    private static InvalidSettingException noEndpoint(String address) {
        return new InvalidSettingException("the address of the hub is "
                + Excerpt.quoted(address.replaceFirst("(?s)^([a-z]+://)?.*@", "$1…@")) + "; it must be one such as "
                + PUBLIC
                + ", without a name and a password");
    }

    private static Optional<String> token(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            throw new DeqaException(
                    file + ": this file with the token of the hub cannot be read (" + Excerpt.reason(e) + ")", e);
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return endpoint + ", " + cache + (token.isPresent() ? ", with a token" : "") + (offline ? ", offline" : "");
    }

    /** An environment, in which a blank variable counts as none. */
    private record Variables(Map<String, String> values, Path home) {
        Optional<String> text(String name) {
            return Stream.of(name)
                    .map(values::get)
                    .flatMap((@Nullable String value) -> Stream.ofNullable(value))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .findFirst();
        }

        Optional<Path> path(String name) {
            return text(name)
                    .map(value -> value.equals("~") || value.startsWith("~/")
                            ? home.resolve(value.substring(1).replaceFirst("^/+", ""))
                            : Path.of(value));
        }
    }
}
