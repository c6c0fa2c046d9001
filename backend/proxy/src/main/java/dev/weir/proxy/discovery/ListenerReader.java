package dev.weir.proxy.discovery;

import dev.weir.proxy.listener.ListenerSpec;

import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters.TlsProtocol;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Reads a Listener with its HttpConnectionManager and DownstreamTlsContext (Envoy v3).
final class ListenerReader {
    private static final long DEFAULT_IDLE = TimeUnit.HOURS.toNanos(1);
    private static final long DEFAULT_STREAM_IDLE = TimeUnit.MINUTES.toNanos(5);
    private static final long DEFAULT_HEAD = TimeUnit.SECONDS.toNanos(10);
    private static final int DEFAULT_BUFFER = 1024 * 1024;
    private static final String MANAGER = "filter_chains[0].filters[0].typed_config";
    private static final String SOCKET = "filter_chains[0].transport_socket.typed_config";

    private final Listener listener;
    private final FieldCheck check;

    private ListenerReader(Listener listener, FieldCheck check) {
        this.listener = listener;
        this.check = check;
    }

    static Optional<ListenerSpec> read(Listener listener, FieldCheck check) {
        return new ListenerReader(listener, check).read();
    }

    private Optional<ListenerSpec> read() {
        check.only(
                listener,
                "",
                Set.of(
                        "name",
                        "address",
                        "stat_prefix",
                        "filter_chains",
                        "per_connection_buffer_limit_bytes",
                        "listener_filters",
                        "traffic_direction"));
        for (int i = 0; i < listener.getListenerFiltersCount(); i++) {
            // SNI is read whenever there is more than one certificate
            check.unpack(
                    listener.getListenerFilters(i).getTypedConfig(),
                    TlsInspector.class,
                    "listener_filters[" + i + "].typed_config");
        }
        if (listener.getFilterChainsCount() != 1) {
            check.refuse("filter_chains", "must be one, are " + listener.getFilterChainsCount());
            return Optional.empty();
        }
        FilterChain chain = listener.getFilterChains(0);
        check.only(chain, "filter_chains[0]", Set.of("filters", "transport_socket", "name"));
        if (chain.getFiltersCount() != 1) {
            check.refuse("filter_chains[0].filters", "must be one HttpConnectionManager");
            return Optional.empty();
        }
        Filter filter = chain.getFilters(0);
        HttpConnectionManager manager =
                check.unpack(filter.getTypedConfig(), HttpConnectionManager.class, MANAGER);
        ListenerSpec.Tls tls = chain.hasTransportSocket() ? tls(chain) : null;
        if (manager == null) {
            return Optional.empty();
        }
        ListenerSpec.Options options = manager(manager);
        return Optional.of(
                new ListenerSpec(
                        listener.getName(),
                        listener.getStatPrefix().isEmpty()
                                ? manager.getStatPrefix()
                                : listener.getStatPrefix(),
                        Reading.address(listener.getAddress(), "address", check),
                        manager.getRds().getRouteConfigName(),
                        tls,
                        options));
    }

    private ListenerSpec.Options manager(HttpConnectionManager manager) {
        check.only(
                manager,
                MANAGER,
                Set.of(
                        "codec_type",
                        "stat_prefix",
                        "rds",
                        "http_filters",
                        "use_remote_address",
                        "common_http_protocol_options",
                        "stream_idle_timeout",
                        "request_timeout",
                        "request_headers_timeout",
                        "upgrade_configs",
                        "strip_any_host_port",
                        "server_header_transformation",
                        "generate_request_id"));
        check.require(
                manager.getCodecType() == HttpConnectionManager.CodecType.AUTO
                        || manager.getCodecType() == HttpConnectionManager.CodecType.HTTP1,
                MANAGER + ".codec_type",
                "must be HTTP1 or AUTO");
        check.require(
                manager.getUseRemoteAddress().getValue(),
                MANAGER + ".use_remote_address",
                "must be true");
        check.require(manager.hasRds(), MANAGER + ".rds", "is required");
        Reading.ads(manager.getRds().getConfigSource(), MANAGER + ".rds.config_source", check);
        filters(manager.getHttpFiltersList());
        HttpProtocolOptions common = manager.getCommonHttpProtocolOptions();
        check.only(common, MANAGER + ".common_http_protocol_options", Set.of("idle_timeout"));
        long idle =
                common.hasIdleTimeout()
                        ? Reading.nanos(
                                common.getIdleTimeout(),
                                MANAGER + ".common_http_protocol_options.idle_timeout",
                                check)
                        : DEFAULT_IDLE;
        return new ListenerSpec.Options(
                manager.hasRequestHeadersTimeout()
                        ? Reading.nanos(
                                manager.getRequestHeadersTimeout(),
                                MANAGER + ".request_headers_timeout",
                                check)
                        : DEFAULT_HEAD,
                idle,
                manager.hasStreamIdleTimeout()
                        ? Reading.nanos(
                                manager.getStreamIdleTimeout(),
                                MANAGER + ".stream_idle_timeout",
                                check)
                        : DEFAULT_STREAM_IDLE,
                Reading.nanos(manager.getRequestTimeout(), MANAGER + ".request_timeout", check),
                new ListenerSpec.Features(
                        upgrades(manager),
                        manager.getStripAnyHostPort(),
                        !manager.hasGenerateRequestId()
                                || manager.getGenerateRequestId().getValue()),
                listener.hasPerConnectionBufferLimitBytes()
                        ? listener.getPerConnectionBufferLimitBytes().getValue()
                        : DEFAULT_BUFFER);
    }

