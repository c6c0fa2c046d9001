package dev.weir.bundle;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Blocks that the demo program keeps, with the stack that made each: what a heap profile tells.
///
/// Any thread; guarded by its own monitor.
final class DemoMemory {
    private static final int KEPT_BLOCKS = 512;

    private final Map<List<StackTraceElement>, Usage> usages = new HashMap<>();
    private final ArrayDeque<Block> blocks = new ArrayDeque<>();

    /// What one stack has made so far, and what of it is still kept.
    record Usage(long madeObjects, long madeBytes, long keptObjects, long keptBytes) {
        private Usage made(long bytes) {
            return new Usage(
                    madeObjects + 1, madeBytes + bytes, keptObjects + 1, keptBytes + bytes);
        }

        private Usage released(long bytes) {
            return new Usage(madeObjects, madeBytes, keptObjects - 1, keptBytes - bytes);
        }
    }

    private record Block(List<StackTraceElement> stack, ByteBuffer bytes) {}

    /// Keeps a block until many later ones have come.
    void keep(byte[] bytes) {
        List<StackTraceElement> stack = List.of(Thread.currentThread().getStackTrace());
        // the first is getStackTrace itself
        Block block = new Block(stack.subList(1, stack.size()), ByteBuffer.wrap(bytes));
        synchronized (this) {
            usages.merge(
                    block.stack(),
                    new Usage(1, bytes.length, 1, bytes.length),
                    (before, first) -> before.made(bytes.length));
            blocks.addLast(block);
            if (blocks.size() > KEPT_BLOCKS) {
                Block oldest = blocks.removeFirst();
                usages.computeIfPresent(
                        oldest.stack(),
                        (stackOf, usage) -> usage.released(oldest.bytes().capacity()));
            }
        }
    }

    synchronized Map<List<StackTraceElement>, Usage> usages() {
        return Map.copyOf(usages);
    }
}
