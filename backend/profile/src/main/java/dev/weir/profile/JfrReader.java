package dev.weir.profile;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Reads the sample events of a Java Flight Recorder file with the JDK's own parser; used by one
/// thread.
final class JfrReader {
    private final ProfileBuilder builder;
    private @Nullable Instant first;
    private @Nullable Instant last;
    private long eventsRead;
    private long withoutStack;

    private JfrReader(Limits limits, long inputBytes) {
        this.builder = new ProfileBuilder(SourceFormat.JFR, limits, inputBytes);
    }

    static Profile read(Path file, Limits limits) throws IOException {
        JfrChunks.check(file);
        return new JfrReader(limits, Files.size(file)).readEvents(file);
    }

    private Profile readEvents(Path file) throws IOException {
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                readEvent(recording.readEvent());
                eventsRead++;
            }
        } catch (ProfileFormatException | InterruptedIOException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The JDK's parser trusts its input: damage shows as any runtime exception.
            throw damaged(e);
        } catch (VirtualMachineError e) {
            // As above: a forged size, a constant that holds itself, an impossible type. Nothing of
            // ours is half done.
            throw damaged(e);
        }
        return build();
    }

    private ProfileFormatException damaged(Throwable cause) {
        return new ProfileFormatException(
                SourceFormat.JFR, 0, "damaged after " + eventsRead + " events: " + cause, cause);
    }

    private Profile build() {
        if (withoutStack > 0) {
            builder.note(withoutStack + " samples without a stack skipped");
        }
        if (builder.types().isEmpty()) {
            builder.note("the recording holds no samples");
        }
        List<SampleType> types =
                builder.types().isEmpty() ? List.of(JfrEvents.CPU) : List.copyOf(builder.types());
        int preferred = Math.max(types.indexOf(JfrEvents.CPU), types.indexOf(JfrEvents.CPU_TIME));
        Duration duration =
                first == null || last == null ? Duration.ZERO : Duration.between(first, last);
        return builder.build(
                new ProfileHeader(
                        SourceFormat.JFR,
                        types,
                        Math.max(0, preferred),
                        first,
                        duration,
                        List.of()));
    }

    private void readEvent(RecordedEvent event) throws IOException {
        JfrEvents.Kind kind = JfrEvents.kinds().get(event.getEventType().getName());
        if (kind == null) {
            return;
        }
        Instant start = event.getStartTime();
        first = first == null || start.isBefore(first) ? start : first;
        last = last == null || start.isAfter(last) ? start : last;
        RecordedStackTrace trace = event.getStackTrace();
        if (trace == null || trace.getFrames().isEmpty()) {
            withoutStack++;
            return;
        }
        int stack = pushStack(trace.getFrames());
        builder.sample(stack, kind.type(), kind.weight().of(event), labels(event), 0);
    }

    private int pushStack(List<RecordedFrame> frames) throws IOException {
        int stack = 0;
        int depth = 0;
        for (int i = frames.size() - 1; i >= 0; i--) {
            RecordedFrame frame = frames.get(i);
            String type = frame.getMethod().getType().getName();
            String name = JfrNames.method(type, frame.getMethod().getName());
            int function = builder.frames().find(name);
            if (function < 0) {
                function = builder.frames().function(name, JfrNames.module(type), "", 0);
                builder.requireNames("functions", builder.frames().functionCount(), 0);
            }
            int site =
                    builder.frames()
                            .site(function, frame.getLineNumber(), JfrNames.kind(frame.getType()));
            stack = builder.push(stack, site, ++depth, 0);
        }
        return stack;
    }

    private static List<Label> labels(RecordedEvent event) {
        RecordedThread thread =
                event.hasField("sampledThread")
                        ? event.getThread("sampledThread")
                        : event.getThread();
        if (thread == null) {
            return List.of();
        }
        String name = thread.getJavaName() == null ? thread.getOSName() : thread.getJavaName();
        return name == null ? List.of() : List.of(new Label.Text("thread", name));
    }
}
