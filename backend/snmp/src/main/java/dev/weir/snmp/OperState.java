package dev.weir.snmp;

/// Whether a thing does its work: `WeirOperState` of the MIB.
public enum OperState implements Numbered {
    UNKNOWN(0),
    UP(1),
    DEGRADED(2),
    DOWN(3),
    DISABLED(4);

    private final int number;

    OperState(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }
}
