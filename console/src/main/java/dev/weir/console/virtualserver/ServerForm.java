package dev.weir.console.virtualserver;

import dev.weir.console.editing.FormCodec;
import dev.weir.console.editing.Numbers;
import dev.weir.model.Draft;
import dev.weir.model.Resource;
import dev.weir.model.RouteRule;
import dev.weir.model.VirtualServer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the fields of a virtual server hold; immutable.
///
/// @param hostnames separated by commas
/// @param defaultGroup empty for none
public record ServerForm(
        String name,
        String description,
        String address,
        String port,
        VirtualServer.Protocol protocol,
        VirtualServer.AdminState adminState,
        String hostnames,
        List<String> certificates,
        VirtualServer.Tls.Version minVersion,
        List<RuleForm> rules,
        String defaultGroup) {

    /// A virtual server that does not exist yet.
    public static final ServerForm BLANK =
            new ServerForm(
                    "",
                    "",
                    "0.0.0.0",
                    "",
                    VirtualServer.Protocol.HTTP,
                    VirtualServer.AdminState.ENABLED,
                    "",
                    List.of(),
                    VirtualServer.Tls.Version.TLSV1_2,
                    List.of(),
                    "");

    /// Between resources and forms.
    public static final FormCodec<ServerForm> CODEC =
            new FormCodec<>() {
                @Override
                public ServerForm form(Resource<?> resource) {
                    return of(resource);
                }

                @Override
                public Reading read(ServerForm form, Map<String, String> labels) {
                    return form.read(labels);
                }
            };

    public ServerForm {
        certificates = List.copyOf(certificates);
        rules = List.copyOf(rules);
    }

    private static ServerForm of(Resource<?> resource) {
        VirtualServer spec = (VirtualServer) resource.spec();
        VirtualServer.Tls tls = spec.tls();
        return new ServerForm(
                resource.name(),
                resource.description(),
                spec.address(),
                Integer.toString(spec.port()),
                spec.protocol(),
                spec.adminState(),
                String.join(", ", spec.hostnames()),
                tls == null ? List.of() : tls.certificates(),
                tls == null ? VirtualServer.Tls.Version.TLSV1_2 : tls.minVersion(),
                spec.rules().stream().map(RuleForm::of).toList(),
                spec.defaultTargetGroup() == null ? "" : spec.defaultTargetGroup());
    }

    private FormCodec.Reading read(Map<String, String> labels) {
        Numbers numbers = new Numbers();
        List<RouteRule> read = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            read.add(rules.get(i).read("spec.rules[" + i + "]", numbers));
        }
        VirtualServer spec =
                new VirtualServer(
                        address.strip(),
                        numbers.whole(port, "spec.port", 1),
                        protocol,
                        adminState,
                        RuleForm.split(hostnames),
                        tls(),
                        read,
                        defaultGroup.isEmpty() ? null : defaultGroup);
        return new FormCodec.Reading(
                new Draft<>(name.strip(), description, labels, spec), numbers.problems());
    }

    private VirtualServer.@Nullable Tls tls() {
        return switch (protocol) {
            case HTTP -> null;
            case HTTPS -> new VirtualServer.Tls(certificates, minVersion);
        };
    }

    ServerForm withName(String text) {
        return new ServerForm(
                text,
                description,
                address,
                port,
                protocol,
                adminState,
                hostnames,
                certificates,
                minVersion,
                rules,
                defaultGroup);
    }

    ServerForm withDescription(String text) {
        return new ServerForm(
                name,
                text,
                address,
                port,
                protocol,
                adminState,
                hostnames,
                certificates,
                minVersion,
                rules,
                defaultGroup);
    }

    ServerForm withAddress(String text) {
        return new ServerForm(
                name,
                description,
                text,
                port,
                protocol,
                adminState,
                hostnames,
                certificates,
                minVersion,
                rules,
                defaultGroup);
    }

    ServerForm withPort(String text) {
        return new ServerForm(
                name,
                description,
                address,
                text,
                protocol,
                adminState,
                hostnames,
                certificates,
                minVersion,
                rules,
                defaultGroup);
    }

    ServerForm withProtocol(VirtualServer.Protocol choice) {
        return new ServerForm(
                name,
                description,
                address,
                port,
                choice,
                adminState,
                hostnames,
                certificates,
                minVersion,
                rules,
                defaultGroup);
    }

    ServerForm withAdminState(VirtualServer.AdminState choice) {
        return new ServerForm(
                name,
                description,
                address,
                port,
                protocol,
                choice,
                hostnames,
                certificates,
                minVersion,
                rules,
                defaultGroup);
    }

    ServerForm withHostnames(String text) {
        return new ServerForm(
                name,
                description,
                address,
                port,
                protocol,
                adminState,
                text,
                certificates,
                minVersion,
                rules,
                defaultGroup);
    }

    ServerForm withCertificates(List<String> list) {
        return new ServerForm(
                name,
                description,
                address,
                port,
                protocol,
                adminState,
                hostnames,
                list,
                minVersion,
                rules,
                defaultGroup);
    }

    ServerForm withMinVersion(VirtualServer.Tls.Version choice) {
        return new ServerForm(
                name,
                description,
                address,
                port,
                protocol,
                adminState,
                hostnames,
                certificates,
                choice,
                rules,
                defaultGroup);
    }

    ServerForm withRules(List<RuleForm> list) {
        return new ServerForm(
                name,
                description,
                address,
                port,
                protocol,
                adminState,
                hostnames,
                certificates,
                minVersion,
                list,
                defaultGroup);
    }

    ServerForm withDefaultGroup(String choice) {
        return new ServerForm(
                name,
                description,
                address,
                port,
                protocol,
                adminState,
                hostnames,
                certificates,
                minVersion,
                rules,
                choice);
    }

    /// With one rule in place of that at `index`.
    ServerForm withRule(int index, RuleForm rule) {
        List<RuleForm> list = new ArrayList<>(rules);
        list.set(index, rule);
        return withRules(list);
    }

    /// With the rule at `from` moved to `to`; unchanged where `to` is outside.
    ServerForm moved(int from, int to) {
        if (to < 0 || to >= rules.size()) {
            return this;
        }
        List<RuleForm> list = new ArrayList<>(rules);
        list.add(to, list.remove(from));
        return withRules(list);
    }
}
