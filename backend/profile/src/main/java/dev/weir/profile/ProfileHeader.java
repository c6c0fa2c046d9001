package dev.weir.profile;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a profile says of itself as a whole.
///
/// @param format what it was read from
/// @param sampleTypes what each value of a sample counts; at least one
/// @param defaultSampleType index of the type its producer wants shown first
/// @param start when sampling began; null when the format does not say
/// @param duration how long sampling took; zero when the format does not say
/// @param notes what the reader met and passed over, one sentence each
public record ProfileHeader(
        SourceFormat format,
        List<SampleType> sampleTypes,
        int defaultSampleType,
        @Nullable Instant start,
        Duration duration,
        List<String> notes) {

    public ProfileHeader {
        sampleTypes = List.copyOf(sampleTypes);
        notes = List.copyOf(notes);
        if (defaultSampleType < 0 || defaultSampleType >= sampleTypes.size()) {
            throw new IllegalArgumentException(
                    "default sample type: must be one of the "
                            + sampleTypes.size()
                            + " types ("
                            + defaultSampleType
                            + ")");
        }
    }
}
