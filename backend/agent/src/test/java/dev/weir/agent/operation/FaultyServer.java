package dev.weir.agent.operation;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.SSLContext;

/// A server on loopback that answers each request with the bytes it is told to.
final class FaultyServer implements AutoCloseable {
    private final ServerSocket socket;
    private final boolean secure;
    private final boolean listens;
    private final Reply reply;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /// Writes an answer, right or wrong.
    interface Reply {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    private FaultyServer(ServerSocket socket, boolean secure, boolean listens, Reply reply) {
        this.socket = socket;
        this.secure = secure;
        this.listens = listens;
        this.reply = reply;
        Thread.ofVirtual().start(this::accept);
    }

    static FaultyServer plain(Reply reply) {
        try {
            return new FaultyServer(loopback(), false, true, reply);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Speaks first, whatever the client says.
    static FaultyServer greeting(String text) {
        try {
            return new FaultyServer(
                    loopback(),
                    false,
                    false,
                    out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ServerSocket loopback() throws IOException {
        return new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    }

    static FaultyServer secure(SSLContext context, Reply reply) {
        try {
            return new FaultyServer(
                    context.getServerSocketFactory()
                            .createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")),
                    true,
                    true,
                    reply);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// An answer with a length.
    static Reply answer(int status, String headers, byte[] body) {
        String head =
                "HTTP/1.1 %d Whatever\r\nContent-Length: %d\r\n%s\r\n"
                        .formatted(status, body.length, headers);
        return out -> {
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
        };
    }

    static Reply answer(int status, String body) {
        return answer(status, "", body.getBytes(StandardCharsets.UTF_8));
    }

    int port() {
        return socket.getLocalPort();
    }

    String url() {
        return (secure ? "https://127.0.0.1:" : "http://127.0.0.1:") + port();
    }

    /// The head of each request so far.
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            String head = listens ? head(connection.getInputStream()) : "";
            if (head != null) {
                requests.add(head);
                OutputStream out = connection.getOutputStream();
                reply.write(out);
                out.flush();
            }
        } catch (IOException clientWent) {
            // the client gave up, which is what most of these tests are about
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }
}
