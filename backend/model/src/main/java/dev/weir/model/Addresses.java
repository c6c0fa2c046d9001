package dev.weir.model;

import java.net.InetAddress;

/// Judges literal IP addresses without ever asking a name server.
final class Addresses {
    private Addresses() {}

    static boolean isLiteral(String address) {
        try {
            InetAddress.ofLiteral(address);
            return true;
        } catch (IllegalArgumentException notLiteral) {
            return false;
        }
    }
}
