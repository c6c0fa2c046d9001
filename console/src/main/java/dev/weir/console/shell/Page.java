package dev.weir.console.shell;

import dev.weir.model.Reference;

import java.util.List;
import java.util.Optional;

/// A place in the console; each has an address, so that it can be remembered.
public sealed interface Page {

    /// All virtual servers of a cluster with their numbers.
    record Overview(String cluster) implements Page {}

    record Server(String cluster, String name) implements Page {}

    /// A virtual server that does not exist yet.
    record NewServer(String cluster) implements Page {}

    record Group(String cluster, String name) implements Page {}

    /// A target group that does not exist yet.
    record NewGroup(String cluster) implements Page {}

    record ServerCertificate(String cluster, String name) implements Page {}

    /// A certificate that does not exist yet.
    record NewCertificate(String cluster) implements Page {}

    record Nodes(String cluster) implements Page {}

    /// One node of a cluster.
    record Machine(String cluster, String name) implements Page {}

    /// A node that does not exist yet.
    record NewNode(String cluster) implements Page {}

    /// A cluster that does not exist yet.
    record NewCluster() implements Page {}

    record History(String cluster) implements Page {}

    record Diagnoses() implements Page {}

    /// One diagnosis run.
    record Run(String id) implements Page {}

    /// A profile that a run left.
    record Profile(String run, String sha256) implements Page {}

    /// A profile of a run against one of an earlier run.
    record Comparison(String run, String sha256, String baseline) implements Page {}

    record Preferences() implements Page {}

    /// The address: segments joined by `/`, none of which holds one.
    default String address() {
        return switch (this) {
            case Overview(var cluster) -> "cluster/" + cluster;
            case Server(var cluster, var name) -> "cluster/" + cluster + "/virtual-server/" + name;
            case NewServer(var cluster) -> "cluster/" + cluster + "/new-virtual-server";
            case Group(var cluster, var name) -> "cluster/" + cluster + "/target-group/" + name;
            case NewGroup(var cluster) -> "cluster/" + cluster + "/new-target-group";
            case ServerCertificate(var cluster, var name) ->
                    "cluster/" + cluster + "/certificate/" + name;
            case NewCertificate(var cluster) -> "cluster/" + cluster + "/new-certificate";
            case Nodes(var cluster) -> "cluster/" + cluster + "/nodes";
            case Machine(var cluster, var name) -> "cluster/" + cluster + "/node/" + name;
            case NewNode(var cluster) -> "cluster/" + cluster + "/new-node";
            case NewCluster() -> "new-cluster";
            case History(var cluster) -> "cluster/" + cluster + "/history";
            case Diagnoses() -> "diagnoses";
            case Run(var id) -> "diagnosis/" + id;
            case Profile(var run, var sha256) -> "diagnosis/" + run + "/profile/" + sha256;
            case Comparison(var run, var sha256, var baseline) ->
                    "diagnosis/" + run + "/profile/" + sha256 + "/against/" + baseline;
            case Preferences() -> "settings";
        };
    }

    /// The page of a resource.
    static Page of(String cluster, Reference resource) {
        return switch (resource.kind()) {
            case CLUSTER -> new Overview(resource.name());
            case NODE -> new Machine(cluster, resource.name());
            case VIRTUAL_SERVER -> new Server(cluster, resource.name());
            case TARGET_GROUP -> new Group(cluster, resource.name());
            case CERTIFICATE -> new ServerCertificate(cluster, resource.name());
        };
    }

    /// The page of an address, or empty where there is none.
    static Optional<Page> at(String address) {
        List<String> parts = List.of(address.split("/"));
        return Optional.ofNullable(
                switch (parts.size()) {
                    case 1 ->
                            switch (parts.getFirst()) {
                                case "new-cluster" -> new NewCluster();
                                case "diagnoses" -> new Diagnoses();
                                case "settings" -> new Preferences();
                                default -> null;
                            };
                    case 2 ->
                            switch (parts.getFirst()) {
                                case "cluster" -> new Overview(parts.get(1));
                                case "diagnosis" -> new Run(parts.get(1));
                                default -> null;
                            };
                    case 3 ->
                            switch (parts.get(2)) {
                                case "new-virtual-server" -> new NewServer(parts.get(1));
                                case "new-target-group" -> new NewGroup(parts.get(1));
                                case "new-certificate" -> new NewCertificate(parts.get(1));
                                case "new-node" -> new NewNode(parts.get(1));
                                case "nodes" -> new Nodes(parts.get(1));
                                case "history" -> new History(parts.get(1));
                                default -> null;
                            };
                    case 4 ->
                            switch (parts.get(2)) {
                                case "virtual-server" -> new Server(parts.get(1), parts.get(3));
                                case "node" -> new Machine(parts.get(1), parts.get(3));
                                case "target-group" -> new Group(parts.get(1), parts.get(3));
                                case "certificate" ->
                                        new ServerCertificate(parts.get(1), parts.get(3));
                                case "profile" -> new Profile(parts.get(1), parts.get(3));
                                default -> null;
                            };
                    case 6 ->
                            parts.get(2).equals("profile") && parts.get(4).equals("against")
                                    ? new Comparison(parts.get(1), parts.get(3), parts.get(5))
                                    : null;
                    default -> null;
                });
    }
}
