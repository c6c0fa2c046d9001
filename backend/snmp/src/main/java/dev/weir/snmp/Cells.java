package dev.weir.snmp;

import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UnsignedInteger32;
import org.snmp4j.smi.Variable;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/// What an agent answered for one row, or for the scalars, by object.
///
/// Confined to the thread that asks.
final class Cells<O extends Enum<O> & MibObject> {
    private final Map<O, Variable> values;
    private final int size;

    Cells(O[] objects) {
        values = new EnumMap<>(objects[0].getDeclaringClass());
        size = objects.length;
    }

    /// Keeps a value; exceptions such as noSuchInstance count as absent.
    void put(O object, Variable value) {
        if (!(value instanceof Null)) {
            values.put(object, value);
        }
    }

    boolean complete() {
        return values.size() == size;
    }

    boolean empty() {
        return values.isEmpty();
    }

    /// The number, a Counter64 as its 64 bits; 0 where it is absent or no number.
    long number(O object) {
        return switch (values.get(object)) {
            case Counter64 counter -> counter.getValue();
            case UnsignedInteger32 number -> number.getValue();
            case Integer32 number -> number.getValue();
            case null, default -> 0;
        };
    }

    int integer(O object) {
        return (int) number(object);
    }

    String text(O object) {
        return new String(octets(object), StandardCharsets.UTF_8);
    }

    /// The octets; none where they are absent or no octets.
    byte[] octets(O object) {
        return values.get(object) instanceof OctetString text ? text.getValue() : new byte[0];
    }
}
