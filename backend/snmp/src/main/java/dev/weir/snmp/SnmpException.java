package dev.weir.snmp;

import java.io.IOException;

/// An agent that could not be asked, or whose answer makes no sense.
public final class SnmpException extends IOException {
    private static final long serialVersionUID = 1;

    /// What kind of trouble it is.
    public enum Reason {
        /// Nothing came back: wrong address, wrong community, or the agent is gone.
        NO_ANSWER,
        /// The address could not be used from here.
        UNREACHABLE,
        /// The agent does not know the user.
        UNKNOWN_USER,
        /// The agent knows the user by another passphrase.
        WRONG_PASSPHRASE,
        /// The agent refused the request.
        REFUSED,
        /// The agent does not serve WEIR-MIB.
        NOT_WEIR,
        /// The agent answers what the protocol does not allow.
        MALFORMED
    }

    private final Reason reason;

    SnmpException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    SnmpException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
