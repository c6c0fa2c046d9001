package dev.weir.xds;

import dev.weir.model.Certificate;
import dev.weir.model.Configuration;
import dev.weir.model.Kind;
import dev.weir.model.Metadata;
import dev.weir.model.Reference;
import dev.weir.model.Resource;
import dev.weir.model.TargetGroup;
import dev.weir.model.VirtualServer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// One object of a configuration as the xDS resources that it becomes; pure.
///
/// @param now what the object's references are looked up in
/// @param stamp the revision to say of an object's resources
record ObjectTranslation(Configuration now, ToLongFunction<Metadata> stamp) {

    /// The object's resources; none where it is not there.
    List<XdsResource> resources(Reference source) {
        return switch (source.kind()) {
            case VIRTUAL_SERVER ->
                    found(now.virtualServers(), source)
                            .map(found -> virtualServer(source, found))
                            .orElse(List.of());
            case TARGET_GROUP ->
                    found(now.targetGroups(), source)
                            .map(found -> targetGroup(source, found))
                            .orElse(List.of());
            case CERTIFICATE ->
                    found(now.certificates(), source)
                            .flatMap(found -> certificate(source, found))
                            .map(List::of)
                            .orElse(List.of());
            case CLUSTER, NODE -> List.of();
        };
    }

    /// What a virtual server speaks of by name, whether or not it is there.
    Set<Reference> uses(Reference virtualServer) {
        return found(now.virtualServers(), virtualServer)
                .map(server -> server.spec().uses())
                .orElse(Set.of());
    }

    private List<XdsResource> virtualServer(Reference source, Resource<VirtualServer> resource) {
        VirtualServer spec = resource.spec();
        long revision = stamp.applyAsLong(resource.metadata());
        String name = XdsName.virtualServer(resource.metadata().id()).toString();
        XdsKey routes = new XdsKey(XdsType.ROUTE, name);
        List<XdsKey> clusters =
                targetGroups(spec)
                        .flatMap(group -> cluster(group).stream())
                        .distinct()
                        .map(cluster -> new XdsKey(XdsType.CLUSTER, cluster))
                        .toList();
        List<XdsResource> translated = new ArrayList<>();
        translated.add(
                XdsResource.of(
                        routes,
                        source,
                        revision,
                        RouteTranslation.routes(resource, this::cluster),
                        clusters,
                        List.of()));
        List<String> secrets = certificates(spec).flatMap(one -> secret(one).stream()).toList();
        boolean servable = spec.protocol() == VirtualServer.Protocol.HTTP || !secrets.isEmpty();
        if (spec.adminState() == VirtualServer.AdminState.ENABLED && servable) {
            List<XdsKey> follows = new ArrayList<>(List.of(routes));
            secrets.forEach(secret -> follows.add(new XdsKey(XdsType.SECRET, secret)));
            translated.add(
                    XdsResource.of(
                            new XdsKey(XdsType.LISTENER, name),
                            source,
                            revision,
                            ListenerTranslation.listener(resource, secrets),
                            clusters,
                            follows));
        }
        return translated;
    }

    private List<XdsResource> targetGroup(Reference source, Resource<TargetGroup> resource) {
        String name = XdsName.targetGroup(resource.metadata().id()).toString();
        long revision = stamp.applyAsLong(resource.metadata());
        XdsKey endpoints = new XdsKey(XdsType.ENDPOINT, name);
        return List.of(
                XdsResource.of(
                        new XdsKey(XdsType.CLUSTER, name),
                        source,
                        revision,
                        ClusterTranslation.cluster(resource),
                        List.of(),
                        List.of(endpoints)),
                XdsResource.of(
                        endpoints, source, revision, EndpointTranslation.assignment(resource)));
    }

    private Optional<XdsResource> certificate(Reference source, Resource<Certificate> resource) {
        long revision = stamp.applyAsLong(resource.metadata());
        return SecretTranslation.secret(resource)
                .map(message ->
                        XdsResource.of(
                                new XdsKey(XdsType.SECRET, message.getName()),
                                source,
                                revision,
                                message));
    }

    private Optional<String> cluster(String targetGroup) {
        return Optional.ofNullable(now.targetGroups().get(targetGroup))
                .map(found -> XdsName.targetGroup(found.metadata().id()).toString());
    }

    private Optional<String> secret(String certificate) {
        return Optional.ofNullable(now.certificates().get(certificate))
                .filter(found -> found.spec().privateKey() != null)
                .map(found -> XdsName.certificate(found.metadata().id()).toString());
    }

    private static Stream<String> targetGroups(VirtualServer spec) {
        return spec.uses().stream()
                .filter(used -> used.kind() == Kind.TARGET_GROUP)
                .map(Reference::name);
    }

    private static Stream<String> certificates(VirtualServer spec) {
        return spec.tls() == null ? Stream.empty() : spec.tls().certificates().stream();
    }

    private static <R> Optional<R> found(Map<String, R> byName, Reference reference) {
        return Optional.ofNullable(byName.get(reference.name()));
    }
}
