package dev.weir.profile;

import jdk.jfr.consumer.RecordedEvent;

import java.util.Map;

/// Which events of a recording are samples, and what each of them weighs.
///
/// Types are kept apart: a graph of processor time and waiting together would mean nothing.
final class JfrEvents {
    static final SampleType CPU = new SampleType("cpu", "count");
    static final SampleType CPU_TIME = new SampleType("cpu-time", "nanoseconds");

    private static final SampleType NATIVE = new SampleType("native", "count");
    private static final SampleType WALL = new SampleType("wall", "count");
    private static final SampleType ALLOCATION = new SampleType("allocation", "bytes");
    private static final SampleType LIVE = new SampleType("live", "bytes");
    private static final SampleType MONITOR = new SampleType("monitor-enter", "nanoseconds");
    private static final SampleType PARK = new SampleType("thread-park", "nanoseconds");

    private static final Map<String, Kind> KINDS =
            Map.ofEntries(
                    Map.entry("jdk.ExecutionSample", new Kind(CPU, Weight.ONE)),
                    Map.entry("datadog.ExecutionSample", new Kind(CPU, Weight.ONE)),
                    Map.entry("jdk.CPUTimeSample", new Kind(CPU_TIME, Weight.SAMPLING_PERIOD)),
                    Map.entry("jdk.NativeMethodSample", new Kind(NATIVE, Weight.ONE)),
                    Map.entry("profiler.WallClockSample", new Kind(WALL, Weight.SAMPLES)),
                    Map.entry("jdk.ObjectAllocationSample", new Kind(ALLOCATION, Weight.WEIGHT)),
                    Map.entry(
                            "jdk.ObjectAllocationInNewTLAB",
                            new Kind(
                                    new SampleType("allocation-new-tlab", "bytes"),
                                    Weight.TLAB_SIZE)),
                    Map.entry(
                            "jdk.ObjectAllocationOutsideTLAB",
                            new Kind(
                                    new SampleType("allocation-outside-tlab", "bytes"),
                                    Weight.ALLOCATION_SIZE)),
                    Map.entry("profiler.LiveObject", new Kind(LIVE, Weight.ALLOCATION_SIZE)),
                    Map.entry("jdk.JavaMonitorEnter", new Kind(MONITOR, Weight.DURATION)),
                    Map.entry("jdk.ThreadPark", new Kind(PARK, Weight.DURATION)));

    private JfrEvents() {}

    /// What a sample event counts.
    record Kind(SampleType type, Weight weight) {}

    /// Where an event holds its weight.
    enum Weight {
        ONE,
        SAMPLES,
        SAMPLING_PERIOD,
        DURATION,
        WEIGHT,
        TLAB_SIZE,
        ALLOCATION_SIZE;

        long of(RecordedEvent event) {
            return switch (this) {
                case ONE -> 1;
                case SAMPLES -> event.hasField("samples") ? event.getLong("samples") : 1;
                case SAMPLING_PERIOD -> event.getDuration("samplingPeriod").toNanos();
                case DURATION -> event.getDuration().toNanos();
                case WEIGHT -> event.getLong("weight");
                case TLAB_SIZE -> event.getLong("tlabSize");
                case ALLOCATION_SIZE -> event.getLong("allocationSize");
            };
        }
    }

    static Map<String, Kind> kinds() {
        return KINDS;
    }
}
