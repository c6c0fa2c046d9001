package dev.weir.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A recording of this very JVM.
class JfrReaderTest {
    @TempDir static Path directory;
    private static Path file;

    @BeforeAll
    static void recordThisMachineAtWork() throws IOException {
        file = directory.resolve("recording.bin");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
            recording.enable("jdk.ObjectAllocationSample").with("throttle", "1000/s");
            recording.start();
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (System.nanoTime() < end && work() != 0) {
                if (System.nanoTime() > end - Duration.ofSeconds(29).toNanos()) {
                    recording.dump(file);
                    if (samples("jdk.ExecutionSample").size() > 20) {
                        break;
                    }
                }
            }
        }
    }

    @Test
    void countsEachFunctionAsTheEventsDo() throws IOException {
        Profile profile = ProfileReader.read(file, Limits.DEFAULT);
        Map<String, Long> flat = new HashMap<>();
        Map<String, Long> cum = new HashMap<>();
        for (RecordedEvent event : samples("jdk.ExecutionSample")) {
            List<RecordedFrame> frames = event.getStackTrace().getFrames();
            flat.merge(name(frames.getFirst()), 1L, Long::sum);
            frames.stream()
                    .map(JfrReaderTest::name)
                    .distinct()
                    .forEach(name -> cum.merge(name, 1L, Long::sum));
        }
        int cpu = profile.sampleTypes().indexOf(new SampleType("cpu", "count"));
        assertThat(profile.header().defaultSampleType()).isEqualTo(cpu);
        for (TopTable.Row row : TopTable.of(CallTree.of(profile, cpu)).rows()) {
            assertThat(row.flat()).as(row.name()).isEqualTo(flat.getOrDefault(row.name(), 0L));
            assertThat(row.cum()).as(row.name()).isEqualTo(cum.get(row.name()));
            cum.remove(row.name());
        }
        assertThat(cum).isEmpty();
    }

    @Test
    void keepsAllocationsApartAndWeighsThemInBytes() throws IOException {
        Profile profile = ProfileReader.read(file, Limits.DEFAULT);
        long bytes =
                samples("jdk.ObjectAllocationSample").stream()
                        .mapToLong(event -> event.getLong("weight"))
                        .sum();
        int allocation = profile.sampleTypes().indexOf(new SampleType("allocation", "bytes"));
        assertThat(profile.total(allocation)).isEqualTo(bytes).isPositive();
    }

    @Test
    void labelsSamplesWithTheirThread() throws IOException {
        Profile profile = ProfileReader.read(file, Limits.DEFAULT);
        assertThat(profile.labels(0)).hasSize(1);
        assertThat(profile.labels(0).getFirst().key()).isEqualTo("thread");
    }

    @Test
    void readsARecordingFromAStream() throws IOException {
        Profile fromStream = Profiles.read(Files.readAllBytes(file));
        assertThat(fromStream.header().format()).isEqualTo(SourceFormat.JFR);
        assertThat(fromStream.sampleCount())
                .isEqualTo(ProfileReader.read(file, Limits.DEFAULT).sampleCount());
    }

    @Test
    void leavesAddressesOutOfTheNamesOfHiddenClasses() {
        assertThat(JfrNames.method("a.B$$Lambda/0x00007f1c2c0a1b18", "run"))
                .isEqualTo("a.B$$Lambda.run");
        assertThat(JfrNames.method("a.B$$Lambda.0x00007f1c2c0a1b18", "run"))
                .isEqualTo("a.B$$Lambda.run");
        assertThat(JfrNames.module("a.B$$Lambda.0x00007f1c2c0a1b18")).isEqualTo("a");
    }

    @Test
    void refusesTruncatedAndOutdatedRecordings() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 100);
        assertThatThrownBy(() -> Profiles.read(cut))
                .isInstanceOf(ProfileFormatException.class)
                .hasMessageContaining("JFR profile: a chunk of")
                .hasMessageContaining("the file is cut off or its recording was not closed");
        bytes[5] = 0;
        assertThatThrownBy(() -> Profiles.read(bytes))
                .hasMessageContaining("version 0.")
                .hasMessageContaining("only 2.0 and later can be read");
    }

    private static List<RecordedEvent> samples(String type) throws IOException {
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(type))
                .filter(event -> event.getStackTrace() != null)
                .toList();
    }

    private static String name(RecordedFrame frame) {
        return JfrNames.method(frame.getMethod().getType().getName(), frame.getMethod().getName());
    }

    private static int work() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200_000; i++) {
            text.append(i * 31);
        }
        return text.toString().hashCode() | 1;
    }
}
