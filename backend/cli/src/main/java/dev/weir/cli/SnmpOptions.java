package dev.weir.cli;

import dev.weir.model.Secret;
import dev.weir.snmp.SnmpSecurity;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How a command proves to the agents who it is. Passphrases come from files, so that the list of
/// processes does not show them.
final class SnmpOptions {
    private final Surroundings surroundings;

    @Option(
            names = "--snmp-user",
            paramLabel = "NAME",
            description = "User of SNMPv3 (WEIR_SNMP_USER).")
    private @Nullable String user;

    @Option(
            names = "--snmp-authentication-file",
            paramLabel = "FILE",
            description =
                    "File that holds the user's authentication passphrase, HMAC-SHA-256"
                            + " (WEIR_SNMP_AUTHENTICATION_FILE).")
    private @Nullable String authenticationFile;

    @Option(
            names = "--snmp-privacy-file",
            paramLabel = "FILE",
            description =
                    "File that holds the user's privacy passphrase, AES-128; the other's where"
                            + " absent (WEIR_SNMP_PRIVACY_FILE).")
    private @Nullable String privacyFile;

    @Option(
            names = "--community",
            paramLabel = "TEXT",
            description = "Community of SNMPv2c (WEIR_SNMP_COMMUNITY); the lab tells its own.")
    private @Nullable String community;

    SnmpOptions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /// @param ofLab the community that a lab tells, or null
    SnmpSecurity security(@Nullable String ofLab) throws IOException, UsageException {
        String name = given(user, "WEIR_SNMP_USER");
        if (name != null) {
            return user(name);
        }
        String word = given(community, "WEIR_SNMP_COMMUNITY");
        String known = word == null ? ofLab : word;
        if (known == null || known.isEmpty()) {
            throw new UsageException(
                    "SNMP: give the user whom the agents know: --snmp-user and"
                            + " --snmp-authentication-file; or --community for SNMPv2c on loopback");
        }
        return new SnmpSecurity.Community(new Secret(known));
    }

    private SnmpSecurity user(String name) throws IOException, UsageException {
        String authentication = given(authenticationFile, "WEIR_SNMP_AUTHENTICATION_FILE");
        if (authentication == null) {
            throw new UsageException(
                    "--snmp-user %s: needs --snmp-authentication-file beside it".formatted(name));
        }
        String privacy = given(privacyFile, "WEIR_SNMP_PRIVACY_FILE");
        try {
            return new SnmpSecurity.User(
                    name, read(authentication), read(privacy == null ? authentication : privacy));
        } catch (IllegalArgumentException unfit) {
            throw new UsageException(String.valueOf(unfit.getMessage()));
        }
    }

    private static Secret read(String file) throws IOException {
        return new Secret(Files.readString(Path.of(file)).strip());
    }

    private @Nullable String given(@Nullable String option, String variable) {
        return option == null ? surroundings.variable(variable) : option;
    }
}
