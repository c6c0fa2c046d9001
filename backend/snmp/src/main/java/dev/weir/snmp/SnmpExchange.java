package dev.weir.snmp;

import org.jspecify.annotations.Nullable;
import org.snmp4j.CommunityTarget;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Snmp;
import org.snmp4j.Target;
import org.snmp4j.UserTarget;
import org.snmp4j.event.ResponseEvent;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/// One request and its answer at a time, over SNMP4J, with its troubles told apart.
///
/// Safe for several threads.
final class SnmpExchange implements AutoCloseable {
    private static final int RETRIES = 1;
    private static final OID USM_STATS = new OID(new int[] {1, 3, 6, 1, 6, 3, 15, 1, 1});
    private static final int UNKNOWN_USERS = 3;
    private static final int WRONG_DIGESTS = 5;
    private static final int DECRYPTION_ERRORS = 6;

    private final Snmp snmp;
    private final Target<UdpAddress> target;
    private final boolean version3;
    private final String name;

    SnmpExchange(InetSocketAddress agent, SnmpSecurity security, Duration timeout)
            throws SnmpException {
        name = "SNMP agent " + agent.getHostString() + ":" + agent.getPort();
        if (agent.isUnresolved()) {
            throw new SnmpException(
                    SnmpException.Reason.UNREACHABLE, name + ": the name has no address; check it");
        }
        UdpAddress address = new UdpAddress(agent.getAddress(), agent.getPort());
        MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
        switch (security) {
            case SnmpSecurity.Community(var community) -> {
                dispatcher.addMessageProcessingModel(new MPv2c());
                target = new CommunityTarget<>(address, new OctetString(community.reveal()));
                target.setVersion(SnmpConstants.version2c);
                version3 = false;
            }
            case SnmpSecurity.User user -> {
                dispatcher.addMessageProcessingModel(
                        new UserSecurity(engineId(), 0, List.of(user), new CounterSupport())
                                .processing());
                UserTarget<UdpAddress> userTarget = new UserTarget<>();
                userTarget.setAddress(address);
                userTarget.setSecurityLevel(SecurityLevel.AUTH_PRIV);
                userTarget.setSecurityName(new OctetString(user.name()));
                userTarget.setVersion(SnmpConstants.version3);
                target = userTarget;
                version3 = true;
            }
        }
        target.setTimeout(timeout.toMillis());
        target.setRetries(RETRIES);
        snmp = opened(dispatcher);
    }

    String name() {
        return name;
    }

    /// As many bindings as asked for, in that order.
    List<? extends VariableBinding> get(List<OID> oids) throws SnmpException {
        PDU request = request(PDU.GET);
        oids.forEach(oid -> request.add(new VariableBinding(oid)));
        List<? extends VariableBinding> answer = send(request);
        for (int i = 0; i < oids.size(); i++) {
            if (answer.size() != oids.size() || !answer.get(i).getOid().equals(oids.get(i))) {
                throw new SnmpException(
                        SnmpException.Reason.MALFORMED,
                        name + ": answered other objects than it was asked for");
            }
        }
        return answer;
    }

    /// The objects after `oid`, at most `repetitions`.
    List<? extends VariableBinding> bulk(OID oid, int repetitions) throws SnmpException {
        PDU request = request(PDU.GETBULK);
        request.setMaxRepetitions(repetitions);
        request.add(new VariableBinding(oid));
        return send(request);
    }

    @Override
    public void close() {
        try {
            snmp.close();
        } catch (IOException closing) {
            throw new UncheckedIOException(closing); // a datagram socket has nothing to flush
        }
    }

    private PDU request(int type) {
        PDU request = version3 ? new ScopedPDU() : new PDU();
        request.setType(type);
        return request;
    }

    private List<? extends VariableBinding> send(PDU request) throws SnmpException {
        ResponseEvent<UdpAddress> event;
        try {
            event = snmp.send(request, target);
        } catch (IOException failed) {
            throw new SnmpException(
                    SnmpException.Reason.UNREACHABLE,
                    name + ": could not be asked (" + failed.getMessage() + ")",
                    failed);
        }
        @Nullable PDU response = event.getResponse();
        if (response == null) {
            throw new SnmpException(
                    SnmpException.Reason.NO_ANSWER,
                    "%s: no answer to %d requests in %d ms each; check address, %s and firewall"
                            .formatted(
                                    name,
                                    RETRIES + 1,
                                    target.getTimeout(),
                                    version3 ? "user" : "community"));
        }
        if (response.getType() == PDU.REPORT) {
            throw reported(response);
        }
        if (response.getErrorStatus() != PDU.noError) {
            throw new SnmpException(
                    SnmpException.Reason.REFUSED,
                    name + ": refused the request (" + response.getErrorStatusText() + ")");
        }
        return response.getVariableBindings();
    }

    private SnmpException reported(PDU report) {
        OID oid = report.size() == 0 ? USM_STATS : report.get(0).getOid();
        int what =
                oid.startsWith(USM_STATS) && oid.size() > USM_STATS.size()
                        ? oid.get(USM_STATS.size())
                        : 0;
        return switch (what) {
            case UNKNOWN_USERS ->
                    new SnmpException(
                            SnmpException.Reason.UNKNOWN_USER,
                            name
                                    + ": does not know the user "
                                    + target.getSecurityName()
                                    + "; add it to the agent or choose another");
            case WRONG_DIGESTS, DECRYPTION_ERRORS ->
                    new SnmpException(
                            SnmpException.Reason.WRONG_PASSPHRASE,
                            name
                                    + ": has another passphrase for user "
                                    + target.getSecurityName()
                                    + "; type it again");
            default ->
                    new SnmpException(
                            SnmpException.Reason.REFUSED,
                            name + ": refused the request (report " + oid + ")");
        };
    }

    private Snmp opened(MessageDispatcherImpl dispatcher) throws SnmpException {
        try {
            Snmp opened = new Snmp(dispatcher, new DefaultUdpTransportMapping());
            opened.listen();
            return opened;
        } catch (IOException failed) {
            throw new SnmpException(
                    SnmpException.Reason.UNREACHABLE,
                    name + ": no socket to ask from (" + failed.getMessage() + ")",
                    failed);
        }
    }

    /// An engine id of its own for each session, as RFC 3411 §5 asks.
    private static byte[] engineId() {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        return MPv3.createLocalEngineID(new OctetString(random));
    }
}
