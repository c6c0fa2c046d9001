package dev.weir.proxy.http;

import io.netty.buffer.ByteBuf;

/// Tells when a head that comes in many pieces is worth parsing again, so that each byte is looked
/// at a bounded number of times.
public final class HeadProgress {
    private static final int FIRST = 64;
    private int scanned;
    private int parseAgainAt;

    /// Forgets the head before.
    public void reset() {
        scanned = 0;
        parseAgainAt = 0;
    }

    /// True when nothing was parsed yet, when the end of a head is among the new bytes, or when the
    /// head has doubled.
    public boolean worthParsing(ByteBuf in) {
        int available = in.readableBytes();
        if (available >= parseAgainAt) {
            return true;
        }
        int start = in.readerIndex();
        for (int i = Math.max(0, scanned - 2); i + 2 < available; i++) {
            if (in.getByte(start + i) == '\n'
                    && in.getByte(start + i + 1) == '\r'
                    && in.getByte(start + i + 2) == '\n') {
                return true;
            }
        }
        scanned = available;
        return false;
    }

    /// The head was parsed with this many bytes and was not complete.
    public void incomplete(int available) {
        scanned = available;
        parseAgainAt = Math.max(FIRST, 2 * available);
    }

    /// True until the head in progress was found incomplete once.
    public boolean first() {
        return parseAgainAt == 0;
    }
}
