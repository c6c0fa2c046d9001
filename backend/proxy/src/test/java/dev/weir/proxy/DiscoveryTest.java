package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

class DiscoveryTest {
    private static final String OTHER = "vs/00000000-0000-0000-0000-000000000008";
    private static final byte[] GET =
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final Semaphore GATE = new Semaphore(0);

    private static Listener listener(String name, int port) {
        return Messages.listener(name, port, Messages.manager(name, "vs_8").build());
    }

    @Test
    void namesEveryFieldThatItDoesNotSupport() throws Exception {
        try (Backend backend = Backend.saying("x");
                Lab lab = new Lab().serving(backend)) {
            var route =
                    Messages.forward("/", Lab.TG).toBuilder()
                            .setMatch(
                                    Messages.forward("/", Lab.TG).getMatch().toBuilder()
                                            .addHeaders(HeaderMatcher.newBuilder().setName("x")))
                            .setRoute(
                                    RouteAction.newBuilder()
                                            .setCluster(Lab.TG)
                                            .setHostRewriteLiteral("y"))
                            .build();

            assertThat(lab.controller.put(Lab.VS, Messages.routes(Lab.VS, route)).lines())
                    .containsExactly(
                            Lab.VS
                                    + ": virtual_hosts[0].routes[0].match.headers: is not supported by the"
                                    + " embedded proxy; remove it or use Envoy",
                            Lab.VS
                                    + ": virtual_hosts[0].routes[0].route.host_rewrite_literal: is not"
                                    + " supported by the embedded proxy; remove it or use Envoy");
            assertThat(lab.get("/")).endsWith("x");
        }
    }

    @Test
    void changesNothingWhenOneResourceOfAResponseIsBad() throws Exception {
        try (Backend good = Backend.saying("good");
                Backend better = Backend.saying("better");
                Lab lab = new Lab().serving(good)) {
            Map<String, Message> response = new LinkedHashMap<>();
            response.put(
                    Lab.TG,
                    Messages.assignment(
                            Lab.TG, Messages.endpoint(better.address(), 1, HealthStatus.UNKNOWN)));
            response.put(
                    "tg/bad",
                    Messages.assignment(
                            "tg/bad",
                            Messages.endpoint(better.address(), 0, HealthStatus.UNKNOWN)));

            assertThat(lab.controller.put(response))
                    .isEqualTo(
                            "tg/bad: endpoints[0].lb_endpoints[0].load_balancing_weight: must be at least"
                                    + " 1, is 0");
            assertThat(lab.get("/")).endsWith("good");
        }
    }

    @Test
    void refusesAnAddressInUseByItsName() throws Exception {
        try (Backend backend = Backend.saying("x");
                Lab lab = new Lab().serving(backend)) {
            int foreign = backend.address().getPort();

            assertThat(lab.controller.put(OTHER, listener(OTHER, foreign)))
                    .startsWith(OTHER + ": address: 127.0.0.1:" + foreign + " cannot be bound: ");
            assertThat(lab.proxy.addresses()).containsOnlyKeys(Lab.VS);
        }
    }

