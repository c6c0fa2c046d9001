package dev.weir.agent.operation;

import dev.weir.model.FailureReason;

import okhttp3.Dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Resolves names and refuses addresses where clouds answer with credentials: link-local ones and
/// the metadata services beyond them.
///
/// The connection goes to the addresses judged here, so a name cannot point elsewhere in between.
final class GuardedDns implements Dns {
    private static final String LINK_LOCAL = "a9fe";
    private static final Set<InetAddress> METADATA =
            Set.of(
                    InetAddress.ofLiteral("100.100.100.200"),
                    InetAddress.ofLiteral("fd00:ec2::254"),
                    InetAddress.ofLiteral("fd20:ce::254"),
                    InetAddress.ofLiteral("168.63.129.16"));

    /// A name led to an address that no diagnosis may reach.
    static final class ForbiddenAddressException extends UnknownHostException {
        ForbiddenAddressException(String message) {
            super(message);
        }
    }

    @Override
    public List<InetAddress> lookup(String hostname) throws UnknownHostException {
        List<InetAddress> addresses = List.of(InetAddress.getAllByName(hostname));
        for (InetAddress address : addresses) {
            if (isForbidden(address)) {
                throw new ForbiddenAddressException(refusal(hostname, address));
            }
        }
        return addresses;
    }

    /// Judges a host that is written as an address, which no resolver sees.
    static void refuseForbiddenLiteral(String host) throws OperationFailedException {
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException notLiteral) {
            return;
        }
        if (isForbidden(address)) {
            throw new OperationFailedException(
                    FailureReason.INVALID_PARAMETER, refusal(host, address));
        }
    }

    private static boolean isForbidden(InetAddress address) {
        return address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || address.isAnyLocalAddress()
                || METADATA.contains(address)
                || embedsLinkLocal(address.getAddress());
    }

    /// 169.254.0.0/16 in the forms that IPv6 has for IPv4 addresses: ::/96 (RFC 4291 §2.5.5.1),
    /// NAT64's 64:ff9b::/96 (RFC 6052 §2.1) and 6to4's 2002::/16 (RFC 3056 §2).
    private static boolean embedsLinkLocal(byte[] address) {
        if (address.length != 16) {
            return false;
        }
        String text = HexFormat.of().formatHex(address);
        return text.startsWith("2002" + LINK_LOCAL)
                || text.matches("(0064ff9b|00000000)0{16}" + LINK_LOCAL + "....");
    }

    private static String refusal(String host, InetAddress address) {
        return ("target %s: is %s, a link-local or metadata address that no diagnosis may reach;"
                        + " give the address of the program")
                .formatted(host, address.getHostAddress());
    }
}
