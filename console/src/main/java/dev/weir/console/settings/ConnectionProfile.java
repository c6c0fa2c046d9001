package dev.weir.console.settings;

import org.jspecify.annotations.Nullable;

import java.net.URI;

/// A saved connection; its token and passphrases are kept elsewhere, under the profile's name.
///
/// @param ca file with the authority to trust, or null for the platform's
/// @param community SNMP community of the nodes; empty means no live numbers
/// @param snmpUser SNMPv3 user in place of a community, or null
public record ConnectionProfile(
        String name,
        URI admin,
        @Nullable String ca,
        @Nullable String community,
        @Nullable String snmpUser) {}
