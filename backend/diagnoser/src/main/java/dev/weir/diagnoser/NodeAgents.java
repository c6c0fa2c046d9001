package dev.weir.diagnoser;

import dev.weir.model.Diagnosis;
import dev.weir.model.Node;
import dev.weir.model.OperationRunner;
import dev.weir.model.Resource;
import dev.weir.model.RevisionSource;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/// Finds the agent of a node as it is declared now; a node may move between two questions.
///
/// @param connect the runner of a node that has an agent; may keep connections
record NodeAgents(RevisionSource revisions, Function<Resource<Node>, OperationRunner> connect) {

    /// @throws IOException where the node was deleted or has no agent
    OperationRunner of(Diagnosis.Spec spec) throws IOException {
        Optional<Resource<Node>> node =
                revisions
                        .current(spec.cluster())
                        .map(configuration -> configuration.nodes().get(spec.node()))
                        .filter(found -> found.spec().agent() != null);
        if (node.isEmpty()) {
            throw new IOException(
                    "node %s of cluster %s: was deleted or has no agent; join it again"
                            .formatted(spec.node(), spec.cluster()));
        }
        return connect.apply(node.get());
    }
}
