package dev.weir.proxy.listener;

import dev.weir.proxy.http.ChunkScanner;
import dev.weir.proxy.http.HeadParser;
import dev.weir.proxy.http.HeadProgress;
import dev.weir.proxy.io.Worker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

/// The bytes that a client sends, read in place: finds where each request ends and hands its parts
/// to the exchange.
///
/// What cannot be taken yet is kept; bodies are passed on as slices of what was read. One for each
/// connection, on its worker's loop.
final class RequestReader {
    /// Most heads end within these bytes; the body behind them need not be copied to be parsed.
    private static final int FIRST_LOOK = 4 * 1024;

    private enum Phase {
        /// Between requests, or within a head.
        HEAD,
        LENGTH,
        CHUNKS,
        /// The request is complete; the next one waits for the response.
        COMPLETE,
        TUNNEL,
        /// The last response is out: what still comes is dropped.
        DISCARD
    }

    private final Worker worker;
    private final ClientConnection connection;
    private final ClientExchange exchange;
    private final RequestHead head;
    private final boolean stripPort;
    private final ChunkScanner chunks = new ChunkScanner();
    private final HeadProgress progress = new HeadProgress();
    private Phase phase = Phase.HEAD;
    private @Nullable ByteBuf kept;
    private boolean consuming;
    private boolean headStarted;
    private long left;

    RequestReader(
            Worker worker,
            ClientConnection connection,
            ClientExchange exchange,
            RequestHead head,
            boolean stripPort) {
        this.worker = worker;
        this.connection = connection;
        this.exchange = exchange;
        this.head = head;
        this.stripPort = stripPort;
    }

    /// True from the first byte of a head until its last.
    boolean headStarted() {
        return headStarted;
    }

    /// True when bytes wait that could not be taken.
    boolean holdsBytes() {
        return kept != null;
    }

    /// The response is out: reads the next head.
    void next() {
        phase = Phase.HEAD;
        headStarted = false;
    }

    /// From now on bytes pass uninterpreted.
    void tunnel() {
        phase = Phase.TUNNEL;
    }

    /// From now on bytes are dropped.
    void discard() {
        phase = Phase.DISCARD;
    }

    /// Gives up what was kept.
    void release() {
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }

    /// Reads what came; ownership passes.
    void read(ByteBuf in, ByteBufAllocator allocator) {
        if (kept == null) {
            consume(in, allocator, false);
            return;
        }
        kept.writeBytes(in);
        in.release();
        if (!exchange.connecting()) {
            resume(allocator);
        }
    }

    /// Goes on with what was kept.
    void resume(ByteBufAllocator allocator) {
        if (consuming || kept == null) {
            return;
        }
        ByteBuf in = kept;
        kept = null;
        consume(in, allocator, true);
    }

    private void consume(ByteBuf in, ByteBufAllocator allocator, boolean owned) {
        consuming = true;
        try {
            boolean more = true;
            while (more && in.isReadable()) {
                more =
                        switch (phase) {
                            case HEAD -> readHead(in);
                            case LENGTH -> readLength(in);
                            case CHUNKS -> readChunks(in);
                            case COMPLETE -> {
                                // a pipelined request waits in the socket
                                connection.stopReading();
                                yield false;
                            }
                            case TUNNEL -> {
                                exchange.tunnelled(in.readRetainedSlice(in.readableBytes()));
                                yield true;
                            }
                            case DISCARD -> {
                                in.skipBytes(in.readableBytes());
                                yield false;
                            }
                        };
            }
            exchange.flushRequest();
            if (in.isReadable() && connection.isOpen()) {
                keep(in, allocator, owned);
            }
        } finally {
            in.release();
            consuming = false;
        }
    }

    private void keep(ByteBuf in, ByteBufAllocator allocator, boolean owned) {
        if (owned) {
            in.discardReadBytes();
            kept = in.retain();
        } else {
            kept = allocator.buffer(Math.max(256, in.readableBytes() * 2)).writeBytes(in);
        }
    }

    private boolean readHead(ByteBuf in) {
        if (!headStarted) {
            headStarted = true;
            progress.reset();
        }
        if (!progress.worthParsing(in)) {
            return false;
        }
        byte[] source = worker.input();
        int available = Math.min(in.readableBytes(), FIRST_LOOK);
        in.getBytes(in.readerIndex(), source, 0, available);
        head.stripPort(stripPort);
        int length = head.parse(source, available);
        if (length == HeadParser.INCOMPLETE && available < in.readableBytes()) {
            available = Math.min(in.readableBytes(), Worker.MAX_HEAD + 1);
            in.getBytes(in.readerIndex(), source, 0, available);
            length = head.parse(source, available);
        }
        if (length == HeadParser.INCOMPLETE && available <= Worker.MAX_HEAD) {
            if (progress.first()) {
                connection.awaitHead();
            }
            progress.incomplete(available);
            return false;
        }
        headStarted = false;
        phase = Phase.COMPLETE;
        if (length <= 0) {
            in.skipBytes(in.readableBytes());
            exchange.malformedHead(length == 0 ? 431 : -length);
            return false;
        }
        in.skipBytes(length);
        expectBody();
        exchange.start(head);
        return true;
    }

    private void expectBody() {
        if (head.chunked()) {
            chunks.start();
            phase = Phase.CHUNKS;
        } else if (head.contentLength() > 0) {
            left = head.contentLength();
            phase = Phase.LENGTH;
        }
    }

    private boolean readLength(ByteBuf in) {
        if (!exchange.takesBody()) {
            return false;
        }
        int length = (int) Math.min(left, in.readableBytes());
        left -= length;
        exchange.body(in.readRetainedSlice(length));
        if (left == 0) {
            bodyComplete();
        }
        return true;
    }

    private boolean readChunks(ByteBuf in) {
        if (!exchange.takesBody()) {
            return false;
        }
        int from = in.readerIndex();
        int to = chunks.scan(in, from, in.writerIndex());
        if (chunks.malformed()) {
            in.skipBytes(in.readableBytes());
            exchange.malformedBody();
            return false;
        }
        if (chunks.forwardTo() > from) {
            exchange.body(in.retainedSlice(from, chunks.forwardTo() - from));
        }
        if (chunks.appendEnd()) {
            exchange.body(LocalReply.CRLF.duplicate());
        }
        in.readerIndex(to);
        if (chunks.done()) {
            bodyComplete();
        }
        return true;
    }

    private void bodyComplete() {
        phase = Phase.COMPLETE;
        exchange.bodyComplete();
    }
}
