package dev.weir.agent.snmp;

import dev.weir.snmp.MibSnapshot;
import dev.weir.snmp.WeirMib;

import org.snmp4j.CommandResponderEvent;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.agent.CommandProcessor;
import org.snmp4j.agent.RequestHandler;
import org.snmp4j.agent.mo.snmp.CoexistenceInfo;
import org.snmp4j.agent.request.SnmpRequest;
import org.snmp4j.agent.security.VACM;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TransportIpAddress;
import org.snmp4j.smi.VariableBinding;

import java.util.function.Supplier;

/// Answers GETBULK on WEIR-MIB from one snapshot, a search for each column and then additions.
///
/// SNMP4J's own handler measures the whole response again for every binding it adds, which made up
/// half of the agent's time. It keeps every other request, and GETBULK that begins before our
/// subtree, with few repetitions. Exempt from style limits: this is the hot path of a walk.
final class BulkProcessor extends CommandProcessor {
    private static final int MAX_BINDINGS = 1000;
    private static final int MAX_REPETITIONS_ELSEWHERE = 25;

    /// Keeps answers in one Ethernet frame, and amplifies little, beyond this machine.
    private static final int MAX_REMOTE_RESPONSE = 1400 - 128;

    /// Header of a response, and of its list of bindings, at their largest.
    private static final int ENVELOPE = 64;

    private final Supplier<MibSnapshot> snapshots;

    BulkProcessor(OctetString engineId, Supplier<MibSnapshot> snapshots) {
        super(engineId);
        this.snapshots = snapshots;
    }

    @Override
    public <A extends Address> void processPdu(CommandResponderEvent<A> event) {
        boolean local =
                event.getPeerAddress() instanceof TransportIpAddress peer
                        && peer.getInetAddress().isLoopbackAddress();
        if (!local) {
            event.setMaxSizeResponsePDU(
                    Math.min(event.getMaxSizeResponsePDU(), MAX_REMOTE_RESPONSE));
        }
        super.processPdu(event);
    }

    @Override
    protected <A extends Address> void processRequest(
            CommandResponderEvent<A> command,
            CoexistenceInfo coexistence,
            RequestHandler<SnmpRequest> handler) {
        PDU request = command.getPDU();
        if (request.getType() == PDU.GETBULK) {
            if (withinOurs(request)
                    && getVacm().hasContext(coexistence.getContextName())
                    && getViewName(command, coexistence, VACM.VIEW_READ) != null) {
                sendResponse(command, bulk(request, command.getMaxSizeResponsePDU()));
                return;
            }
            request.setMaxRepetitions(
                    Math.min(request.getMaxRepetitions(), MAX_REPETITIONS_ELSEWHERE));
        }
        super.processRequest(command, coexistence, handler);
    }

    /// Whether every binding asks for something behind the objects that SNMP4J answers for.
    private static boolean withinOurs(PDU request) {
        for (VariableBinding binding : request.getVariableBindings()) {
            if (binding.getOid().compareTo(WeirMib.ROOT) < 0) {
                return false;
            }
        }
        return request.size() > 0;
    }

    /// RFC 3416 §4.2.3.
    private PDU bulk(PDU request, int maxSize) {
        MibSnapshot snapshot = snapshots.get();
        PDU response = response(request);
        int columns = Math.min(request.size(), MAX_BINDINGS);
        int[] cells = new int[columns];
        OID[] ends = new OID[columns];
        for (int column = 0; column < columns; column++) {
            ends[column] = request.get(column).getOid();
            cells[column] = snapshot.after(ends[column]);
        }
        int single = Math.clamp(request.getNonRepeaters(), 0, columns);
        int room = maxSize - ENVELOPE;
        for (int column = 0; column < single; column++) {
            room = add(response, room, snapshot, cells[column], ends[column]);
        }
        int repetitions = Math.max(request.getMaxRepetitions(), 0);
        boolean more = single < columns;
        for (int repetition = 0; more && repetition < repetitions; repetition++) {
            more = false;
            for (int column = single; column < columns; column++) {
                room = add(response, room, snapshot, cells[column], ends[column]);
                if (room < 0 || response.size() >= MAX_BINDINGS) {
                    return response;
                }
                if (cells[column] < snapshot.size()) {
                    ends[column] = response.get(response.size() - 1).getOid();
                    cells[column]++;
                    more = true;
                }
            }
        }
        return response;
    }

    /// Adds a cell, or the end of the view, and returns the room that is left; below 0 where there
    /// was too little.
    private static int add(PDU response, int room, MibSnapshot snapshot, int cell, OID end) {
        VariableBinding binding =
                cell < snapshot.size()
                        ? new VariableBinding(snapshot.oid(cell), snapshot.value(cell))
                        : new VariableBinding(end, Null.endOfMibView);
        int left = room - binding.getBERLength();
        if (left >= 0) {
            response.add(binding);
        }
        return left;
    }

    private static PDU response(PDU request) {
        PDU response;
        if (request instanceof ScopedPDU scoped) {
            ScopedPDU answer = new ScopedPDU();
            answer.setContextEngineID(scoped.getContextEngineID());
            answer.setContextName(scoped.getContextName());
            response = answer;
        } else {
            response = new PDU();
        }
        response.setType(PDU.RESPONSE);
        response.setRequestID(request.getRequestID());
        return response;
    }
}
