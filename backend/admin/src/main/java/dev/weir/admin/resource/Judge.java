package dev.weir.admin.resource;

import dev.weir.model.Certificate;
import dev.weir.model.Change;
import dev.weir.model.Configuration;
import dev.weir.model.Kind;
import dev.weir.model.Problem;
import dev.weir.model.Reference;
import dev.weir.model.Resource;
import dev.weir.model.VirtualServer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds what is wrong with an edit: problems of what it touches, and problems that it causes
/// elsewhere. What was wrong before and is not touched does not stand in its way.
record Judge(
        Map<Reference, List<Problem>> problemsBefore,
        Map<Reference, List<Problem>> problemsAfter,
        Configuration candidate) {

    /// Problems of the changed documents and of their references.
    ///
    /// @param alone whether there is one change, whose paths then need no name in front
    List<Problem> invalid(List<Change> changes, boolean alone) {
        List<Problem> found = new ArrayList<>();
        Set<Reference> touched = new HashSet<>();
        Map<String, Problem> trades = new PortTrades(changes).problems();
        for (Change change : changes) {
            Reference object = new Reference(change.kind(), change.name());
            touched.add(object);
            Resource<?> after = change.after();
            if (after == null) {
                continue;
            }
            String prefix = alone ? "" : change.kind().document() + "[" + change.name() + "]";
            List<Problem> own = new ArrayList<>(after.draft().problems());
            if (own.isEmpty() && after.spec() instanceof Certificate certificate) {
                own.addAll(CertificateInspector.problems(certificate));
            }
            own.addAll(problemsAfter.getOrDefault(object, List.of()));
            Problem trade = object.kind() == Kind.VIRTUAL_SERVER ? trades.get(object.name()) : null;
            if (trade != null) {
                own.add(trade);
            }
            own.forEach(problem -> found.add(problem.under(prefix)));
        }
        Set<String> losing = losing(changes);
        problemsAfter.forEach((object, problems) -> {
            if (!touched.contains(object) && !losing.contains(object.name())) {
                List<Problem> before = problemsBefore.getOrDefault(object, List.of());
                for (Problem problem : problems) {
                    if (!before.contains(problem)) {
                        found.add(
                                new Problem(
                                        "spec",
                                        "%s would be at fault: %s %s"
                                                .formatted(
                                                        object,
                                                        problem.path(),
                                                        problem.message())));
                    }
                }
            }
        });
        return found;
    }

    /// Deletions of what is still used, each naming its users.
    List<Problem> inUse(List<Change> changes) {
        List<Problem> found = new ArrayList<>();
        for (Change change : changes) {
            if (change.after() == null) {
                Reference object = new Reference(change.kind(), change.name());
                List<String> users = losing(object);
                if (!users.isEmpty()) {
                    found.add(
                            new Problem(
                                    "",
                                    "%s: is used by virtual server %s; take it out of there first"
                                            .formatted(object, String.join(", ", users))));
                }
            }
        }
        return found;
    }

    /// Virtual servers that lose something they use, which [#inUse] tells in better words.
    private Set<String> losing(List<Change> changes) {
        Set<String> losing = new HashSet<>();
        for (Change change : changes) {
            if (change.after() == null) {
                losing.addAll(losing(new Reference(change.kind(), change.name())));
            }
        }
        return losing;
    }

    /// Names of the virtual servers that name what is deleted, in order. Each of them then has a
    /// problem, so the others need not be looked at.
    private List<String> losing(Reference deleted) {
        return problemsAfter.keySet().stream()
                .map(Reference::name)
                .filter(name -> uses(candidate.virtualServers().get(name), deleted))
                .sorted()
                .toList();
    }

    private static boolean uses(@Nullable Resource<VirtualServer> server, Reference object) {
        return server != null && server.spec().uses().contains(object);
    }
}
