package dev.weir.xds;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.UInt32Value;

import dev.weir.model.Resource;
import dev.weir.model.VirtualServer;

import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;

import java.time.Duration;
import java.util.List;

/// A virtual server as Envoy's `Listener` with one filter chain; its routes come by RDS, its
/// certificates by SDS, so that neither touches the listener when edited.
final class ListenerTranslation {
    /// A client that sends its headers slower than this holds a connection for nothing.
    private static final Duration REQUEST_HEADERS_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(5);

    private static final Any ROUTER =
            Serialized.any(Router.newBuilder().setSuppressEnvoyHeaders(true).build());

    private ListenerTranslation() {}

    /// @param certificates secret names; the first serves clients without SNI
    static Listener listener(Resource<VirtualServer> resource, List<String> certificates) {
        VirtualServer spec = resource.spec();
        String statistics = XdsName.virtualServerStatistics(resource.metadata().index());
        String name = XdsName.virtualServer(resource.metadata().id()).toString();
        FilterChain.Builder chain =
                FilterChain.newBuilder()
                        .addFilters(
                                Filter.newBuilder()
                                        .setName("envoy.filters.network.http_connection_manager")
                                        .setTypedConfig(
                                                Serialized.any(
                                                        connectionManager(name, statistics))));
        if (spec.tls() != null) {
            chain.setTransportSocket(
                    TransportSocket.newBuilder()
                            .setName("envoy.transport_sockets.tls")
                            .setTypedConfig(Serialized.any(tls(spec.tls(), certificates))));
        }
        return Listener.newBuilder()
                .setName(name)
                .setStatPrefix(statistics)
                .setAddress(CommonMessages.address(spec.address(), spec.port()))
                .setPerConnectionBufferLimitBytes(
                        UInt32Value.of(CommonMessages.CONNECTION_BUFFER_BYTES))
                .addFilterChains(chain)
                .build();
    }

    private static HttpConnectionManager connectionManager(String routes, String statistics) {
        return HttpConnectionManager.newBuilder()
                .setCodecType(HttpConnectionManager.CodecType.HTTP1)
                .setStatPrefix(statistics)
                .setRds(
                        Rds.newBuilder()
                                .setRouteConfigName(routes)
                                .setConfigSource(CommonMessages.ADS))
                .addHttpFilters(
                        HttpFilter.newBuilder()
                                .setName("envoy.filters.http.router")
                                .setTypedConfig(ROUTER))
                .setUseRemoteAddress(BoolValue.of(true))
                .setServerHeaderTransformation(
                        HttpConnectionManager.ServerHeaderTransformation.PASS_THROUGH)
                .setGenerateRequestId(BoolValue.of(false))
                .setRequestHeadersTimeout(CommonMessages.duration(REQUEST_HEADERS_TIMEOUT))
                .setCommonHttpProtocolOptions(
                        HttpProtocolOptions.newBuilder()
                                .setIdleTimeout(CommonMessages.duration(IDLE_TIMEOUT)))
                .build();
    }

    private static DownstreamTlsContext tls(VirtualServer.Tls tls, List<String> certificates) {
        CommonTlsContext.Builder context =
                CommonTlsContext.newBuilder()
                        .setTlsParams(
                                TlsParameters.newBuilder()
                                        .setTlsMinimumProtocolVersion(
                                                switch (tls.minVersion()) {
                                                    case TLSV1_2 ->
                                                            TlsParameters.TlsProtocol.TLSv1_2;
                                                    case TLSV1_3 ->
                                                            TlsParameters.TlsProtocol.TLSv1_3;
                                                })
                                        .setTlsMaximumProtocolVersion(
                                                TlsParameters.TlsProtocol.TLSv1_3))
                        .addAlpnProtocols("http/1.1");
        for (String certificate : certificates) {
            context.addTlsCertificateSdsSecretConfigs(
                    SdsSecretConfig.newBuilder()
                            .setName(certificate)
                            .setSdsConfig(CommonMessages.ADS));
        }
        return DownstreamTlsContext.newBuilder().setCommonTlsContext(context).build();
    }
}
