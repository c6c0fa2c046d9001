package dev.weir.xds;

/// A node sent what the protocol has no meaning for; its stream cannot go on.
public final class InvalidRequestException extends RuntimeException {

    public InvalidRequestException(String message) {
        super(message);
    }
}
