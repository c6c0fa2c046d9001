package dev.weir.console.flame;

import dev.weir.profile.Profile;
import dev.weir.profile.SampleType;

import java.util.List;

/// What a flame graph is drawn of.
sealed interface FlameSource {

    /// The sample types to choose from.
    List<SampleType> sampleTypes();

    /// The index of the type to show first.
    int defaultSampleType();

    /// A profile alone.
    record Single(Profile profile) implements FlameSource {

        @Override
        public List<SampleType> sampleTypes() {
            return profile.sampleTypes();
        }

        @Override
        public int defaultSampleType() {
            return profile.header().defaultSampleType();
        }
    }

    /// A profile over an earlier one; only the types that both have.
    record Comparison(Profile baseline, Profile now) implements FlameSource {

        @Override
        public List<SampleType> sampleTypes() {
            return now.sampleTypes().stream().filter(baseline.sampleTypes()::contains).toList();
        }

        @Override
        public int defaultSampleType() {
            SampleType preferred = now.sampleTypes().get(now.header().defaultSampleType());
            return Math.max(0, sampleTypes().indexOf(preferred));
        }
    }
}
