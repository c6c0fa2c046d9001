package dev.weir.proxy.stats;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/// Writes statistics in the Prometheus text format with Envoy's names and labels.
public final class PrometheusText {
    private final StringBuilder out = new StringBuilder(16 * 1024);
    private final @Nullable Pattern filter;
    private final boolean usedOnly;

    /// @param filter found in the Envoy name, such as `http.vs_7.downstream_rq_total`; null for all
    /// @param usedOnly whether to leave out what is zero
    public PrometheusText(@Nullable Pattern filter, boolean usedOnly) {
        this.filter = filter;
        this.usedOnly = usedOnly;
    }

    /// Adds all virtual servers.
    public void servers(Collection<ServerStats> servers) {
        for (ServerMetric metric : ServerMetric.ALL) {
            family(metric, servers, ServerStats::name, stats -> stats.sum(metric));
        }
        histogram(
                "http",
                "downstream_rq_time",
                Metric.Scope.HTTP.label,
                servers.stream()
                        .map(s -> new Slots(s.name(), s.counters(), ServerMetric.HISTOGRAM))
                        .toList());
        certificates(servers);
    }

    private void certificates(Collection<ServerStats> servers) {
        String family = "envoy_listener_ssl_certificate_expiration_unix_time_seconds";
        boolean typed = false;
        for (ServerStats server : servers) {
            if (server.certificateName().isEmpty()
                    || !wanted("listener", server.name(), "ssl.certificate.expiration")) {
                continue;
            }
            if (!typed) {
                type(family, "gauge");
                typed = true;
            }
            out.append(family).append("{envoy_tls_certificate=\"");
            out.append(server.certificateName()).append("\",envoy_listener_address=\"");
            out.append(server.name()).append("\"} ").append(server.certificateExpires());
            out.append('\n');
        }
    }

    /// Adds all target groups.
    public void clusters(Collection<ClusterStats> clusters) {
        for (ClusterMetric metric : ClusterMetric.ALL) {
            family(metric, clusters, ClusterStats::name, stats -> stats.sum(metric));
        }
        histogram(
                "cluster",
                "upstream_rq_time",
                Metric.Scope.CLUSTER.label,
                clusters.stream()
                        .map(c -> new Slots(c.name(), c.counters(), ClusterMetric.HISTOGRAM))
                        .toList());
    }

    /// A gauge of one object, such as `cluster`, `membership_total`.
    public void gauges(String scope, String stat, String label, Collection<Sample> samples) {
        String family = "envoy_" + scope + "_" + stat;
        boolean typed = false;
        for (Sample sample : samples) {
            if ((usedOnly && sample.value() == 0) || !wanted(scope, sample.name(), stat)) {
                continue;
            }
            if (!typed) {
                type(family, "gauge");
                typed = true;
            }
            out.append(family).append('{').append(label).append("=\"").append(sample.name());
            out.append("\"} ").append(sample.value()).append('\n');
        }
    }

    /// A number of the whole process.
    public void process(String scope, String stat, long value) {
        if (filter != null && !filter.matcher(scope + "." + stat).find()) {
            return;
        }
        String family = "envoy_" + scope + "_" + stat;
        type(family, "gauge");
        out.append(family).append("{} ").append(value).append('\n');
    }

    private <T> void family(
            Metric metric,
            Collection<T> objects,
            java.util.function.Function<T, String> name,
            ToLongFunction<T> value) {
        Labelled labelled = Labelled.of(metric);
        boolean typed = false;
        for (T object : objects) {
            long number = value.applyAsLong(object);
            String own = name.apply(object);
            if ((usedOnly && number == 0) || !wanted(metric.scope().word, own, metric.stat())) {
                continue;
            }
            if (!typed) {
                type(labelled.family(), metric.gauge() ? "gauge" : "counter");
                typed = true;
            }
            out.append(labelled.family()).append('{').append(labelled.labels());
            out.append(metric.scope().label).append("=\"").append(own).append("\"} ");
            out.append(number).append('\n');
        }
    }

    private void histogram(String scope, String stat, String label, List<Slots> objects) {
        String family = "envoy_" + scope + "_" + stat;
        boolean typed = false;
        for (Slots object : objects) {
            if ((usedOnly && Histogram.count(object.counters(), object.base()) == 0)
                    || !wanted(scope, object.name(), stat)) {
                continue;
            }
            if (!typed) {
                type(family, "histogram");
                typed = true;
            }
            String labels = label + "=\"" + object.name() + "\"";
            Histogram.write(out, family, labels, object.counters(), object.base());
        }
    }

    private boolean wanted(String scope, String name, String stat) {
        return filter == null || filter.matcher(scope + "." + name + "." + stat).find();
    }

    private void type(String family, String type) {
        out.append("# TYPE ").append(family).append(' ').append(type).append('\n');
    }

    /// The text so far.
    public String text() {
        return out.toString();
    }

    /// One value of one named object.
    public record Sample(String name, long value) {}

    private record Slots(String name, Counters counters, int base) {}

    /// Envoy turns a class or version at the end of a name into a label.
    private record Labelled(String family, String labels) {
        static Labelled of(Metric metric) {
            String stat = metric.stat();
            String prefix = "envoy_" + metric.scope().word + "_";
            if (stat.endsWith("xx")) {
                String family = stat.substring(0, stat.length() - 3) + "xx";
                return new Labelled(
                        prefix + family,
                        "envoy_response_code_class=\"" + stat.charAt(stat.length() - 3) + "\",");
            }
            if (stat.startsWith("ssl_versions_")) {
                String version = stat.substring("ssl_versions_".length());
                return new Labelled(
                        prefix + "ssl_versions", "envoy_ssl_version=\"" + version + "\",");
            }
            return new Labelled(prefix + stat, "");
        }
    }
}
