package dev.weir.proxy;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.envoyproxy.envoy.type.v3.Percent;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// The xDS messages of the tests, in the shape that the controller sends.
final class Messages {
    static final ConfigSource ADS =
            ConfigSource.newBuilder().setAds(AggregatedConfigSource.getDefaultInstance()).build();

    private Messages() {}

    static Duration millis(long millis) {
        return Duration.newBuilder()
                .setSeconds(millis / 1000)
                .setNanos((int) (millis % 1000) * 1_000_000)
                .build();
    }

    static Cluster.Builder cluster(String name, String statName) {
        return Cluster.newBuilder()
                .setName(name)
                .setAltStatName(statName)
                .setType(Cluster.DiscoveryType.EDS)
                .setEdsClusterConfig(
                        Cluster.EdsClusterConfig.newBuilder()
                                .setEdsConfig(ADS)
                                .setServiceName(name))
                .setConnectTimeout(millis(2000))
                .setCommonLbConfig(
                        Cluster.CommonLbConfig.newBuilder()
                                .setHealthyPanicThreshold(Percent.getDefaultInstance()))
                .setIgnoreHealthOnHostRemoval(true);
    }

    static HealthCheck healthCheck(String path, long intervalMillis) {
        return HealthCheck.newBuilder()
                .setInterval(millis(intervalMillis))
                .setTimeout(millis(1000))
                .setHealthyThreshold(UInt32Value.of(2))
                .setUnhealthyThreshold(UInt32Value.of(2))
                .setHttpHealthCheck(HealthCheck.HttpHealthCheck.newBuilder().setPath(path))
                .build();
    }

    static LbEndpoint endpoint(InetSocketAddress address, int weight, HealthStatus status) {
        return LbEndpoint.newBuilder()
                .setHealthStatus(status)
                .setLoadBalancingWeight(UInt32Value.of(weight))
                .setEndpoint(Endpoint.newBuilder().setAddress(address(address)))
                .build();
    }

    static ClusterLoadAssignment assignment(String name, LbEndpoint... endpoints) {
        return ClusterLoadAssignment.newBuilder()
                .setClusterName(name)
                .addEndpoints(
                        LocalityLbEndpoints.newBuilder().addAllLbEndpoints(List.of(endpoints)))
                .build();
    }

    static Address address(InetSocketAddress address) {
        return Address.newBuilder()
                .setSocketAddress(
                        SocketAddress.newBuilder()
                                .setAddress(address.getAddress().getHostAddress())
                                .setPortValue(address.getPort()))
                .build();
    }

    static HttpConnectionManager.Builder manager(String name, String statPrefix) {
        return HttpConnectionManager.newBuilder()
                .setCodecType(HttpConnectionManager.CodecType.HTTP1)
                .setStatPrefix(statPrefix)
                .setUseRemoteAddress(BoolValue.of(true))
                .setRds(Rds.newBuilder().setRouteConfigName(name).setConfigSource(ADS))
                .addHttpFilters(
                        HttpFilter.newBuilder()
                                .setName("envoy.filters.http.router")
                                .setTypedConfig(Any.pack(Router.getDefaultInstance())));
    }

    static Listener listener(String name, int port, HttpConnectionManager manager) {
        return listener(name, port, manager, List.of());
    }

    /// @param secrets certificate names; empty for plain HTTP
    static Listener listener(
            String name, int port, HttpConnectionManager manager, List<String> secrets) {
        FilterChain.Builder chain =
                FilterChain.newBuilder()
                        .addFilters(
                                Filter.newBuilder()
                                        .setName("envoy.filters.network.http_connection_manager")
                                        .setTypedConfig(Any.pack(manager)));
        if (!secrets.isEmpty()) {
            CommonTlsContext.Builder context = CommonTlsContext.newBuilder();
            secrets.forEach(secret ->
                    context.addTlsCertificateSdsSecretConfigs(
                            SdsSecretConfig.newBuilder().setName(secret).setSdsConfig(ADS)));
            chain.setTransportSocket(
                    TransportSocket.newBuilder()
                            .setName("envoy.transport_sockets.tls")
                            .setTypedConfig(
                                    Any.pack(
                                            DownstreamTlsContext.newBuilder()
                                                    .setCommonTlsContext(context)
                                                    .build())));
        }
        return Listener.newBuilder()
                .setName(name)
                .setStatPrefix(manager.getStatPrefix())
                .setAddress(address(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
                .addFilterChains(chain)
                .build();
    }

    static RouteConfiguration routes(String name, Route... routes) {
        return RouteConfiguration.newBuilder()
                .setName(name)
                .addVirtualHosts(
                        VirtualHost.newBuilder()
                                .setName("all")
                                .addDomains("*")
                                .addAllRoutes(List.of(routes)))
                .build();
    }

    static Route forward(String prefix, String cluster) {
        return Route.newBuilder()
                .setMatch(RouteMatch.newBuilder().setPrefix(prefix))
                .setRoute(RouteAction.newBuilder().setCluster(cluster).setTimeout(millis(5000)))
                .build();
    }

    static Secret secret(String name, String chain, String key) {
        return Secret.newBuilder()
                .setName(name)
                .setTlsCertificate(
                        TlsCertificate.newBuilder()
                                .setCertificateChain(DataSource.newBuilder().setInlineString(chain))
                                .setPrivateKey(DataSource.newBuilder().setInlineString(key)))
                .build();
    }
}
