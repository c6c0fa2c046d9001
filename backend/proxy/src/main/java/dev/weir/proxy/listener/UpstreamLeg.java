package dev.weir.proxy.listener;

import dev.weir.proxy.io.Worker;
import dev.weir.proxy.stats.ClusterMetric;
import dev.weir.proxy.stats.HostMetric;
import dev.weir.proxy.upstream.Cluster;
import dev.weir.proxy.upstream.Exchange;
import dev.weir.proxy.upstream.Host;
import dev.weir.proxy.upstream.UpstreamConnection;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/// The endpoint's side of the request in flight: the endpoint picked, the connection to it, and
/// what has still to be written there.
///
/// Every [#pick] is taken back by one [#finish]. On the worker's loop.
final class UpstreamLeg {
    private final Worker worker;
    private final int index;
    private final Exchange exchange;
    private @Nullable Cluster cluster;
    private @Nullable Host host;
    private @Nullable UpstreamConnection connection;
    private @Nullable ByteBuf head;
    private @Nullable ByteBuf retryHead;
    private boolean connecting;
    private boolean unflushed;

    UpstreamLeg(Worker worker, Exchange exchange) {
        this.worker = worker;
        this.index = worker.index();
        this.exchange = exchange;
    }

    /// Picks an endpoint of the group; null when there is one, and otherwise what to answer with
    /// 503.
    @Nullable AsciiString pick(Cluster chosen) {
        cluster = chosen;
        if (chosen.overflows(index)) {
            return LocalReply.OVERFLOW;
        }
        Host picked = chosen.pick(worker);
        if (picked == null) {
            chosen.stats().increment(index, ClusterMetric.CX_NONE_HEALTHY);
            return LocalReply.NO_HEALTHY_UPSTREAM;
        }
        host = picked;
        return chosen.overflows(index, picked) ? LocalReply.OVERFLOW : null;
    }

    /// Gets a connection for this head, whose ownership passes; true when it is there at once.
    ///
    /// @param retriable whether the head may be sent again when a pooled connection turns out stale
    boolean connect(ByteBuf requestHead, boolean retriable) {
        head = requestHead;
        UpstreamConnection acquired =
                UpstreamConnection.acquire(
                        worker,
                        Objects.requireNonNull(cluster),
                        Objects.requireNonNull(host),
                        exchange,
                        false);
        connection = acquired;
        connecting = !acquired.isOpen();
        if (retriable && !connecting) {
            retryHead = requestHead.retainedDuplicate();
        }
        return !connecting;
    }

    /// Tries once more on a new connection when a pooled one ended before any answer: the endpoint
    /// had closed it already. False when that may not be.
    boolean retry() {
        UpstreamConnection broken = connection;
        ByteBuf again = retryHead;
        connection = null;
        boolean stale = broken != null && broken.reused() && !broken.responded();
        if (!stale || again == null || cluster == null || host == null) {
            return false;
        }
        retryHead = null;
        head = again;
        connecting = true;
        cluster.stats().increment(index, ClusterMetric.RQ_RETRY);
        connection = UpstreamConnection.acquire(worker, cluster, host, exchange, true);
        return true;
    }

    /// True while the head waits for a connection.
    boolean connecting() {
        return connecting;
    }

    /// True when bytes can be written.
    boolean connected() {
        return connection != null && !connecting;
    }

    /// Writes the head; the body, or [#complete], follows.
    void begin() {
        ByteBuf bytes = Objects.requireNonNull(head);
        head = null;
        connecting = false;
        unflushed = true;
        Objects.requireNonNull(connection).begin(bytes);
    }

    /// Writes a part of the body or of the tunnel; ownership passes. False when the endpoint takes
    /// no more for now.
    boolean write(ByteBuf bytes) {
        UpstreamConnection open = connection;
        if (open == null) {
            bytes.release();
            return true;
        }
        unflushed = true;
        open.write(bytes);
        return open.isWritable();
    }

    /// The request has been written whole.
    void complete() {
        if (connection != null) {
            connection.requestSent();
        }
    }

    /// Sends what was written since the last flush.
    void flush() {
        if (unflushed) {
            unflushed = false;
            if (connection != null) {
                connection.flush();
            }
        }
    }

    /// Stops reading the response, or goes on; false when there is none to be read.
    boolean reading(boolean enabled) {
        if (connection == null || !connection.isOpen()) {
            return false;
        }
        connection.reading(enabled);
        return true;
    }

    /// Ends this direction of a tunnel; false when it is gone.
    boolean shutdownOutput() {
        if (connection == null) {
            return false;
        }
        connection.shutdownOutput();
        return true;
    }

    /// The response has begun: there is no way back.
    void responded() {
        if (retryHead != null) {
            retryHead.release();
            retryHead = null;
        }
    }

    /// The connection is no longer this request's.
    void detach() {
        connection = null;
    }

    /// Lets go of the connection with the response unread.
    void abandon() {
        UpstreamConnection left = connection;
        connection = null;
        if (left != null) {
            left.abandon();
        }
    }

    /// Counts that no response came in time.
    void timedOut() {
        if (cluster != null) {
            cluster.stats().increment(index, ClusterMetric.RQ_TIMEOUT);
        }
        if (host != null) {
            host.stats().increment(index, HostMetric.RQ_TIMEOUT);
        }
    }

    /// Counts the end and gives everything back; a status of 0 stands for none.
    void finish(int status, long nanos) {
        connecting = false;
        responded();
        if (head != null) {
            head.release();
            head = null;
        }
        Host served = host;
        if (served != null) {
            host = null;
            served.end();
            boolean failed = status == 0 || status >= 500;
            served.stats().increment(index, failed ? HostMetric.RQ_ERROR : HostMetric.RQ_SUCCESS);
        }
        if (cluster != null && status != 0) {
            cluster.stats().completed(index, status, nanos);
        }
        cluster = null;
    }
}
