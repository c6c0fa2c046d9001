package dev.weir.agent.snmp;

import dev.weir.snmp.MibSnapshot;
import dev.weir.snmp.WeirMib;

import org.jspecify.annotations.Nullable;
import org.snmp4j.PDU;
import org.snmp4j.agent.DefaultMOScope;
import org.snmp4j.agent.MOScope;
import org.snmp4j.agent.mo.GenericManagedObject;
import org.snmp4j.agent.request.SubRequest;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;

import java.util.function.Function;
import java.util.function.Supplier;

/// All of WEIR-MIB as the one object that SNMP4J knows of, read from the newest snapshot.
///
/// One registration for the whole subtree: rows come and go with the snapshot, and the registry,
/// which is not made for it, never changes.
final class SnapshotObject implements GenericManagedObject {
    private static final MOScope SCOPE =
            new DefaultMOScope(WeirMib.ROOT, true, WeirMib.ROOT.nextPeer(), false);

    private final Supplier<MibSnapshot> snapshots;

    SnapshotObject(Supplier<MibSnapshot> snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    public MOScope getScope() {
        return SCOPE;
    }

    @Override
    @SuppressWarnings("NullAway") // null means "nothing there" in this interface
    public @Nullable OID find(MOScope range) {
        MibSnapshot snapshot = snapshots.get();
        int cell = first(snapshot, range);
        return cell < snapshot.size() ? snapshot.oid(cell) : null;
    }

    @Override
    public void get(SubRequest<?> request) {
        MibSnapshot snapshot = snapshots.get();
        int cell = snapshot.find(request.getVariableBinding().getOid());
        request.getVariableBinding()
                .setVariable(cell < 0 ? Null.noSuchInstance : snapshot.value(cell));
        request.completed();
    }

    /// Every object here is in the view of whoever may read at all.
    @Override
    public boolean next(SubRequest<?> request, Function<OID, Boolean> inView) {
        MibSnapshot snapshot = snapshots.get();
        int cell = first(snapshot, request.getScope());
        if (cell >= snapshot.size()) {
            return false;
        }
        request.getVariableBinding().setOid(snapshot.oid(cell));
        request.getVariableBinding().setVariable(snapshot.value(cell));
        request.completed();
        return true;
    }

    @Override
    @SuppressWarnings({"deprecation", "InlineMeSuggester"}) // SNMP4J still wants it
    public boolean next(SubRequest<?> request) {
        return next(request, _ -> true);
    }

    @Override
    public void prepare(SubRequest<?> request) {
        request.setErrorStatus(PDU.notWritable);
    }

    @Override
    public void commit(SubRequest<?> request) {
        request.setErrorStatus(PDU.commitFailed);
    }

    @Override
    public void undo(SubRequest<?> request) {
        request.completed();
    }

    @Override
    public void cleanup(SubRequest<?> request) {
        request.completed();
    }

    private static int first(MibSnapshot snapshot, MOScope range) {
        OID from = range.getLowerBound();
        int exact = range.isLowerIncluded() ? snapshot.find(from) : -1;
        return exact >= 0 ? exact : snapshot.after(from);
    }
}
