package dev.weir.profile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes protobuf's wire format, to make profiles that no producer would.
final class ProtoWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ProtoWriter number(int field, long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    ProtoWriter bytes(int field, byte[] value) {
        varint(((long) field << 3) | 2);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    ProtoWriter text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtoWriter message(int field, ProtoWriter message) {
        return bytes(field, message.toBytes());
    }

    ProtoWriter packed(int field, List<Long> values) {
        ProtoWriter packed = new ProtoWriter();
        values.forEach(packed::varint);
        return message(field, packed);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /// A profile of one sample type, with functions `f1`, `f2`… at locations of the same number.
    static ProtoWriter profile(int functions) {
        ProtoWriter profile = new ProtoWriter();
        profile.message(1, new ProtoWriter().number(1, 1).number(2, 2));
        for (int f = 1; f <= functions; f++) {
            profile.message(
                    4,
                    new ProtoWriter()
                            .number(1, f)
                            .message(4, new ProtoWriter().number(1, f).number(2, 10L * f)));
            profile.message(5, new ProtoWriter().number(1, f).number(2, 2L + f));
        }
        profile.text(6, "").text(6, "cpu").text(6, "nanoseconds");
        for (int f = 1; f <= functions; f++) {
            profile.text(6, "f" + f);
        }
        return profile;
    }

    /// A sample of one value.
    ProtoWriter sample(long value, Long... locations) {
        return message(2, new ProtoWriter().packed(1, List.of(locations)).number(2, value));
    }
}
