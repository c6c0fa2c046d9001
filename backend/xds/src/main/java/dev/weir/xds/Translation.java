package dev.weir.xds;

import dev.weir.model.Change;
import dev.weir.model.Configuration;
import dev.weir.model.Kind;
import dev.weir.model.Metadata;
import dev.weir.model.Reference;
import dev.weir.model.Revision;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One cluster's configuration as xDS resources, kept up to date at the cost of what changes.
///
/// Mutable; belongs to the thread that created it.
public final class Translation {
    private final EnumMap<XdsType, Map<String, XdsResource>> resources =
            new EnumMap<>(XdsType.class);
    private final Map<Reference, List<XdsKey>> produced = new HashMap<>();

    /// For each target group and certificate, by name, the virtual servers that speak of it.
    private final Map<Reference, Set<Reference>> users = new HashMap<>();

    private final Map<Reference, Set<Reference>> used = new HashMap<>();
    private long revision;

    /// A translation of nothing.
    public Translation() {
        for (XdsType type : XdsType.values()) {
            resources.put(type, new HashMap<>());
        }
    }

    public static Translation of(Configuration configuration) {
        Translation translation = new Translation();
        translation.replaceAll(configuration);
        return translation;
    }

    /// The revision that this translation stands for; 0 for that of nothing.
    public long revision() {
        return revision;
    }

    public Optional<XdsResource> find(XdsKey key) {
        return Optional.ofNullable(of(key.type()).get(key.name()));
    }

    /// The resources of a type by name, as they are now.
    public Map<String, XdsResource> all(XdsType type) {
        return Collections.unmodifiableMap(of(type));
    }

    /// Follows one revision.
    ///
    /// @param now the configuration after it
    /// @return the resources that were added, changed or removed
    public Set<XdsKey> apply(Revision change, Configuration now) {
        revision = now.revision();
        return replace(
                change.changes().stream().map(Translation::reference).toList(),
                new ObjectTranslation(now, any -> now.revision()));
    }

    /// Follows to any configuration of the cluster, at the cost of all of it.
    public Set<XdsKey> replaceAll(Configuration now) {
        revision = now.revision();
        Set<Reference> everything = new LinkedHashSet<>(produced.keySet());
        everything.addAll(used.keySet());
        for (Kind kind : Kind.values()) {
            now.all(kind).keySet().forEach(name -> everything.add(new Reference(kind, name)));
        }
        return replace(everything, new ObjectTranslation(now, Metadata::revision));
    }

    /// Forgets everything, as after the deletion of the cluster.
    public Set<XdsKey> clear() {
        Set<XdsKey> removed = new LinkedHashSet<>();
        resources.forEach((type, byName) ->
                byName.keySet().forEach(name -> removed.add(new XdsKey(type, name))));
        resources.values().forEach(Map::clear);
        produced.clear();
        users.clear();
        used.clear();
        return removed;
    }

    private Set<XdsKey> replace(Collection<Reference> references, ObjectTranslation objects) {
        Set<XdsKey> changed = new LinkedHashSet<>();
        Set<Reference> virtualServers = new LinkedHashSet<>();
        for (Reference reference : references) {
            switch (reference.kind()) {
                case VIRTUAL_SERVER -> virtualServers.add(reference);
                case TARGET_GROUP, CERTIFICATE -> {
                    // created again under the same name, it has another identity
                    if (publish(reference, objects.resources(reference), changed)) {
                        virtualServers.addAll(users.getOrDefault(reference, Set.of()));
                    }
                }
                case CLUSTER, NODE -> {}
            }
        }
        for (Reference reference : virtualServers) {
            note(reference, objects.uses(reference));
            publish(reference, objects.resources(reference), changed);
        }
        return changed;
    }

    /// Whether the source's resources have other names than before.
    private boolean publish(Reference source, List<XdsResource> translated, Set<XdsKey> changed) {
        List<XdsKey> before = produced.getOrDefault(source, List.of());
        List<XdsKey> after = translated.stream().map(XdsResource::key).toList();
        for (XdsKey gone : before) {
            if (!after.contains(gone)) {
                of(gone.type()).remove(gone.name());
                changed.add(gone);
            }
        }
        for (XdsResource resource : translated) {
            Map<String, XdsResource> byName = of(resource.key().type());
            XdsResource old = byName.get(resource.key().name());
            if (old == null || !old.version().equals(resource.version())) {
                byName.put(resource.key().name(), resource);
                changed.add(resource.key());
            }
        }
        if (after.isEmpty()) {
            produced.remove(source);
        } else {
            produced.put(source, after);
        }
        return !before.equals(after);
    }

    private void note(Reference user, Set<Reference> uses) {
        Set<Reference> before = uses.isEmpty() ? used.remove(user) : used.put(user, uses);
        for (Reference name : before == null ? Set.<Reference>of() : before) {
            users.computeIfPresent(
                    name,
                    (any, all) -> {
                        all.remove(user);
                        return all.isEmpty() ? null : all;
                    });
        }
        uses.forEach(name -> users.computeIfAbsent(name, any -> new LinkedHashSet<>()).add(user));
    }

    private static Reference reference(Change change) {
        return new Reference(change.kind(), change.name());
    }

    private Map<String, XdsResource> of(XdsType type) {
        Map<String, XdsResource> byName = resources.get(type);
        if (byName == null) {
            throw new IllegalStateException(type + ": the constructor makes a map for each type");
        }
        return byName;
    }
}
