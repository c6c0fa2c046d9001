package dev.weir.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A small HTTP/1.1 server on loopback whose answers a test writes byte by byte.
final class Backend implements AutoCloseable {
    private final ServerSocket listening;
    private final Handler handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger connections = new AtomicInteger();

    /// Answers one request; returns false to close the connection.
    interface Handler {
        boolean answer(Request request, OutputStream out) throws IOException;
    }

    /// What arrived: the head as it came, the decoded body as Latin-1, and what follows.
    record Request(String head, String body, InputStream rest) {
        String path() {
            return head.split(" ", 3)[1];
        }
    }

    Backend(Handler handler) throws IOException {
        this.handler = handler;
        this.listening = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /// Answers every request with this text.
    static Backend saying(String text) throws IOException {
        return new Backend((request, out) -> respond(out, "200 OK", text));
    }

    /// Answers with the head it received.
    static Backend echoingHeads() throws IOException {
        return new Backend((request, out) -> respond(out, "200 OK", request.head()));
    }

    static boolean respond(OutputStream out, String status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.ISO_8859_1);
        String head = "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        out.write(all.toByteArray());
        return true;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                open.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (true) {
                String head = readHead(in);
                if (head.isEmpty()) {
                    return;
                }
                Request request =
                        new Request(
                                head,
                                new String(readBody(head, in), StandardCharsets.ISO_8859_1),
                                in);
                requests.incrementAndGet();
                if (!handler.answer(request, out)) {
                    return;
                }
                out.flush();
            }
        } catch (IOException e) {
            // the proxy closed the connection
        } finally {
            open.remove(socket);
        }
    }

    static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return "";
            }
            head.append((char) b);
        }
        return head.toString();
    }

    static byte[] readBody(String head, InputStream in) throws IOException {
        String lower = head.toLowerCase(Locale.ROOT);
        int length = lower.indexOf("\r\ncontent-length:");
        if (length >= 0) {
            String value = lower.substring(length + 17, lower.indexOf("\r\n", length + 2));
            return in.readNBytes(Integer.parseInt(value.trim()));
        }
        return lower.contains("\r\ntransfer-encoding: chunked") ? readChunks(in) : new byte[0];
    }

    private static byte[] readChunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = readLine(in);
            int size = Integer.parseInt(line.split(";", 2)[0], 16);
            if (size == 0) {
                while (!readLine(in).isEmpty()) {
                    // trailers
                }
                return body.toByteArray();
            }
            body.writeBytes(in.readNBytes(size));
            readLine(in);
        }
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int b = in.read();
        while (b != '\n' && b >= 0) {
            if (b != '\r') {
                line.append((char) b);
            }
            b = in.read();
        }
        return line.toString();
    }

    /// Closes the connections that exist and goes on listening.
    void dropConnections() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        dropConnections();
    }
}
