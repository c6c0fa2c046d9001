package dev.weir.proxy.http;

import io.netty.buffer.ByteBuf;

/// Follows a chunked body (RFC 9112 §7.1) byte by byte over its framing and in leaps over its data.
///
/// The framing is forwarded as it came; trailer fields are dropped, as Envoy does by default. Owned
/// by one event loop.
public final class ChunkScanner {
    private static final int MAX_EXTENSION = 1024;
    private static final int MAX_TRAILERS = 8 * 1024;
    private static final int MAX_SIZE_DIGITS = 15;

    private enum State {
        SIZE(true),
        EXTENSION(true),
        SIZE_LF(true),
        DATA(true),
        DATA_CR(true),
        DATA_LF(true),
        LAST(true),
        END_LF(true),
        TRAILER(false),
        TRAILER_LF(false),
        TRAILER_START(false),
        LAST_LF(false),
        DONE(true),
        MALFORMED(false);

        /// Whether the byte that led here is forwarded.
        final boolean forwarded;

        State(boolean forwarded) {
            this.forwarded = forwarded;
        }
    }

    private State state = State.DONE;
    private long size;
    private int digits;
    private int skipped;
    private int forwardTo;
    private boolean appendEnd;

    /// Starts a new body.
    public void start() {
        state = State.SIZE;
        size = 0;
        digits = 0;
        skipped = 0;
    }

    public boolean done() {
        return state == State.DONE;
    }

    public boolean malformed() {
        return state == State.MALFORMED;
    }

    /// End of the bytes of the last scan that belong to the forwarded body.
    public int forwardTo() {
        return forwardTo;
    }

    /// True when trailers were dropped, so the forwarder has to write the CRLF that ends the body.
    public boolean appendEnd() {
        return appendEnd;
    }

    /// Scans `[from, to)` of the buffer.
    ///
    /// @return the index after the last byte that belongs to this body
    public int scan(ByteBuf in, int from, int to) {
        int position = from;
        forwardTo = from;
        appendEnd = false;
        while (position < to && state != State.DONE && state != State.MALFORMED) {
            if (state == State.DATA) {
                long available = Math.min(size, to - position);
                position += (int) available;
                size -= available;
                if (size == 0) {
                    state = State.DATA_CR;
                }
                forwardTo = position;
                continue;
            }
            step(in.getByte(position++));
            if (state.forwarded && !appendEnd) {
                forwardTo = position;
            }
        }
        return position;
    }

    private void step(byte b) {
        switch (state) {
            case SIZE -> size(b);
            case EXTENSION -> {
                if (b == '\r') {
                    state = State.SIZE_LF;
                } else if (!HttpBytes.isValue(b) || ++skipped > MAX_EXTENSION) {
                    state = State.MALFORMED;
                }
            }
            case SIZE_LF -> {
                skipped = 0;
                expect(b, '\n', size == 0 ? State.LAST : State.DATA);
            }
            case DATA_CR -> expect(b, '\r', State.DATA_LF);
            case DATA_LF -> {
                digits = 0;
                size = 0;
                expect(b, '\n', State.SIZE);
            }
            case LAST -> {
                if (b == '\r') {
                    state = State.END_LF;
                } else {
                    trailerStart(b);
                }
            }
            case END_LF -> expect(b, '\n', State.DONE);
            case TRAILER -> {
                if (b == '\r') {
                    state = State.TRAILER_LF;
                } else if (!HttpBytes.isValue(b) || ++skipped > MAX_TRAILERS) {
                    state = State.MALFORMED;
                }
            }
            case TRAILER_LF -> expect(b, '\n', State.TRAILER_START);
            case TRAILER_START -> {
                if (b == '\r') {
                    state = State.LAST_LF;
                } else {
                    trailerStart(b);
                }
            }
            case LAST_LF -> {
                appendEnd = b == '\n';
                expect(b, '\n', State.DONE);
            }
            case DATA, DONE, MALFORMED -> throw new IllegalStateException(state.name());
        }
    }

    private void trailerStart(byte b) {
        skipped++;
        state = HttpBytes.isToken(b) ? State.TRAILER : State.MALFORMED;
    }

    private void expect(byte b, char expected, State next) {
        state = b == expected ? next : State.MALFORMED;
    }

    private void size(byte b) {
        int digit = Character.digit(b, 16);
        if (digit >= 0 && ++digits <= MAX_SIZE_DIGITS) {
            size = size << 4 | digit;
        } else if (digit < 0 && digits > 0 && b == '\r') {
            state = State.SIZE_LF;
        } else if (digit < 0 && digits > 0 && b == ';') {
            state = State.EXTENSION;
        } else {
            state = State.MALFORMED;
        }
    }
}
