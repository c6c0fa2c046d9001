package dev.weir.console.cluster;

import dev.weir.console.editing.FormCodec;
import dev.weir.model.Cluster;
import dev.weir.model.Draft;
import dev.weir.model.Engine;
import dev.weir.model.Problem;
import dev.weir.model.Resource;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What the fields of a cluster hold; immutable.
///
/// @param deletionProtection whether destructive acts in it want a typed name
public record ClusterForm(
        String name, String description, Engine engine, boolean deletionProtection) {

    /// A cluster that does not exist yet.
    public static final ClusterForm BLANK = new ClusterForm("", "", Engine.EMBEDDED, true);

    /// Between resources and forms.
    ///
    /// @param taken names that a new cluster cannot have
    public static FormCodec<ClusterForm> codec(Collection<String> taken) {
        List<String> names = List.copyOf(taken);
        return new FormCodec<>() {
            @Override
            public ClusterForm form(Resource<?> resource) {
                Cluster spec = (Cluster) resource.spec();
                return new ClusterForm(
                        resource.name(),
                        resource.description(),
                        spec.engine(),
                        spec.deletionProtection());
            }

            @Override
            public Reading read(ClusterForm form, Map<String, String> labels) {
                String name = form.name().strip();
                List<Problem> problems =
                        names.contains(name)
                                ? List.of(
                                        new Problem(
                                                "name", "'" + name + "' is taken; choose another"))
                                : List.of();
                Cluster spec = new Cluster(form.engine(), form.deletionProtection());
                return new Reading(new Draft<>(name, form.description(), labels, spec), problems);
            }
        };
    }

    ClusterForm withName(String text) {
        return new ClusterForm(text, description, engine, deletionProtection);
    }

    ClusterForm withDescription(String text) {
        return new ClusterForm(name, text, engine, deletionProtection);
    }

    ClusterForm withEngine(Engine choice) {
        return new ClusterForm(name, description, choice, deletionProtection);
    }

    ClusterForm withDeletionProtection(boolean on) {
        return new ClusterForm(name, description, engine, on);
    }
}
