package dev.weir.snmp;

import org.snmp4j.SNMP4JSettings;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv3;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.OctetString;

import java.util.Collection;

/// The user-based security model with the protocols Weir allows, for one session or agent.
///
/// Nothing is shared with other sessions of the process: SNMP4J's global sets still hold DES.
public final class UserSecurity {
    static {
        // or an unknown user, who shares no key with the agent, could not be told so
        SNMP4JSettings.setReportSecurityLevelStrategy(
                SNMP4JSettings.ReportSecurityLevelStrategy.noAuthNoPrivIfNeeded);
    }

    private final SecurityProtocols protocols =
            new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.none);
    private final CounterSupport counters;
    private final USM users;

    /// @param engineBoots how often the engine of that id was started, from 1; 0 for a manager
    public UserSecurity(
            byte[] engineId,
            int engineBoots,
            Collection<SnmpSecurity.User> accepted,
            CounterSupport counters) {
        this.counters = counters;
        protocols.addAuthenticationProtocol(new AuthHMAC192SHA256());
        protocols.addPrivacyProtocol(new PrivAES128());
        users = new USM(protocols, new OctetString(engineId), engineBoots, counters);
        users.setEngineDiscoveryEnabled(true);
        for (SnmpSecurity.User user : accepted) {
            users.addUser(
                    new UsmUser(
                            new OctetString(user.name()),
                            AuthHMAC192SHA256.ID,
                            new OctetString(user.authentication().reveal()),
                            PrivAES128.ID,
                            new OctetString(user.privacy().reveal())));
        }
    }

    /// The message processing model of SNMPv3 with these users and no others.
    public MPv3 processing() {
        return new MPv3(
                users.getLocalEngineID().getValue(),
                null,
                protocols,
                SecurityModels.getCollection(new SecurityModel[] {users}),
                counters);
    }

    public USM users() {
        return users;
    }
}
