package dev.weir.agent.supervise;

import dev.weir.model.Engine;

import java.net.URI;

/// The proxy of a node, whichever engine it is.
///
/// Safe for any thread.
public interface ProxyEngine extends AutoCloseable {

    /// Which engine it is.
    Engine engine();

    /// Name and version, such as `envoy 1.40.0`; empty while it is not known.
    String version();

    /// Starts the engine and returns when its admin door answers; it may not have its configuration
    /// yet.
    ///
    /// @throws EngineException where it cannot be started, with what it said
    void start() throws EngineException;

    /// Base address of the admin door, which also tells the metrics. Another one after the engine
    /// was started again.
    URI adminAddress();

    /// Whether the engine has its first configuration and takes traffic.
    boolean ready();

    /// Lets connections end, for a short time, and stops the engine.
    @Override
    void close();
}
