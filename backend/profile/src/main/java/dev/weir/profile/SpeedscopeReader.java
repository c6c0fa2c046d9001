package dev.weir.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Reads speedscope's JSON file format; all profiles of a file (its threads) become one, each
/// sample labelled with the name of its own.
///
/// Two passes: the shared frames first, since they may stand behind the profiles. Source:
/// speedscope's `file-format-spec`. Used by one thread.
final class SpeedscopeReader {
    private final JsonFactory json = new JsonFactory();
    private final byte[] bytes;
    private final ProfileBuilder builder;
    private final IntColumn sites = new IntColumn();
    private final List<SampleType> profileTypes = new ArrayList<>();
    private int activeProfile;

    private SpeedscopeReader(byte[] bytes, Limits limits) {
        this.bytes = bytes;
        this.builder = new ProfileBuilder(SourceFormat.SPEEDSCOPE, limits, bytes.length);
    }

    static Profile read(byte[] bytes, Limits limits) throws IOException {
        SpeedscopeReader reader = new SpeedscopeReader(bytes, limits);
        try {
            reader.readShared();
            reader.readProfiles();
        } catch (JsonProcessingException e) {
            long offset = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
            throw new ProfileFormatException(
                    SourceFormat.SPEEDSCOPE, offset, "damaged JSON: " + e.getOriginalMessage(), e);
        }
        return reader.build();
    }

    private Profile build() throws ProfileFormatException {
        if (profileTypes.isEmpty()) {
            throw builder.error(bytes.length, "no \"profiles\"; this is no speedscope file");
        }
        List<SampleType> types =
                builder.types().isEmpty() ? profileTypes.subList(0, 1) : builder.types();
        int active = activeProfile < profileTypes.size() ? activeProfile : 0;
        int defaultType = Math.max(0, types.indexOf(profileTypes.get(active)));
        return builder.build(
                new ProfileHeader(
                        SourceFormat.SPEEDSCOPE,
                        types,
                        defaultType,
                        null,
                        Duration.ZERO,
                        List.of()));
    }

    private void readShared() throws IOException {
        try (JsonParser in = json.createParser(bytes)) {
            SpeedscopeJson cursor = new SpeedscopeJson(in, builder);
            cursor.expectNext(JsonToken.START_OBJECT, "the file");
            for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
                in.nextToken();
                switch (key) {
                    case "shared" -> readFrames(in, cursor);
                    case "activeProfileIndex" -> activeProfile = Math.max(0, cursor.integer(0));
                    default -> in.skipChildren();
                }
            }
            // A file cut off between two keys ends here without an error of its own.
            cursor.requireCurrent(JsonToken.END_OBJECT, "the end of the file");
        }
    }

    private void readFrames(JsonParser in, SpeedscopeJson cursor) throws IOException {
        cursor.requireCurrent(JsonToken.START_OBJECT, "\"shared\"");
        for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
            in.nextToken();
            if (key.equals("frames")) {
                cursor.requireCurrent(JsonToken.START_ARRAY, "\"frames\"");
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    readFrame(in, cursor);
                }
            } else {
                in.skipChildren();
            }
        }
    }

    private void readFrame(JsonParser in, SpeedscopeJson cursor) throws IOException {
        cursor.requireCurrent(JsonToken.START_OBJECT, "a frame");
        String name = "";
        String file = "";
        int line = 0;
        for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
            in.nextToken();
            switch (key) {
                case "name" -> name = cursor.text();
                case "file" -> file = cursor.text();
                case "line" -> line = cursor.integer(0);
                default -> in.skipChildren();
            }
        }
        builder.requireNames("frames", sites.size() + 1L, cursor.offset());
        FrameTableBuilder frames = builder.frames();
        int function = frames.function(name, file, 0);
        sites.add(frames.site(function, line, FrameKind.PLAIN));
    }

    private void readProfiles() throws IOException {
        try (JsonParser in = json.createParser(bytes)) {
            SpeedscopeJson cursor = new SpeedscopeJson(in, builder);
            in.nextToken();
            for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
                in.nextToken();
                if (key.equals("profiles")) {
                    cursor.requireCurrent(JsonToken.START_ARRAY, "\"profiles\"");
                    while (in.nextToken() != JsonToken.END_ARRAY) {
                        builder.requireNames("profiles", profileTypes.size() + 1L, cursor.offset());
                        profileTypes.add(new SpeedscopeProfile(cursor, builder, sites).read());
                    }
                } else {
                    in.skipChildren();
                }
            }
        }
    }
}
