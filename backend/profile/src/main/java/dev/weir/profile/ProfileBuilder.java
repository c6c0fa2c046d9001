package dev.weir.profile;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Collects a profile under [Limits]; the readers' only way to make one. Used by one thread.
final class ProfileBuilder {
    private static final long MAX_TOTAL = 1L << 62;
    // Shared stacks and inlined calls unfold: real profiles stay far below these, forged ones do
    // not.
    private static final long FRAMES_PER_BYTE = 16;

    // A recording's events share whole stacks of up to 2,048 frames in some twenty bytes each.
    private static final long FRAMES_PER_BYTE_OF_EVENT = 100;
    private static final long FREE_FRAMES = 1_000_000;
    private static final long MOST_FRAMES = 4_000_000_000L;
    private static final int INTERRUPT_CHECK_MASK = 0xfff;

    private final SourceFormat format;
    private final Limits limits;
    private final FrameTableBuilder frames = new FrameTableBuilder();
    private final PrefixTree stacks = new PrefixTree();
    private final IntColumn sampleStacks = new IntColumn();
    private final IntColumn sampleLabels = new IntColumn();
    private final Map<List<Label>, Integer> labelSets = new HashMap<>();
    private final List<List<Label>> labelSetList = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<SampleType> types = new ArrayList<>();
    private final LongColumn oneValue = new LongColumn();
    private LongColumn[] values = {};
    private long[] magnitudes = {};
    private long framesLeft;

    /// @param inputBytes the size of the input, which bounds the work that it may ask for
    ProfileBuilder(SourceFormat format, Limits limits, long inputBytes) {
        this.format = format;
        this.limits = limits;
        long perByte = format == SourceFormat.JFR ? FRAMES_PER_BYTE_OF_EVENT : FRAMES_PER_BYTE;
        this.framesLeft = Math.min(MOST_FRAMES, FREE_FRAMES + perByte * inputBytes);
    }

    FrameTableBuilder frames() {
        return frames;
    }

    void note(String note) {
        notes.add(note);
    }

    /// The error of this profile at an offset.
    ProfileFormatException error(long offset, String problem) {
        return new ProfileFormatException(format, offset, problem);
    }

    /// Refuses the input when one of its tables has grown beyond [Limits#maxNames].
    void requireNames(String table, long count, long offset) throws ProfileFormatException {
        if (count > limits.maxNames()) {
            throw tooMany(table, limits.maxNames(), offset);
        }
    }

    /// The stack one frame deeper than another.
    int push(int stack, int site, int depth, long offset) throws ProfileFormatException {
        if (depth > limits.maxDepth()) {
            throw tooMany("frames in one stack", limits.maxDepth(), offset);
        }
        if (--framesLeft < 0) {
            throw error(offset, "its stacks unfold to too many frames for its size");
        }
        if (stacks.size() >= limits.maxStackNodes()) {
            throw tooMany("distinct stacks", limits.maxStackNodes(), offset);
        }
        return stacks.child(stack, site);
    }

    int stackParent(int stack) {
        return stacks.parent(stack);
    }

    int stackSite(int stack) {
        return stacks.key(stack);
    }

    /// Adds a sample; `sampleValues` is copied.
    void sample(int stack, LongColumn sampleValues, List<Label> labels, long offset)
            throws IOException {
        if (sampleStacks.size() >= limits.maxSamples()) {
            throw tooMany("samples", limits.maxSamples(), offset);
        }
        if ((sampleStacks.size() & INTERRUPT_CHECK_MASK) == 0 && Thread.interrupted()) {
            throw new InterruptedIOException(format.label() + " profile: reading was cancelled");
        }
        ensureTypes(sampleValues.size());
        if ((long) sampleStacks.size() * values.length > limits.maxSamples() * 4L) {
            throw tooMany("values", limits.maxSamples() * 4L, offset);
        }
        for (int type = 0; type < values.length; type++) {
            long value = type < sampleValues.size() ? sampleValues.get(type) : 0;
            magnitudes[type] += Math.abs(value);
            if (value == Long.MIN_VALUE || magnitudes[type] < 0 || magnitudes[type] > MAX_TOTAL) {
                throw error(offset, "the sum of the values exceeds 2^62 (" + value + ")");
            }
            values[type].add(value);
        }
        sampleStacks.add(stack);
        sampleLabels.add(labelSet(labels, offset));
    }

    /// Adds a sample that has a value of one type only.
    void sample(int stack, SampleType type, long value, List<Label> labels, long offset)
            throws IOException {
        int index = types.indexOf(type);
        if (index < 0) {
            requireNames("sample types", types.size() + 1L, offset);
            index = types.size();
            types.add(type);
        }
        oneValue.clear();
        for (int other = 0; other < index; other++) {
            oneValue.add(0);
        }
        oneValue.add(value);
        sample(stack, oneValue, labels, offset);
    }

    /// The types of the samples that have one each, in the order they came.
    List<SampleType> types() {
        return types;
    }

    /// @param header its notes are replaced by those of the builder
    Profile build(ProfileHeader header) {
        ensureTypes(header.sampleTypes().size());
        long[][] columns = new long[header.sampleTypes().size()][];
        for (int type = 0; type < columns.length; type++) {
            columns[type] = values[type].toArray();
        }
        return new Profile(
                new ProfileHeader(
                        header.format(),
                        header.sampleTypes(),
                        header.defaultSampleType(),
                        header.start(),
                        header.duration(),
                        notes),
                frames.build(),
                new StackTable(stacks.parents(), stacks.keys()),
                new Profile.Samples(
                        sampleStacks.toArray(),
                        columns,
                        sampleLabels.toArray(),
                        List.copyOf(labelSetList)));
    }

    int sampleCount() {
        return sampleStacks.size();
    }

    /// Types may turn up while reading: earlier samples have zero of them.
    private void ensureTypes(int count) {
        int known = values.length;
        if (count <= known) {
            return;
        }
        values = Arrays.copyOf(values, count);
        magnitudes = Arrays.copyOf(magnitudes, count);
        for (int type = known; type < count; type++) {
            values[type] = new LongColumn();
            for (int sample = 0; sample < sampleStacks.size(); sample++) {
                values[type].add(0);
            }
        }
    }

    private int labelSet(List<Label> labels, long offset) throws ProfileFormatException {
        Integer known = labelSets.get(labels);
        if (known != null) {
            return known;
        }
        requireNames("label sets", labelSetList.size() + 1L, offset);
        List<Label> copy = List.copyOf(labels);
        labelSets.put(copy, labelSetList.size());
        labelSetList.add(copy);
        return labelSetList.size() - 1;
    }

    private ProfileFormatException tooMany(String what, long limit, long offset) {
        return error(offset, "too many " + what + " (more than " + limit + "); raise the limit");
    }
}
