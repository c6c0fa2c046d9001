package dev.weir.admin;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.api.ApiPaths;
import dev.weir.api.Codec;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a handler wants sent.
sealed interface Answer {
    int status();

    Map<String, String> headers();

    /// A document.
    record Json(int status, JsonNode body, Map<String, String> headers) implements Answer {

        Json with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Json(status, body, more);
        }

        /// Tells which revision the write made.
        Json at(long revision) {
            return with(ApiPaths.REVISION_HEADER, Long.toString(revision));
        }
    }

    /// A text of another type.
    record Text(String mediaType, String body, Map<String, String> headers) implements Answer {
        @Override
        public int status() {
            return 200;
        }
    }

    /// No content.
    record Empty(int status, Map<String, String> headers) implements Answer {}

    /// Bytes of unknown number, relayed as they come; closed when sent.
    record Bytes(InputStream stream, Map<String, String> headers) implements Answer {
        @Override
        public int status() {
            return 200;
        }
    }

    /// An event stream that ends when its reader does.
    record Events(EventHub.Reader reader) implements Answer {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public Map<String, String> headers() {
            return Map.of("Cache-Control", "no-store");
        }
    }

    static Json json(Object value) {
        return json(200, value);
    }

    static Json json(int status, Object value) {
        return new Json(status, Codec.write(value), Map.of());
    }
}
