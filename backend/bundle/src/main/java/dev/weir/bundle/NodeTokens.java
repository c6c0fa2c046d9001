package dev.weir.bundle;

import dev.weir.admin.Admin;
import dev.weir.model.Configuration;
import dev.weir.model.Kind;
import dev.weir.model.Node;
import dev.weir.model.NodeIdentity;
import dev.weir.model.Resource;
import dev.weir.model.Revision;
import dev.weir.model.RevisionSource;
import dev.weir.model.Secret;
import dev.weir.model.Subscription;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Set;

/// The API tokens of nodes: issued when a node joins, and taken back when it is deleted.
///
/// Any thread.
final class NodeTokens implements AutoCloseable {
    /// The user whose tokens agents hold; nobody logs in as it.
    static final String AGENTS = "agents";

    private final Admin admin;
    private @Nullable Subscription subscription;

    NodeTokens(Admin admin) {
        this.admin = admin;
    }

    /// Takes back those of nodes that were deleted meanwhile, and follows from then on.
    NodeTokens start() {
        subscription = admin.ledger().subscribe(new Deletions());
        sweep();
        return this;
    }

    /// A token whose name tells whose it is.
    static Secret issue(Admin admin, Resource<Node> node) {
        return admin.issueToken(AGENTS, node.name() + " " + NodeIdentity.of(node).uri());
    }

    /// Takes back the tokens of nodes that are not declared.
    synchronized void sweep() {
        Set<NodeIdentity> declared = new HashSet<>();
        for (String cluster : admin.ledger().clusters()) {
            admin.ledger().current(cluster).stream()
                    .flatMap(found -> found.nodes().values().stream())
                    .map(NodeIdentity::of)
                    .forEach(declared::add);
        }
        admin.retainTokens(
                AGENTS,
                name ->
                        NodeIdentity.parse(name.substring(name.lastIndexOf(' ') + 1))
                                .map(declared::contains)
                                .orElse(true));
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
    }

    /// Hears of deletions on the committer's thread, which must not wait for more writes.
    private final class Deletions implements RevisionSource.Listener {
        @Override
        public void committed(Revision revision, Configuration now) {
            if (revision.changes().stream()
                    .anyMatch(change -> change.kind() == Kind.NODE && change.after() == null)) {
                deleted(revision.cluster());
            }
        }

        @Override
        public void deleted(String cluster) {
            var _ = Thread.ofVirtual().name("weir-node-tokens").start(NodeTokens.this::sweep);
        }
    }
}
