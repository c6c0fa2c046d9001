package dev.weir.bundle;

import dev.weir.agent.supervise.EngineException;
import dev.weir.agent.supervise.ProxyEngine;
import dev.weir.model.Engine;
import dev.weir.proxy.EmbeddedProxy;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;

/// The proxy of this process as the agent sees one.
///
/// Safe for any thread once started.
final class EmbeddedEngine implements ProxyEngine {
    private static final int READY_MILLIS = 1000;

    private final dev.weir.proxy.Settings settings;
    private volatile @Nullable EmbeddedProxy proxy;

    EmbeddedEngine(dev.weir.proxy.Settings settings) {
        this.settings = settings;
    }

    @Override
    public Engine engine() {
        return Engine.EMBEDDED;
    }

    @Override
    public String version() {
        return "embedded " + Version.number();
    }

    @Override
    public void start() throws EngineException {
        try {
            proxy = EmbeddedProxy.start(settings);
        } catch (IOException failed) {
            throw new EngineException(
                    "proxy: cannot start (%s); is %s free?"
                            .formatted(failed.getMessage(), settings.admin()),
                    failed);
        }
    }

    @Override
    public URI adminAddress() {
        EmbeddedProxy running = proxy;
        if (running == null) {
            throw new IllegalStateException("proxy: has not been started; call start() first");
        }
        InetSocketAddress address = running.adminAddress();
        return URI.create("http://" + new HostPort(address.getHostString(), address.getPort()));
    }

    @Override
    public boolean ready() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) adminAddress().resolve("/ready").toURL().openConnection();
            connection.setConnectTimeout(READY_MILLIS);
            connection.setReadTimeout(READY_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notThere) {
            return false;
        }
    }

    @Override
    public void close() {
        EmbeddedProxy running = proxy;
        if (running != null) {
            running.close();
        }
    }
}
