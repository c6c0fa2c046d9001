package dev.weir.snmp;

import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.UnsignedInteger32;
import org.snmp4j.smi.Variable;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Values of the MIB's types, written and read.
final class Values {
    private static final long MAX_32 = 0xFFFF_FFFFL;

    private Values() {}

    /// An unsigned 64-bit counter; the sign bit is its highest bit.
    static Variable counter(long value) {
        return new Counter64(value);
    }

    /// Latches at both ends, as RFC 2578 §7.1.7 wants of a gauge.
    static Variable gauge(long value) {
        return new Gauge32(Math.clamp(value, 0, MAX_32));
    }

    static Variable unsigned(long value) {
        return new UnsignedInteger32(Math.clamp(value, 0, MAX_32));
    }

    static Variable integer(int value) {
        return new Integer32(value);
    }

    /// Hundredths of a second since the agent started, which wrap at 2^32 as `sysUpTime` does.
    static Variable ticks(long value) {
        return new TimeTicks(value & MAX_32);
    }

    /// At most `limit` bytes of UTF-8, never half a character.
    static Variable text(String value, int limit) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, limit);
        while (length < bytes.length && length > 0 && (bytes[length] & 0xC0) == 0x80) {
            length--;
        }
        return new OctetString(bytes, 0, length);
    }

    /// `DateAndTime` (RFC 2579) in UTC; eight zero octets for none.
    static Variable date(@Nullable Instant time) {
        if (time == null) {
            return new OctetString(new byte[8]);
        }
        OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
        return new OctetString(
                new byte[] {
                    (byte) (utc.getYear() >> 8),
                    (byte) utc.getYear(),
                    (byte) utc.getMonthValue(),
                    (byte) utc.getDayOfMonth(),
                    (byte) utc.getHour(),
                    (byte) utc.getMinute(),
                    (byte) utc.getSecond(),
                    (byte) (utc.getNano() / 100_000_000),
                    '+',
                    0,
                    0
                });
    }

    /// The octets of a literal address; none where it is no such address.
    static byte[] octets(String address) {
        try {
            return InetAddress.ofLiteral(address).getAddress();
        } catch (IllegalArgumentException notLiteral) {
            return new byte[0];
        }
    }

    static String address(byte[] octets) {
        try {
            return octets.length == 0 ? "" : InetAddress.getByAddress(octets).getHostAddress();
        } catch (UnknownHostException notAnAddress) {
            return "";
        }
    }

    static @Nullable Instant date(byte[] octets) {
        if (octets.length < 8 || (octets[0] == 0 && octets[1] == 0)) {
            return null;
        }
        try {
            return OffsetDateTime.of(
                            ((octets[0] & 0xFF) << 8) | (octets[1] & 0xFF),
                            octets[2],
                            octets[3],
                            octets[4],
                            octets[5],
                            octets[6],
                            octets[7] * 100_000_000,
                            offset(octets))
                    .toInstant();
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    private static ZoneOffset offset(byte[] octets) {
        if (octets.length < 11) {
            return ZoneOffset.UTC;
        }
        int sign = octets[8] == '-' ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(sign * octets[9], sign * octets[10]);
    }
}
