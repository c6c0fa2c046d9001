package dev.weir.benchmarks;

import com.google.protobuf.CodedOutputStream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

/// Writes pprof profiles of a wished shape; the same seed gives the same bytes.
///
/// @param stacks how many samples
/// @param depth how many frames each has
/// @param shared up to how many of them it has in common with the sample before
record GeneratedProfile(int stacks, int depth, int shared) {
    private static final int FUNCTIONS = 2_000;
    private static final long SEED = 20261123;

    /// About a million nodes, sixty deep, as a large server's profile has.
    static final GeneratedProfile WIDE = new GeneratedProfile(42_000, 60, 40);

    /// About a million nodes, five thousand deep, as runaway recursion has.
    static final GeneratedProfile DEEP = new GeneratedProfile(400, 5_000, 5_000);

    private interface Body {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    /// The profile as `profile.proto`, not compressed.
    byte[] toBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        writeMessage(
                out,
                1,
                type -> {
                    type.writeInt64(1, 1);
                    type.writeInt64(2, 2);
                });
        writeSamples(out);
        for (int id = 1; id <= FUNCTIONS; id++) {
            writeFunction(out, id);
        }
        out.writeString(6, "");
        out.writeString(6, "cpu");
        out.writeString(6, "nanoseconds");
        for (int id = 1; id <= FUNCTIONS; id++) {
            out.writeString(6, "example.org/service/package" + id % 40 + ".(*Type).method" + id);
        }
        out.flush();
        return bytes.toByteArray();
    }

    private void writeSamples(CodedOutputStream out) throws IOException {
        Random random = new Random(SEED);
        int[] stack = random.ints(depth, 1, FUNCTIONS + 1).toArray();
        for (int sample = 0; sample < stacks; sample++) {
            int parting = random.nextInt(shared);
            for (int frame = parting; frame < depth; frame++) {
                stack[frame] = 1 + random.nextInt(FUNCTIONS);
            }
            long value = 1 + (long) (Math.pow(random.nextDouble(), 4) * 1e9);
            writeMessage(
                    out,
                    2,
                    message -> {
                        for (int frame = depth - 1; frame >= 0; frame--) {
                            message.writeUInt64(1, stack[frame]);
                        }
                        message.writeInt64(2, value);
                    });
        }
    }

    private static void writeFunction(CodedOutputStream out, int id) throws IOException {
        writeMessage(
                out,
                4,
                location -> {
                    location.writeUInt64(1, id);
                    writeMessage(
                            location,
                            4,
                            line -> {
                                line.writeUInt64(1, id);
                                line.writeInt64(2, id % 900);
                            });
                });
        writeMessage(
                out,
                5,
                function -> {
                    function.writeUInt64(1, id);
                    function.writeInt64(2, 2L + id);
                });
    }

    private static void writeMessage(CodedOutputStream out, int field, Body body)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream message = CodedOutputStream.newInstance(bytes);
        body.writeTo(message);
        message.flush();
        out.writeByteArray(field, bytes.toByteArray());
    }
}
