package io.github.deqa4j.server;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.file.Excerpt;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * From where a server fetches the images of a request that names URLs. Whatever is set here, it connects to public addresses alone.
 *
 * @param hosts names of hosts: {@code example.org}, {@code *.example.org} for every host below it but not itself, or {@code *} for all;
 *     at least one
 * @param plainHttp whether URLs may be of http (default no: https alone)
 * @param ports the ports that are allowed, from 1 to 65,535; none (the default) for that of the scheme, 443 or 80
 * @param maxBytes the most bytes of all images of a request together, from 1 to 1 GiB (default 32 MiB)
 * @param timeout for all images of a request together, with names, connections and redirects; from a millisecond to ten minutes (default
 *     ten seconds)
 */
public record UrlSettings(List<String> hosts, boolean plainHttp, Set<Integer> ports, int maxBytes, Duration timeout) {
    private static final String ALL = "*";
    private static final String BELOW = "*.";
    private static final int LAST_PORT = 65_535;
    private static final int MOST_BYTES = 1 << 30;
    private static final int DEFAULT_BYTES = 32 << 20;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** A name or an IPv4 address, or an IPv6 address in brackets. */
    private static final Pattern HOST = Pattern.compile(
            "\\*|(\\*\\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*|\\[[0-9a-f:.]+]");

    /** @throws InvalidSettingException if there is no host, or a value is out of its range */
    public UrlSettings {
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        ports = Set.copyOf(ports);
        if (hosts.isEmpty()) {
            throw new InvalidSettingException("url-host", "hosts is empty; name at least one host, or leave URLs off");
        }
        hosts.forEach(UrlSettings::checkHost);
        ports.forEach(UrlSettings::checkPort);
        if (maxBytes < 1 || maxBytes > MOST_BYTES) {
            throw new InvalidSettingException(
                    "url-bytes", "maxBytes of a URL is " + maxBytes + "; it must be from 1 to " + MOST_BYTES);
        }
        if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new InvalidSettingException(
                    "url-time",
                    "timeout of URLs is " + timeout.toMillis() + " ms; it must be from 1 to " + LONGEST.toMillis());
        }
    }

    /** The defaults: https at its own port. */
    public static UrlSettings of(List<String> hosts) {
        return new UrlSettings(hosts, false, Set.of(), DEFAULT_BYTES, DEFAULT_TIMEOUT);
    }

    public UrlSettings withPlainHttp() {
        return new UrlSettings(hosts, true, ports, maxBytes, timeout);
    }

    public UrlSettings withPorts(Set<Integer> allowed) {
        return new UrlSettings(hosts, plainHttp, allowed, maxBytes, timeout);
    }

    public UrlSettings withMaxBytes(int most) {
        return new UrlSettings(hosts, plainHttp, ports, most, timeout);
    }

    public UrlSettings withTimeout(Duration longest) {
        return new UrlSettings(hosts, plainHttp, ports, maxBytes, longest);
    }

    /** Whether images may come from a host, in lower case. */
    boolean allowsHost(String host) {
        return hosts.stream()
                .anyMatch(rule -> rule.equals(ALL)
                        || rule.equals(host)
                        || (rule.startsWith(BELOW) && host.endsWith(rule.substring(1))));
    }

    private static void checkHost(String host) {
        if (!HOST.matcher(host).matches()) {
            throw new InvalidSettingException(
                    "url-host",
                    "host " + Excerpt.quoted(host)
                            + "; write a name such as example.org or *.example.org, without scheme, port or path, and in ASCII");
        }
    }

    private static void checkPort(int port) {
        if (port < 1 || port > LAST_PORT) {
            throw new InvalidSettingException("url-port", "port " + port + "; it must be from 1 to " + LAST_PORT);
        }
    }
}
