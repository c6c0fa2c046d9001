package dev.weir.console;

import dev.weir.api.ReadyFile;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// What the command line says.
///
/// @param connect admin to connect to at once, or null
/// @param ca file with the authority to trust for it, or null for the platform's
/// @param tokenFile file with the token for it, or null
/// @param community SNMP community of its nodes
record ConsoleArguments(
        Path readyFile,
        @Nullable URI connect,
        @Nullable Path ca,
        @Nullable Path tokenFile,
        String community) {
    static final String USAGE =
            """
            weir console [--ready-file FILE] [--connect URL [--ca FILE] [--token-file FILE] [--snmp-community NAME]]
              --ready-file FILE       the lab's ready file; ~/.weir/lab/ready.json without it
              --connect URL           connect at once, such as https://127.0.0.1:8443
              --ca FILE               PEM file of the authority to trust
              --token-file FILE       file that holds the API token
              --snmp-community NAME   community of the nodes' SNMP agents
            """;

    /// @throws IllegalArgumentException with what is wrong
    static ConsoleArguments parse(List<String> words) {
        ConsoleArguments found = new ConsoleArguments(ReadyFile.ofLab(), null, null, null, "");
        for (int i = 0; i < words.size(); i += 2) {
            String option = words.get(i);
            if (i + 1 == words.size()) {
                throw new IllegalArgumentException(option + ": needs a value\n" + USAGE);
            }
            found = found.with(option, words.get(i + 1));
        }
        return found;
    }

    private ConsoleArguments with(String option, String value) {
        return switch (option) {
            case "--ready-file" ->
                    new ConsoleArguments(Path.of(value), connect, ca, tokenFile, community);
            case "--connect" ->
                    new ConsoleArguments(readyFile, URI.create(value), ca, tokenFile, community);
            case "--ca" ->
                    new ConsoleArguments(readyFile, connect, Path.of(value), tokenFile, community);
            case "--token-file" ->
                    new ConsoleArguments(readyFile, connect, ca, Path.of(value), community);
            case "--snmp-community" ->
                    new ConsoleArguments(readyFile, connect, ca, tokenFile, value);
            default ->
                    throw new IllegalArgumentException(
                            option + ": is no option of the console\n" + USAGE);
        };
    }
}
