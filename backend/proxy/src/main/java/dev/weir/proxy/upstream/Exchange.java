package dev.weir.proxy.upstream;

import io.netty.buffer.ByteBuf;

/// The client's side of one request, as its upstream connection sees it; all calls on the worker's
/// loop.
public interface Exchange {

    /// The connection is open and takes the request.
    void connected();

    /// No connection came about; the exchange answers the client itself.
    void connectFailed(boolean timedOut);

    /// True when the response has no body whatever its head says.
    boolean isHead();

    /// True when the client asked for this connection to become a tunnel.
    boolean isUpgrade();

    /// True when the head for the client must say `Connection: close`.
    boolean closesAfterResponse();

    /// The response ends with the endpoint's connection, so the client's has to end as well.
    void endsByClosing();

    /// The final status has been read; its head follows as the first data.
    void status(int status);

    /// Bytes for the client; ownership passes.
    void data(ByteBuf bytes);

    /// What was handed over should leave now.
    void flush();

    /// The response is complete and was flushed; the connection is no longer this exchange's.
    void responseComplete();

    /// The response is `101`: what follows in both directions is opaque.
    void tunnel();

    /// The connection ended or broke the protocol before the response was complete.
    void lost(boolean malformed);

    /// The connection takes more of the request again.
    void writable();
}
