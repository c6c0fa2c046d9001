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
import java.util.function.Consumer;

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
        return with(copy -> copy.name = text);
    }

    ServerForm withDescription(String text) {
        return with(copy -> copy.description = text);
    }

    ServerForm withAddress(String text) {
        return with(copy -> copy.address = text);
    }

    ServerForm withPort(String text) {
        return with(copy -> copy.port = text);
    }

    ServerForm withProtocol(VirtualServer.Protocol choice) {
        return with(copy -> copy.protocol = choice);
    }

    ServerForm withAdminState(VirtualServer.AdminState choice) {
        return with(copy -> copy.adminState = choice);
    }

    ServerForm withHostnames(String text) {
        return with(copy -> copy.hostnames = text);
    }

    ServerForm withCertificates(List<String> list) {
        return with(copy -> copy.certificates = list);
    }

    ServerForm withMinVersion(VirtualServer.Tls.Version choice) {
        return with(copy -> copy.minVersion = choice);
    }

    ServerForm withRules(List<RuleForm> list) {
        return with(copy -> copy.rules = list);
    }

    ServerForm withDefaultGroup(String choice) {
        return with(copy -> copy.defaultGroup = choice);
    }

    private ServerForm with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.form();
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

    /// A form on its way from one to the next: one field is set, the others stay.
    private static final class Copy {
        private String name;
        private String description;
        private String address;
        private String port;
        private VirtualServer.Protocol protocol;
        private VirtualServer.AdminState adminState;
        private String hostnames;
        private List<String> certificates;
        private VirtualServer.Tls.Version minVersion;
        private List<RuleForm> rules;
        private String defaultGroup;

        Copy(ServerForm form) {
            name = form.name;
            description = form.description;
            address = form.address;
            port = form.port;
            protocol = form.protocol;
            adminState = form.adminState;
            hostnames = form.hostnames;
            certificates = form.certificates;
            minVersion = form.minVersion;
            rules = form.rules;
            defaultGroup = form.defaultGroup;
        }

        ServerForm form() {
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
                    defaultGroup);
        }
    }
}
