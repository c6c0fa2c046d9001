package dev.weir.profile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.List;

/// Reads one entry of a speedscope file's `profiles`, sampled or evented; used by one thread.
final class SpeedscopeProfile {
    // Writers compute event times in floating point; less than this share backwards is noise.
    private static final double TIME_NOISE = 1e-9;

    private final SpeedscopeJson cursor;
    private final JsonParser in;
    private final ProfileBuilder builder;
    private final IntColumn sites;
    private final IntColumn stacks = new IntColumn();
    private final LongColumn weightBits = new LongColumn();
    private final IntColumn open = new IntColumn();
    private String name = "";
    private String unit = "none";
    private double endValue = Double.NaN;
    private double lastTime = Double.NaN;
    private int stack;
    private int events;

    SpeedscopeProfile(SpeedscopeJson cursor, ProfileBuilder builder, IntColumn sites) {
        this.cursor = cursor;
        this.in = cursor.in();
        this.builder = builder;
        this.sites = sites;
    }

    /// Adds the profile's samples to the builder.
    ///
    /// @return what they count
    SampleType read() throws IOException {
        cursor.requireCurrent(JsonToken.START_OBJECT, "a profile");
        boolean evented = false;
        for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
            in.nextToken();
            switch (key) {
                case "name" -> name = cursor.text();
                case "unit" -> unit = cursor.text();
                case "endValue" -> endValue = cursor.number();
                case "samples" -> readSamples();
                case "weights" -> readWeights();
                case "events" -> {
                    readEvents();
                    evented = true;
                }
                default -> in.skipChildren();
            }
        }
        if (evented) {
            closeOpenFrames();
        }
        return addSamples();
    }

    private void readSamples() throws IOException {
        cursor.requireCurrent(JsonToken.START_ARRAY, "\"samples\"");
        while (in.nextToken() != JsonToken.END_ARRAY) {
            cursor.requireCurrent(JsonToken.START_ARRAY, "a sample");
            int sample = 0;
            int depth = 0;
            while (in.nextToken() != JsonToken.END_ARRAY) {
                sample = builder.push(sample, site(cursor.integer(-1)), ++depth, cursor.offset());
            }
            stacks.add(sample);
        }
    }

    private void readWeights() throws IOException {
        cursor.requireCurrent(JsonToken.START_ARRAY, "\"weights\"");
        while (in.nextToken() != JsonToken.END_ARRAY) {
            weightBits.add(Double.doubleToRawLongBits(cursor.number()));
        }
    }

    private void readEvents() throws IOException {
        cursor.requireCurrent(JsonToken.START_ARRAY, "\"events\"");
        while (in.nextToken() != JsonToken.END_ARRAY) {
            readEvent();
            events++;
        }
    }

    private void readEvent() throws IOException {
        cursor.requireCurrent(JsonToken.START_OBJECT, "event " + events);
        String type = "";
        int frame = -1;
        double at = Double.NaN;
        for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
            in.nextToken();
            switch (key) {
                case "type" -> type = cursor.text();
                case "frame" -> frame = cursor.integer(-1);
                case "at" -> at = cursor.number();
                default -> in.skipChildren();
            }
        }
        if (Double.isNaN(at)) {
            throw builder.error(cursor.offset(), "event " + events + " without \"at\"");
        }
        spendUntil(at);
        switch (type) {
            case "O" -> open(frame);
            case "C" -> close(frame);
            default ->
                    throw builder.error(
                            cursor.offset(),
                            "event " + events + ": type O or C expected (" + type + ")");
        }
    }

    private void open(int frame) throws IOException {
        int site = site(frame);
        open.add(frame);
        stack = builder.push(stack, site, open.size(), cursor.offset());
    }

    private void close(int frame) throws IOException {
        int depth = open.size();
        if (depth == 0 || open.get(depth - 1) != frame) {
            throw builder.error(
                    cursor.offset(),
                    "event "
                            + events
                            + " closes frame "
                            + frame
                            + (depth == 0
                                    ? " while none is open"
                                    : " while frame " + open.get(depth - 1) + " is open"));
        }
        open.removeLast();
        stack = builder.stackParent(stack);
    }

    /// Books the time since the last event on the stack that was open.
    private void spendUntil(double at) throws ProfileFormatException {
        double since = Double.isNaN(lastTime) ? 0 : at - lastTime;
        if (since < 0) {
            if (-since > TIME_NOISE * Math.max(1, Math.abs(lastTime))) {
                throw builder.error(
                        cursor.offset(),
                        "event " + events + " goes back in time (" + lastTime + " to " + at + ")");
            }
            return;
        }
        lastTime = at;
        if (since > 0 && stack != 0) {
            stacks.add(stack);
            weightBits.add(Double.doubleToRawLongBits(since));
        }
    }

    private void closeOpenFrames() throws ProfileFormatException {
        if (open.size() > 0) {
            builder.note(open.size() + " frames of \"" + name + "\" are never closed");
            if (!Double.isNaN(endValue) && endValue > lastTime) {
                spendUntil(endValue);
            }
        }
    }

    private SampleType addSamples() throws IOException {
        SampleType type = sampleType();
        double scale = scale();
        if (stacks.size() != weightBits.size()) {
            throw builder.error(
                    cursor.offset(),
                    stacks.size() + " samples, but " + weightBits.size() + " weights");
        }
        List<Label> labels = List.of(new Label.Text("profile", name));
        for (int i = 0; i < stacks.size(); i++) {
            double value = Double.longBitsToDouble(weightBits.get(i)) * scale;
            builder.sample(stacks.get(i), type, Math.round(value), labels, cursor.offset());
        }
        return type;
    }

    private SampleType sampleType() {
        return switch (unit) {
            case "none" -> new SampleType("samples", "count");
            case "bytes" -> new SampleType("size", "bytes");
            default -> new SampleType("time", "nanoseconds");
        };
    }

    private double scale() throws ProfileFormatException {
        return switch (unit) {
            case "none", "bytes", "nanoseconds" -> 1;
            case "microseconds" -> 1e3;
            case "milliseconds" -> 1e6;
            case "seconds" -> 1e9;
            default -> throw builder.error(cursor.offset(), "an unknown unit (" + unit + ")");
        };
    }

    private int site(int frame) throws ProfileFormatException {
        if (frame < 0 || frame >= sites.size()) {
            throw builder.error(
                    cursor.offset(), "frame " + frame + " of a table of " + sites.size());
        }
        return sites.get(frame);
    }
}
