package dev.weir.profile;

import java.util.List;

/// A profile of any format: samples, each a stack with one value for every sample type and labels.
///
/// Immutable; any thread.
public final class Profile {
    private final ProfileHeader header;
    private final FrameTable frames;
    private final StackTable stacks;
    private final Samples samples;

    /// The samples column by column.
    ///
    /// @param values by sample type, then by sample
    @SuppressWarnings("ArrayRecordComponent") // carries columns; never compared or printed
    record Samples(int[] stack, long[][] values, int[] labelSet, List<List<Label>> labelSets) {}

    Profile(ProfileHeader header, FrameTable frames, StackTable stacks, Samples samples) {
        this.header = header;
        this.frames = frames;
        this.stacks = stacks;
        this.samples = samples;
    }

    /// What the profile says of itself.
    public ProfileHeader header() {
        return header;
    }

    /// What each value of a sample counts.
    public List<SampleType> sampleTypes() {
        return header.sampleTypes();
    }

    /// Its functions and sites.
    public FrameTable frames() {
        return frames;
    }

    /// Its distinct stacks.
    public StackTable stacks() {
        return stacks;
    }

    /// How many samples there are; they are numbered from 0.
    public int sampleCount() {
        return samples.stack().length;
    }

    /// The stack of a sample in [#stacks].
    public int stack(int sample) {
        return samples.stack()[sample];
    }

    /// One value of a sample, in the type's unit; negative in profiles that are differences.
    public long value(int sample, int sampleType) {
        return samples.values()[sampleType][sample];
    }

    /// What its producer tied to a sample.
    public List<Label> labels(int sample) {
        return samples.labelSets().get(samples.labelSet()[sample]);
    }

    /// The sum over all samples, in the type's unit.
    public long total(int sampleType) {
        long total = 0;
        for (long value : samples.values()[sampleType]) {
            total += value;
        }
        return total;
    }
}
