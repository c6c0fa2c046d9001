package dev.weir.console.session;

import dev.weir.model.Secret;
import dev.weir.snmp.SnmpSecurity;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;

/// Where an admin server is and how to be let in.
///
/// @param name shown in the window
/// @param admin base address, such as `https://127.0.0.1:8443`
/// @param ca file with the authority to trust, or null for the platform's
/// @param snmp how the nodes' SNMP agents are asked; null means no live numbers
public record Endpoint(
        String name,
        URI admin,
        @Nullable Path ca,
        @Nullable Secret token,
        @Nullable SnmpSecurity snmp) {

    /// Asking by a community; not at all where it is empty.
    public static @Nullable SnmpSecurity community(String word) {
        return word.isEmpty() ? null : new SnmpSecurity.Community(new Secret(word));
    }
}
