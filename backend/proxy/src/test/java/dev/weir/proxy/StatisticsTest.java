package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.Socket;
import java.nio.charset.StandardCharsets;

class StatisticsTest {
    @Test
    void countsExactlyInEnvoysNames() throws Exception {
        try (Backend backend = Backend.saying("hello");
                Lab lab = new Lab().serving(backend)) {
            try (Socket socket = lab.connect()) {
                for (int i = 0; i < 7; i++) {
                    socket.getOutputStream()
                            .write(
                                    Lab.head("GET / HTTP/1.1", "Host: a")
                                            .getBytes(StandardCharsets.US_ASCII));
                    Lab.read(socket.getInputStream());
                }
                assertThat(http(lab, "downstream_cx_active")).isEqualTo("1");
                assertThat(listener(lab, "downstream_cx_active")).isEqualTo("1");
            }
            lab.talk("junk\r\n");
            lab.controller.put(Lab.VS, Messages.routes(Lab.VS));
            lab.get("/");
            Lab.eventually(() -> http(lab, "downstream_cx_active").equals("0"));

            assertThat(http(lab, "downstream_rq_total")).isEqualTo("9");
            assertThat(http(lab, "downstream_rq_active")).isEqualTo("0");
            assertThat(http(lab, "downstream_cx_total")).isEqualTo("3");
            assertThat(http(lab, "downstream_cx_protocol_error")).isEqualTo("1");
            assertThat(http(lab, "downstream_rq_time_count")).isEqualTo("9");
            assertThat(listener(lab, "downstream_cx_total")).isEqualTo("3");
            assertThat(rqXx(lab, "2")).isEqualTo("7");
            assertThat(rqXx(lab, "4")).isEqualTo("2");
            assertThat(cluster(lab, "upstream_rq_total")).isEqualTo("7");
            assertThat(cluster(lab, "upstream_rq_active")).isEqualTo("0");
            assertThat(cluster(lab, "upstream_cx_total")).isEqualTo("1");
            assertThat(cluster(lab, "membership_total")).isEqualTo("1");
            assertThat(cluster(lab, "membership_healthy")).isEqualTo("1");
            assertThat(lab.admin("/stats/prometheus"))
                    .contains(
                            "envoy_http_downstream_rq_time_bucket"
                                    + "{envoy_http_conn_manager_prefix=\"vs_7\",le=\"+Inf\"} 9\n")
                    .contains("# TYPE envoy_http_downstream_rq_time histogram\n");
            assertThat(lab.admin("/clusters?format=json"))
                    .contains("{\"name\":\"rq_total\",\"value\":\"7\"}")
                    .contains("\"observability_name\":\"tg_3\"");
        }
    }

    @Test
    void countsBytesOfHeadsAndBodies() throws Exception {
        try (Backend backend = Backend.saying("hello");
                Lab lab = new Lab().serving(backend)) {
            String request = Lab.head("GET / HTTP/1.1", "Host: a", "Connection: close");
            String response = lab.talk(request);

            Lab.eventually(() -> http(lab, "downstream_cx_active").equals("0"));
            assertThat(http(lab, "downstream_cx_rx_bytes_total"))
                    .isEqualTo(Integer.toString(request.length()));
            assertThat(http(lab, "downstream_cx_tx_bytes_total"))
                    .isEqualTo(Integer.toString(response.length()));
        }
    }

    @Test
    void filtersByTheEnvoyNameAndLeavesOutTheUnused() throws Exception {
        try (Backend backend = Backend.saying("hello");
                Lab lab = new Lab().serving(backend)) {
            lab.get("/");

            assertThat(
                            lab.admin(
                                    "/stats/prometheus?filter=%5Ehttp%5C.vs_7%5C.downstream_rq_total%24"))
                    .isEqualTo(
                            """
                            # TYPE envoy_http_downstream_rq_total counter
                            envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix="vs_7"} 1
                            """);
            assertThat(lab.admin("/stats/prometheus?usedonly"))
                    .contains("envoy_http_downstream_rq_total")
                    .doesNotContain("envoy_http_downstream_rq_timeout");
            assertThat(lab.admin("/ready")).isEqualTo("LIVE\n");
        }
    }

    private static String http(Lab lab, String stat) {
        return lab.stat("envoy_http_" + stat + "{envoy_http_conn_manager_prefix=\"vs_7\"}");
    }

    private static String rqXx(Lab lab, String digit) {
        return lab.stat(
                "envoy_http_downstream_rq_xx{envoy_response_code_class=\""
                        + digit
                        + "\",envoy_http_conn_manager_prefix=\"vs_7\"}");
    }

    private static String listener(Lab lab, String stat) {
        return lab.stat("envoy_listener_" + stat + "{envoy_listener_address=\"vs_7\"}");
    }

    private static String cluster(Lab lab, String stat) {
        return lab.stat("envoy_cluster_" + stat + "{envoy_cluster_name=\"tg_3\"}");
    }
}
