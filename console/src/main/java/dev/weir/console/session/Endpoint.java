package dev.weir.console.session;

import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;

/// Where an admin server is and how to be let in.
///
/// @param name shown in the window
/// @param admin base address, such as `https://127.0.0.1:8443`
/// @param ca file with the authority to trust, or null for the platform's
/// @param community SNMP community of the nodes; empty means no live numbers
public record Endpoint(
        String name, URI admin, @Nullable Path ca, @Nullable Secret token, String community) {}
