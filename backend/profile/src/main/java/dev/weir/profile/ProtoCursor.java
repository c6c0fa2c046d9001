package dev.weir.profile;

/// Reads protobuf's wire format from an array, never beyond the message it stands in.
///
/// Source: the Protocol Buffers encoding specification. Used by one thread.
final class ProtoCursor {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    static final int FIXED32 = 5;

    private final byte[] bytes;
    private int position;
    private int limit;
    private int wireType;

    ProtoCursor(byte[] bytes) {
        this.bytes = bytes;
        this.limit = bytes.length;
    }

    int position() {
        return position;
    }

    boolean hasMore() {
        return position < limit;
    }

    /// The number of the next field, whose value must be read or skipped next.
    int field() throws ProfileFormatException {
        int at = position;
        long tag = varint();
        wireType = (int) tag & 7;
        long number = tag >>> 3;
        if (number == 0 || number > 0x1fffffff) {
            throw error(at, "field number out of range (" + number + ")");
        }
        return (int) number;
    }

    int wireType() {
        return wireType;
    }

    /// The field's value, which must be a varint.
    long number() throws ProfileFormatException {
        requireWireType(VARINT);
        return varint();
    }

    /// Enters the field's value, which must have a length.
    ///
    /// @return what to hand to [#leave] at the end
    int enter() throws ProfileFormatException {
        requireWireType(LENGTH);
        int outer = limit;
        int length = length();
        limit = position + length;
        return outer;
    }

    void leave(int outer) {
        position = limit;
        limit = outer;
    }

    /// Adds the field's values, packed or single, to a column.
    void numbers(LongColumn into) throws ProfileFormatException {
        if (wireType == VARINT) {
            into.add(varint());
            return;
        }
        int outer = enter();
        while (position < limit) {
            into.add(varint());
        }
        leave(outer);
    }

    /// The place of the field's bytes: offset in the upper, length in the lower 32 bits.
    long range() throws ProfileFormatException {
        requireWireType(LENGTH);
        int length = length();
        long range = ((long) position << 32) | length;
        position += length;
        return range;
    }

    void skip() throws ProfileFormatException {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED64 -> advance(8);
            case LENGTH -> advance(length());
            case FIXED32 -> advance(4);
            default -> throw error(position, "unknown wire type (" + wireType + ")");
        }
    }

    ProfileFormatException error(long offset, String problem) {
        return new ProfileFormatException(SourceFormat.PPROF, offset, problem);
    }

    private void requireWireType(int expected) throws ProfileFormatException {
        if (wireType != expected) {
            throw error(position, "wire type " + expected + " expected, but found " + wireType);
        }
    }

    private int length() throws ProfileFormatException {
        int at = position;
        long length = varint();
        if (length < 0 || length > limit - position) {
            throw error(
                    at,
                    "a field of "
                            + Long.toUnsignedString(length)
                            + " bytes where "
                            + (limit - position)
                            + " are left; the file is cut off or damaged");
        }
        return (int) length;
    }

    private void advance(int count) throws ProfileFormatException {
        if (count > limit - position) {
            throw cutOff();
        }
        position += count;
    }

    private long varint() throws ProfileFormatException {
        int start = position;
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position >= limit) {
                throw cutOff();
            }
            byte b = bytes[position++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw error(start, "a varint longer than 10 bytes");
    }

    private ProfileFormatException cutOff() {
        return error(position, "ends inside a field; the file is cut off or damaged");
    }
}
