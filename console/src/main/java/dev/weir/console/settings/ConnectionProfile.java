package dev.weir.console.settings;

import org.jspecify.annotations.Nullable;

import java.net.URI;

/// A saved connection; its token is kept elsewhere, under the profile's name.
///
/// @param ca file with the authority to trust, or null for the platform's
/// @param community SNMP community of the nodes; empty means no live numbers
public record ConnectionProfile(
        String name, URI admin, @Nullable String ca, @Nullable String community) {}
