package dev.weir.cli;

import dev.weir.api.ApiException;
import dev.weir.model.InvalidException;
import dev.weir.profile.ProfileFormatException;
import dev.weir.snmp.SnmpException;

import java.io.IOException;
import java.nio.file.FileSystemException;

/// How a command ended, for scripts.
enum ExitCode {
    DONE(0),
    FAILED(1),
    USAGE(2),
    NOT_FOUND(3),
    CONFLICT(4),
    REFUSED(5),
    UNREACHABLE(6);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static ExitCode of(Exception failure) {
        return switch (failure) {
            case ApiException refused -> ofStatus(refused.status());
            case RefusedTextException text -> text.exitCode();
            case SnmpException snmp ->
                    switch (snmp.reason()) {
                        case NO_ANSWER, UNREACHABLE -> UNREACHABLE;
                        case UNKNOWN_USER, WRONG_PASSPHRASE, REFUSED, NOT_WEIR, MALFORMED ->
                                REFUSED;
                    };
            case NotFoundException _ -> NOT_FOUND;
            case UsageException _ -> USAGE;
            case InvalidException _ -> REFUSED;
            case FileSystemException _ -> FAILED;
            case ProfileFormatException _ -> FAILED;
            case IOException _ -> UNREACHABLE;
            case Exception _ -> FAILED;
        };
    }

    private static ExitCode ofStatus(int status) {
        return switch (status) {
            case 404 -> NOT_FOUND;
            case 409, 412, 428 -> CONFLICT;
            case 502, 503, 504 -> UNREACHABLE;
            default -> status < 500 ? REFUSED : FAILED;
        };
    }
}
