package io.github.deqa4j.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that tells whether its client has closed it while a request waits for its answer. Jetty reads nothing in that time, and
 * would notice only when it writes. What a look at the connection finds of the next request is kept for Jetty.
 *
 * <p>A client that closes its sending side alone counts as gone, as it does for other servers.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {
    private final ByteBuffer early = BufferUtil.allocate(1024);

    WatchedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** Whether the client of a request has gone; only for a request whose body has been read. */
    static boolean isGone(HttpServletRequest request) {
        EndPoint endPoint = ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        return endPoint instanceof WatchedEndPoint watched ? watched.isGone() : !endPoint.isOpen();
    }

    private boolean isGone() {
        if (!isOpen()) {
            return true;
        }
        try {
            synchronized (early) {
                return BufferUtil.isEmpty(early) && super.fill(early) < 0;
            }
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        synchronized (early) {
            return BufferUtil.hasContent(early) ? BufferUtil.append(buffer, early) : super.fill(buffer);
        }
    }

    /** The selector does not know of what has been read already. */
    @Override
    protected void needsFillInterest() {
        synchronized (early) {
            if (BufferUtil.isEmpty(early)) {
                super.needsFillInterest();
                return;
            }
        }
        getFillInterest().fillable();
    }
}
