package dev.weir.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A wire to a server that a test can cut, leave cut, and put to another server.
final class Forwarder implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final ServerSocket door = new ServerSocket(0, 50, LOOPBACK);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;

    /// @param target the server's port
    Forwarder(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /// Breaks every connection, and every new one until it is [#mend]ed.
    void cut() throws IOException {
        target = 0;
        for (Socket socket : open) {
            socket.close();
        }
    }

    void mend(int newTarget) {
        target = newTarget;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                open.add(near);
                if (target == 0) {
                    near.close();
                    continue;
                }
                Socket far = new Socket(LOOPBACK, target);
                open.add(far);
                Thread.ofVirtual().start(() -> copy(near, far));
                Thread.ofVirtual().start(() -> copy(far, near));
            } catch (IOException ended) {
                // the test is over, or the server is away: the client tries again
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // both ends are closed now
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }
}
