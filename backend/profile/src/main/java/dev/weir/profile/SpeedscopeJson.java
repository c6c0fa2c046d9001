package dev.weir.profile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;

/// A JSON parser that names what it expected when it finds something else; used by one thread.
///
/// @param in stands on the value to be read
record SpeedscopeJson(JsonParser in, ProfileBuilder builder) {

    long offset() {
        return Math.max(0, in.currentLocation().getByteOffset());
    }

    void expectNext(JsonToken expected, String what) throws IOException {
        in.nextToken();
        requireCurrent(expected, what);
    }

    void requireCurrent(JsonToken expected, String what) throws IOException {
        if (in.currentToken() != expected) {
            throw unexpected(what, expected.name());
        }
    }

    /// The text of the current value; empty of null.
    String text() throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return "";
        }
        requireCurrent(JsonToken.VALUE_STRING, "\"" + in.currentName() + "\"");
        return in.getText();
    }

    /// The current value as a number without fraction.
    int integer(int ofNull) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return ofNull;
        }
        double value = number();
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw builder.error(offset(), "a whole number expected, but found " + value);
        }
        return (int) value;
    }

    double number() throws IOException {
        JsonToken token = in.currentToken();
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw unexpected("a number", "VALUE_NUMBER");
        }
        double value = in.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw builder.error(offset(), "a number out of range (" + in.getText() + ")");
        }
        return value;
    }

    private ProfileFormatException unexpected(String what, String expected) throws IOException {
        JsonToken found = in.currentToken();
        return builder.error(
                offset(),
                what
                        + ": "
                        + expected
                        + " expected, but found "
                        + (found == null ? "the end of the file" : found.name()));
    }
}
