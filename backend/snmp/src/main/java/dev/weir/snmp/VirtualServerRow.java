package dev.weir.snmp;

/// What is declared of a virtual server, and whether it is able to serve: a row of `weirVsTable`.
///
/// @param index 1 to 2^31-1, never used for another virtual server
/// @param name a DNS label
/// @param uuid 36 characters
/// @param address a literal IPv4 or IPv6 address
/// @param reason why the state is not up; empty where it is
/// @param lastChange `sysUpTime` in hundredths of a second when the state last changed
/// @param targetGroup index of the default target group, 0 for none
/// @param configVersion the number of the revision that last changed the virtual server
public record VirtualServerRow(
        int index,
        String name,
        String uuid,
        Type type,
        String address,
        int port,
        AdminState adminState,
        OperState operState,
        String reason,
        long lastChange,
        int targetGroup,
        Targets targets,
        String configVersion) {

    /// What is spoken on the port.
    public enum Type implements Numbered {
        HTTP(1),
        HTTPS(2),
        TCP(3),
        TLS(4),
        UDP(5);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    /// What the operator wants.
    public enum AdminState implements Numbered {
        ENABLED(1),
        DISABLED(2),
        DRAINING(3);

        private final int number;

        AdminState(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    /// How many targets the virtual server's target groups have.
    public record Targets(long healthy, long total) {}
}
