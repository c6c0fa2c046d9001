package dev.weir.bundle;

import java.util.Locale;

/// A port of the lab. The order is that of `--port-base`: the first takes N, the next N + 1, and so
/// on.
enum Door {
    ADMIN,
    XDS,
    SNMP,
    AGENT,
    SHOP,
    PAY,
    PPROF,
    PROXY_ADMIN,
    WEB_1,
    WEB_2,
    WEB_3,
    WEB_NEXT_1,
    WEB_NEXT_2,
    PAYMENTS_1,
    PAYMENTS_2,
    CONTROL;

    /// Its name in messages and in the file of remembered ports: `web-next-1`.
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isUdp() {
        return this == SNMP;
    }
}
