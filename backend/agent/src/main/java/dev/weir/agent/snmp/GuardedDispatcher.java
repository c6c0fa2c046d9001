package dev.weir.agent.snmp;

import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.TransportMapping;
import org.snmp4j.TransportStateReference;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.TransportIpAddress;

import java.lang.System.Logger;
import java.nio.ByteBuffer;

/// Drops what comes too often before any of it is decoded or decrypted, and lets no message,
/// however made, end the thread that receives.
final class GuardedDispatcher extends MessageDispatcherImpl {
    private static final Logger LOG = System.getLogger(GuardedDispatcher.class.getName());

    private final transient SourceLimit limit;

    GuardedDispatcher(SourceLimit limit) {
        this.limit = limit;
    }

    @Override
    public <A extends Address> void processMessage(
            TransportMapping<? super A> transport,
            A from,
            ByteBuffer message,
            TransportStateReference state) {
        if (from instanceof TransportIpAddress ip && !limit.admits(ip.getInetAddress())) {
            return;
        }
        try {
            super.processMessage(transport, from, message, state);
        } catch (RuntimeException | StackOverflowError broken) {
            LOG.log(Logger.Level.DEBUG, () -> "SNMP message from " + from + ": dropped", broken);
        }
    }
}
