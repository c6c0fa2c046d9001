package dev.weir.proxy;

import dev.weir.proxy.stats.HostMetric;
import dev.weir.proxy.upstream.Cluster;
import dev.weir.proxy.upstream.Host;

import java.util.Collection;

/// Writes `/clusters?format=json` as Envoy does (envoy.admin.v3.Clusters); zero values are left
/// out.
final class ClustersJson {
    private ClustersJson() {}

    static String write(Collection<Cluster> clusters) {
        StringBuilder out = new StringBuilder("{\"cluster_statuses\":[");
        String separator = "";
        for (Cluster cluster : clusters) {
            out.append(separator);
            separator = ",";
            out.append("{\"name\":\"").append(escape(cluster.spec().name())).append("\",");
            out.append("\"added_via_api\":true,\"observability_name\":\"");
            out.append(escape(cluster.stats().name())).append("\",\"host_statuses\":[");
            String inner = "";
            for (Host host : cluster.hosts()) {
                out.append(inner);
                inner = ",";
                host(out, host);
            }
            out.append("]}");
        }
        return out.append("]}\n").toString();
    }

    private static void host(StringBuilder out, Host host) {
        out.append("{\"address\":{\"socket_address\":{\"address\":\"");
        out.append(host.address().getAddress().getHostAddress()).append("\",\"port_value\":");
        out.append(host.address().getPort()).append("}},\"stats\":[");
        String separator = "";
        for (HostMetric metric : HostMetric.values()) {
            out.append(separator).append("{\"name\":\"").append(metric.stat()).append('"');
            separator = ",";
            if (metric.gauge()) {
                out.append(",\"type\":\"GAUGE\"");
            }
            long value = metric == HostMetric.RQ_ACTIVE ? host.active() : host.stats().sum(metric);
            if (value != 0) {
                out.append(",\"value\":\"").append(value).append('"');
            }
            out.append('}');
        }
        out.append("],\"health_status\":{\"eds_health_status\":\"");
        out.append(host.spec().state().envoyName()).append('"');
        if (!host.passing()) {
            out.append(",\"failed_active_health_check\":true");
            if (!host.checked()) {
                out.append(",\"pending_active_hc\":true");
            }
        }
        out.append("},\"weight\":").append(host.spec().weight()).append(",\"locality\":{}}");
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