    @Test
    void handsTheSocketOverWhenOneVirtualServerFollowsAnother() throws Exception {
        try (Backend backend = Backend.saying("x");
                Lab lab = new Lab().serving(backend)) {
            int port = Lab.freePort();
            lab.controller.put(OTHER, listener(OTHER, port));
            Lab.eventually(() -> lab.port(OTHER) == port);
            String third = "vs/00000000-0000-0000-0000-000000000009";

            assertThat(
                            lab.controller.put(
                                    third,
                                    Messages.listener(
                                            third, port, Messages.manager(third, "vs_9").build())))
                    .isEqualTo(
                            third
                                    + ": address: 127.0.0.1:"
                                    + port
                                    + " is already used by "
                                    + OTHER
                                    + "; choose another port");
            assertThat(
                            lab.controller.change(
                                    Map.of(
                                            third,
                                            Messages.listener(
                                                    third,
                                                    port,
                                                    Messages.manager(Lab.VS, "vs_9").build())),
                                    List.of(OTHER)))
                    .isEmpty();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(GET);
                assertThat(Lab.read(socket.getInputStream())).endsWith("x");
            }
        }
    }

    @Test
    void servesOnWithoutTheControllerAndTellsItsVersionsAfterwards() throws Exception {
        try (Backend backend = Backend.saying("still here");
                Lab lab = new Lab().serving(backend)) {
            assertThat(lab.get("/")).endsWith("still here"); // all has arrived
            int before = lab.controller.requests().size();
            lab.controller.hangUp();
            assertThat(lab.get("/")).endsWith("still here");
            Lab.eventually(() -> sinceTheNode(lab, before).size() >= 4);

            List<DeltaDiscoveryRequest> again = sinceTheNode(lab, before).subList(0, 4);
            assertThat(again.getFirst().getNode().getId()).isEqualTo("node-1");
            assertThat(again.getFirst().getNode().getCluster()).isEqualTo("test");
            assertThat(again)
                    .allSatisfy(request ->
                            assertThat(request.getInitialResourceVersionsMap()).hasSize(1));
            lab.controller.remove(Cluster.class, Lab.TG);
            assertThat(lab.get("/")).startsWith("HTTP/1.1 503 ");
        }
    }

    /// The requests of the stream that was opened after the first `before` requests, without the
    /// answers to what the controller sends meanwhile.
    private static List<DeltaDiscoveryRequest> sinceTheNode(Lab lab, int before) {
        return lab.controller.requests().stream()
                .skip(before)
                .dropWhile(request -> !request.hasNode())
                .filter(request -> request.getResponseNonce().isEmpty())
                .toList();
    }

    @Test
    void finishesRequestsOfARemovedVirtualServer() throws Exception {
        try (Backend backend =
                        new Backend((request, out) -> {
                            if (request.path().equals("/slow")) {
                                out.write(
                                        "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                                out.flush();
                                GATE.acquireUninterruptibly();
                                out.write(
                                        "Content-Length: 4\r\n\r\nslow"
                                                .getBytes(StandardCharsets.US_ASCII));
                                return true;
                            }
                            return Backend.respond(out, "200 OK", "fast");
                        });
                Lab lab = new Lab().serving(backend);
                Socket idle = lab.connect();
                Socket busy = lab.connect()) {
            idle.getOutputStream().write(GET);
            assertThat(Lab.read(idle.getInputStream())).endsWith("fast");
            busy.getOutputStream()
                    .write(
                            "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            Lab.eventually(() -> backend.requests.get() == 2);
            int port = lab.port(Lab.VS);

            lab.controller.remove(Listener.class, Lab.VS);

            Lab.eventually(() -> refused(port));
            // an idle connection may have a request on its way: it is answered, and the last one
            idle.getOutputStream().write(GET);
            assertThat(Lab.read(idle.getInputStream()))
                    .contains("connection: close\r\n")
                    .endsWith("fast");
            assertThat(idle.getInputStream().read()).isEqualTo(-1);
            GATE.release();
            assertThat(Lab.read(busy.getInputStream()))
                    .contains("connection: close\r\n")
                    .endsWith("slow");
            assertThat(busy.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static boolean refused(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1);
            return false;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void splitsRequestsByWeight() throws Exception {
        String second = "tg/00000000-0000-0000-0000-000000000004";
        try (Backend one = Backend.saying("1");
                Backend two = Backend.saying("2");
                Lab lab = new Lab().serving(one)) {
            lab.controller.put(second, Messages.cluster(second, "tg_4").build());
            lab.controller.put(
                    second,
                    Messages.assignment(
                            second, Messages.endpoint(two.address(), 1, HealthStatus.UNKNOWN)));
            var weighted =
                    Messages.forward("/", Lab.TG).toBuilder()
                            .setRoute(
                                    RouteAction.newBuilder()
                                            .setWeightedClusters(
                                                    WeightedCluster.newBuilder()
                                                            .addClusters(weight(Lab.TG, 3))
                                                            .addClusters(weight(second, 1))))
                            .build();
            lab.controller.put(Lab.VS, Messages.routes(Lab.VS, weighted));
            try (Socket socket = lab.connect()) {
                for (int i = 0; i < 400; i++) {
                    socket.getOutputStream().write(GET);
                    Lab.read(socket.getInputStream());
                }
            }

            assertThat(one.requests.get() + two.requests.get()).isEqualTo(400);
            assertThat(two.requests.get()).isBetween(60, 140);
        }
    }

    private static WeightedCluster.ClusterWeight weight(String name, int weight) {
        return WeightedCluster.ClusterWeight.newBuilder()
                .setName(name)
                .setWeight(com.google.protobuf.UInt32Value.of(weight))
                .build();
    }
}
