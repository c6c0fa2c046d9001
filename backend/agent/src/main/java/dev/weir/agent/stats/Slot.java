package dev.weir.agent.stats;

/// A number that is kept for each virtual server.
enum Slot {
    CURRENT_CONNECTIONS(0, true),
    CURRENT_REQUESTS(1, true),
    CONNECTIONS(2, false),
    REJECTED(3, false),
    REQUESTS(4, false),
    OCTETS_IN(5, false),
    OCTETS_OUT(6, false),
    RESPONSES_1XX(7, false),
    RESPONSES_2XX(8, false),
    RESPONSES_3XX(9, false),
    RESPONSES_4XX(10, false),
    RESPONSES_5XX(11, false),
    RESETS(12, false),
    TIMEOUTS(13, false),
    HANDSHAKES(14, false),
    TLS_ERRORS(15, false),
    LATENCY_COUNT(16, false),
    /// Microseconds.
    LATENCY_SUM(17, false);

    static final Slot[] ALL = values();
    static final int COUNT = ALL.length;

    final int place;

    /// May fall; everything else only grows while the engine runs.
    final boolean gauge;

    Slot(int place, boolean gauge) {
        this.place = place;
        this.gauge = gauge;
    }
}
