package io.github.deqa4j.server;

import io.github.deqa4j.file.Excerpt;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Looks up the addresses of a host and refuses the host if one of them is not allowed. The client connects to the addresses that this
 * returns, and looks nothing up again. A name server that answers differently the second time (DNS rebinding) therefore gains nothing.
 */
final class CheckedResolver implements SocketAddressResolver {
    /** The addresses of a host. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final Executor threads;
    private final Lookup lookup;
    private final Predicate<InetAddress> allowed;

    /** @param threads wait for name servers */
    CheckedResolver(Executor threads, Lookup lookup, Predicate<InetAddress> allowed) {
        this.threads = threads;
        this.lookup = lookup;
        this.allowed = allowed;
    }

    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        threads.execute(() -> {
            List<InetSocketAddress> addresses;
            try {
                addresses = checked(host, port);
            } catch (RequestException e) {
                promise.failed(e);
                return;
            }
            promise.succeeded(addresses);
        });
    }

    private List<InetSocketAddress> checked(String host, int port) {
        InetAddress[] addresses = addresses(host);
        if (addresses.length == 0 || !Arrays.stream(addresses).allMatch(allowed)) {
            throw new RequestException(
                    ErrorCode.URL_NOT_ALLOWED,
                    "the host " + Excerpt.quoted(host)
                            + " has an address that is not public; images are fetched from public addresses alone");
        }
        return Arrays.stream(addresses)
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    private InetAddress[] addresses(String host) {
        try {
            return lookup.addresses(host);
        } catch (UnknownHostException e) {
            throw new RequestException(ErrorCode.URL_UNAVAILABLE, "the host " + Excerpt.quoted(host) + " is not known");
        }
    }
}