    private void filters(List<HttpFilter> filters) {
        for (int i = 0; i < filters.size(); i++) {
            String path = MANAGER + ".http_filters[" + i + "].typed_config";
            Router router = check.unpack(filters.get(i).getTypedConfig(), Router.class, path);
            if (router != null) {
                check.only(router, path, Set.of("suppress_envoy_headers", "dynamic_stats"));
            }
        }
        check.require(filters.size() == 1, MANAGER + ".http_filters", "must be the router alone");
    }

    private boolean upgrades(HttpConnectionManager manager) {
        for (int i = 0; i < manager.getUpgradeConfigsCount(); i++) {
            var upgrade = manager.getUpgradeConfigs(i);
            String path = MANAGER + ".upgrade_configs[" + i + "]";
            check.only(upgrade, path, Set.of("upgrade_type"));
            check.require(
                    upgrade.getUpgradeType().equalsIgnoreCase("websocket"),
                    path + ".upgrade_type",
                    "must be websocket, is " + upgrade.getUpgradeType());
        }
        return manager.getUpgradeConfigsCount() > 0;
    }

    private ListenerSpec.@Nullable Tls tls(FilterChain chain) {
        DownstreamTlsContext context =
                check.unpack(
                        chain.getTransportSocket().getTypedConfig(),
                        DownstreamTlsContext.class,
                        SOCKET);
        if (context == null) {
            return null;
        }
        check.only(context, SOCKET, Set.of("common_tls_context"));
        CommonTlsContext common = context.getCommonTlsContext();
        String path = SOCKET + ".common_tls_context";
        check.only(
                common,
                path,
                Set.of("tls_params", "tls_certificate_sds_secret_configs", "alpn_protocols"));
        common.getAlpnProtocolsList()
                .forEach(protocol ->
                        check.require(
                                protocol.equals("http/1.1"),
                                path + ".alpn_protocols",
                                "must be http/1.1, holds " + protocol));
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < common.getTlsCertificateSdsSecretConfigsCount(); i++) {
            var secret = common.getTlsCertificateSdsSecretConfigs(i);
            Reading.ads(
                    secret.getSdsConfig(),
                    path + ".tls_certificate_sds_secret_configs[" + i + "].sds_config",
                    check);
            secrets.add(secret.getName());
        }
        check.require(
                !secrets.isEmpty(),
                path + ".tls_certificate_sds_secret_configs",
                "must name a certificate");
        return new ListenerSpec.Tls(
                List.copyOf(secrets), protocols(common.getTlsParams(), path + ".tls_params"));
    }

    private List<String> protocols(TlsParameters parameters, String path) {
        check.only(
                parameters,
                path,
                Set.of("tls_minimum_protocol_version", "tls_maximum_protocol_version"));
        TlsProtocol minimum = parameters.getTlsMinimumProtocolVersion();
        TlsProtocol maximum = parameters.getTlsMaximumProtocolVersion();
        check.require(
                minimum == TlsProtocol.TLS_AUTO
                        || minimum == TlsProtocol.TLSv1_2
                        || minimum == TlsProtocol.TLSv1_3,
                path + ".tls_minimum_protocol_version",
                "must be TLSv1_2 or TLSv1_3");
        List<String> protocols = new ArrayList<>();
        if (maximum == TlsProtocol.TLS_AUTO || maximum == TlsProtocol.TLSv1_3) {
            protocols.add("TLSv1.3");
        }
        if (minimum != TlsProtocol.TLSv1_3) {
            protocols.add("TLSv1.2");
        }
        check.require(
                !protocols.isEmpty()
                        && (protocols.contains("TLSv1.3") || maximum == TlsProtocol.TLSv1_2),
                path + ".tls_maximum_protocol_version",
                "must be TLSv1_2 or TLSv1_3 and not below the minimum");
        return List.copyOf(protocols);
    }
}
