package dev.weir.proxy.stats;

/// One statistic with its name in Envoy.
interface Metric {

    /// `listener`, `http` or `cluster`: the first word of the Envoy name and the label that names
    /// the object.
    Scope scope();

    /// Envoy's stat name behind the object, such as `downstream_rq_total` or `downstream_rq_2xx`.
    String stat();

    boolean gauge();

    /// The slot in [Counters].
    int index();

    /// The objects that statistics belong to, with Envoy's label for each.
    enum Scope {
        LISTENER("listener", "envoy_listener_address"),
        HTTP("http", "envoy_http_conn_manager_prefix"),
        CLUSTER("cluster", "envoy_cluster_name");

        final String word;
        final String label;

        Scope(String word, String label) {
            this.word = word;
            this.label = label;
        }
    }
}
