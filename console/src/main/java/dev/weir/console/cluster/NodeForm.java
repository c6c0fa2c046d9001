package dev.weir.console.cluster;

import dev.weir.console.editing.FormCodec;
import dev.weir.model.Draft;
import dev.weir.model.Node;
import dev.weir.model.Problem;
import dev.weir.model.Resource;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the fields of a node hold; immutable.
///
/// @param agent address of the agent's door; empty while the node has not joined
/// @param snmp `host:port`; empty where the agent does not answer SNMP
public record NodeForm(String name, String description, String agent, String snmp) {

    /// A node that does not exist yet.
    public static final NodeForm BLANK = new NodeForm("", "", "", "");

    /// Between resources and forms.
    public static final FormCodec<NodeForm> CODEC =
            new FormCodec<>() {
                @Override
                public NodeForm form(Resource<?> resource) {
                    Node spec = (Node) resource.spec();
                    return new NodeForm(
                            resource.name(),
                            resource.description(),
                            spec.agent() == null ? "" : spec.agent().toString(),
                            spec.snmp() == null ? "" : spec.snmp());
                }

                @Override
                public Reading read(NodeForm form, Map<String, String> labels) {
                    return form.read(labels);
                }
            };

    private FormCodec.Reading read(Map<String, String> labels) {
        List<Problem> problems = new ArrayList<>();
        Node spec = new Node(address(problems), snmp.isBlank() ? null : snmp.strip());
        return new FormCodec.Reading(
                new Draft<>(name.strip(), description, labels, spec), problems);
    }

    private @Nullable URI address(List<Problem> problems) {
        try {
            return agent.isBlank() ? null : new URI(agent.strip());
        } catch (URISyntaxException bad) {
            problems.add(
                    new Problem(
                            "spec.agent",
                            "must be an absolute address such as https://10.0.0.5:8443, is '"
                                    + agent.strip()
                                    + "'"));
            return null;
        }
    }

    NodeForm withName(String text) {
        return new NodeForm(text, description, agent, snmp);
    }

    NodeForm withDescription(String text) {
        return new NodeForm(name, text, agent, snmp);
    }

    NodeForm withAgent(String text) {
        return new NodeForm(name, description, text, snmp);
    }

    NodeForm withSnmp(String text) {
        return new NodeForm(name, description, agent, text);
    }
}
