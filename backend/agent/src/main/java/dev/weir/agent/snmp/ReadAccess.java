package dev.weir.agent.snmp;

import dev.weir.snmp.WeirMib;

import org.jspecify.annotations.Nullable;
import org.snmp4j.agent.mo.snmp.CoexistenceInfo;
import org.snmp4j.agent.mo.snmp.CoexistenceInfoProvider;
import org.snmp4j.agent.security.VACM;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TransportIpAddress;

/// Who may see what: users with authentication and privacy, and the community on this machine, may
/// read WEIR-MIB and the groups `system` and `snmp`. Nobody may write.
///
/// Users themselves are known to the security model before this is asked.
@SuppressWarnings("NullAway") // null means "no" in SNMP4J's interfaces
final class ReadAccess implements VACM, CoexistenceInfoProvider {
    private static final OctetString NO_CONTEXT = new OctetString();
    private static final OctetString VIEW = new OctetString("read");
    private static final OID SYSTEM = new OID(new int[] {1, 3, 6, 1, 2, 1, 1});
    private static final OID SNMP = new OID(new int[] {1, 3, 6, 1, 2, 1, 11});

    private final @Nullable OctetString community;
    private final OctetString engineId;

    ReadAccess(@Nullable OctetString community, OctetString engineId) {
        this.community = community;
        this.engineId = engineId;
    }

    @Override
    public int isAccessAllowed(
            OctetString context, OctetString name, int model, int level, int type, OID oid) {
        OctetString view = getViewName(context, name, model, level, type);
        return view == null ? VACM_NO_ACCESS_ENTRY : isAccessAllowed(view, oid);
    }

    @Override
    public int isAccessAllowed(OctetString view, OID oid) {
        boolean visible =
                oid.startsWith(WeirMib.ROOT) || oid.startsWith(SYSTEM) || oid.startsWith(SNMP);
        return visible && VIEW.equals(view) ? VACM_OK : VACM_NOT_IN_VIEW;
    }

    @Override
    public @Nullable OctetString getViewName(
            OctetString context, OctetString name, int model, int level, int type) {
        boolean proven =
                model == SecurityModel.SECURITY_MODEL_USM
                        ? level == SecurityLevel.AUTH_PRIV
                        : model == SecurityModel.SECURITY_MODEL_SNMPv2c && name.equals(community);
        return proven && type == VIEW_READ ? VIEW : null;
    }

    @Override
    public boolean hasContext(OctetString context) {
        return context.length() == 0;
    }

    /// An unknown community has no entry; the request is dropped without an answer.
    @Override
    public CoexistenceInfo @Nullable [] getCoexistenceInfo(OctetString asked) {
        return asked.equals(community)
                ? new CoexistenceInfo[] {new CoexistenceInfo(asked, engineId, NO_CONTEXT)}
                : null;
    }

    @Override
    public @Nullable OctetString getCommunity(
            OctetString securityName, OctetString contextEngineId, OctetString context) {
        return community;
    }

    @Override
    public boolean passesFilter(Address address, CoexistenceInfo coexistence) {
        return address instanceof TransportIpAddress peer
                && peer.getInetAddress().isLoopbackAddress();
    }
}
