package dev.weir.proxy.upstream;

import dev.weir.proxy.http.ChunkScanner;
import dev.weir.proxy.http.HeadParser;
import dev.weir.proxy.http.HeadProgress;
import dev.weir.proxy.io.Worker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

/// The bytes that an endpoint sends, read in place: finds where each response ends and hands its
/// parts to the exchange.
///
/// Bodies are passed on as slices of what was read. One for each connection, on its worker's loop.
final class ResponseReader {
    /// Body bytes copied behind the head, so that a small response leaves in one buffer.
    private static final int COALESCE = 8 * 1024;

    /// Most heads end within these bytes; the body behind them need not be copied to be parsed.
    private static final int FIRST_LOOK = 4 * 1024;

    private static final ByteBuf END_OF_CHUNKS =
            Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer(2).writeByte('\r').writeByte('\n').asReadOnly());

    private enum Phase {
        /// No request is waiting for an answer.
        NONE,
        HEAD,
        LENGTH,
        CHUNKS,
        UNTIL_CLOSE,
        TUNNEL
    }

    private final Worker worker;
    private final UpstreamConnection connection;
    private final ResponseHead head;
    private final ChunkScanner chunks = new ChunkScanner();
    private final HeadProgress progress = new HeadProgress();
    private Phase phase = Phase.NONE;
    private @Nullable ByteBuf partial;
    private boolean headIncomplete;
    private long left;
    private boolean keepAlive;
    private int idleSeconds = -1;

    ResponseReader(Worker worker, UpstreamConnection connection) {
        this.worker = worker;
        this.connection = connection;
        this.head = ResponseHeads.of(worker);
    }

    /// A request has been written: what comes next is its response.
    void expect() {
        phase = Phase.HEAD;
    }

    /// True while a response has not got as far as its final status.
    boolean inHead() {
        return phase == Phase.HEAD;
    }

    /// True when the end of the connection is a proper end of the response.
    boolean endsWithConnection() {
        return phase == Phase.UNTIL_CLOSE || phase == Phase.TUNNEL;
    }

    /// Seconds after which the endpoint said that it closes the idle connection; -1 when it did
    /// not.
    int idleSeconds() {
        return idleSeconds;
    }

    /// Gives up what was kept of an incomplete head.
    void release() {
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    /// Reads what came; ownership passes.
    void read(ByteBuf message, ByteBufAllocator allocator) {
        ByteBuf in = message;
        boolean joined = partial != null;
        if (partial != null) {
            ByteBuf earlier = partial;
            partial = null;
            earlier.writeBytes(in);
            in.release();
            in = earlier;
        }
        try {
            while (in.isReadable()) {
                if (!consume(in, allocator)) {
                    break;
                }
            }
            if (headIncomplete) {
                headIncomplete = false;
                partial =
                        joined
                                ? in.retain()
                                : allocator
                                        .buffer(Math.max(256, 2 * in.readableBytes()))
                                        .writeBytes(in);
            }
        } finally {
            in.release();
        }
    }

    /// Consumes what one phase takes; false when the rest has to wait or is not wanted.
    private boolean consume(ByteBuf in, ByteBufAllocator allocator) {
        Exchange exchange = connection.exchange();
        if (exchange == null) {
            // nobody asked for these bytes: the peer is out of step
            connection.close();
            return false;
        }
        return switch (phase) {
            case HEAD -> readHead(in, exchange, allocator);
            case LENGTH -> {
                int length = (int) Math.min(left, in.readableBytes());
                left -= length;
                exchange.data(in.readRetainedSlice(length));
                if (left == 0) {
                    complete(in);
                }
                yield true;
            }
            case CHUNKS -> readChunks(in, exchange);
            case UNTIL_CLOSE, TUNNEL -> {
                exchange.data(in.readRetainedSlice(in.readableBytes()));
                yield true;
            }
            case NONE -> {
                connection.close();
                yield false;
            }
        };
    }

    private boolean readHead(ByteBuf in, Exchange exchange, ByteBufAllocator allocator) {
        if (!progress.worthParsing(in)) {
            headIncomplete = true;
            return false;
        }
        byte[] source = worker.input();
        int available = Math.min(in.readableBytes(), FIRST_LOOK);
        in.getBytes(in.readerIndex(), source, 0, available);
        int length = head.parse(source, available);
        if (length == HeadParser.INCOMPLETE && available < in.readableBytes()) {
            available = Math.min(in.readableBytes(), Worker.MAX_HEAD);
            in.getBytes(in.readerIndex(), source, 0, available);
            length = head.parse(source, available);
        }
        if (length == HeadParser.INCOMPLETE && available < Worker.MAX_HEAD) {
            progress.incomplete(available);
            headIncomplete = true;
            return false;
        }
        progress.reset();
        if (length <= 0 || (head.status() == 101 && !exchange.isUpgrade())) {
            connection.malformed();
            return false;
        }
        in.skipBytes(length);
        if (head.status() >= 200 || head.status() == 101) {
            respond(in, exchange, allocator);
        } else if (head.status() != 100) {
            informational(exchange, allocator);
        }
        return true;
    }

    private void informational(Exchange exchange, ByteBufAllocator allocator) {
        byte[] out = worker.output();
        int written = head.write(out, false);
        exchange.data(allocator.directBuffer(written).writeBytes(out, 0, written));
        exchange.flush();
    }

    private void respond(ByteBuf in, Exchange exchange, ByteBufAllocator allocator) {
        keepAlive = head.keepAlive();
        idleSeconds = head.idleSeconds();
        Phase body = body(exchange.isHead());
        exchange.status(head.status());
        if (body == Phase.UNTIL_CLOSE) {
            exchange.endsByClosing();
        }
        byte[] out = worker.output();
        int written = head.write(out, exchange.closesAfterResponse());
        int length = body == Phase.LENGTH ? (int) Math.min(left, in.readableBytes()) : 0;
        if (length > COALESCE) {
            length = 0;
        }
        ByteBuf data = allocator.directBuffer(written + length);
        data.writeBytes(out, 0, written);
        if (length > 0) {
            data.writeBytes(in, length);
            left -= length;
        }
        phase = body;
        exchange.data(data);
        if (body == Phase.TUNNEL) {
            exchange.flush();
            exchange.tunnel();
        } else if (body == Phase.NONE || (body == Phase.LENGTH && left == 0)) {
            complete(in);
        }
    }

    /// How the body behind the head ends (RFC 9112 §6.3); sets what it needs.
    private Phase body(boolean toHead) {
        int status = head.status();
        boolean bodyless = toHead || status == 204 || status == 304 || status == 101;
        left = bodyless ? 0 : head.contentLength();
        if (status == 101) {
            return Phase.TUNNEL;
        }
        if (bodyless || left == 0) {
            return Phase.NONE;
        }
        if (head.chunked()) {
            chunks.start();
            return Phase.CHUNKS;
        }
        return left > 0 ? Phase.LENGTH : Phase.UNTIL_CLOSE;
    }

    private boolean readChunks(ByteBuf in, Exchange exchange) {
        int from = in.readerIndex();
        int to = chunks.scan(in, from, in.writerIndex());
        if (chunks.malformed()) {
            connection.malformed();
            return false;
        }
        if (chunks.forwardTo() > from) {
            exchange.data(in.retainedSlice(from, chunks.forwardTo() - from));
        }
        if (chunks.appendEnd()) {
            exchange.data(END_OF_CHUNKS.duplicate());
        }
        in.readerIndex(to);
        if (chunks.done()) {
            complete(in);
        }
        return true;
    }

    private void complete(ByteBuf rest) {
        phase = Phase.NONE;
        boolean inStep = !rest.isReadable();
        rest.skipBytes(rest.readableBytes());
        connection.responseComplete(keepAlive && inStep);
    }
}
