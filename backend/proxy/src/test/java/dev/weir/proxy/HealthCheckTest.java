package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.HealthStatus;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

class HealthCheckTest {
    private static final String HEALTHY =
            "envoy_cluster_membership_healthy{envoy_cluster_name=\"tg_3\"}";

    @Test
    void usesAnEndpointAfterItsFirstPassAndNotAfterAnUnexpectedStatus() throws Exception {
        AtomicReference<String> status = new AtomicReference<>("200 OK");
        try (Backend backend =
                        new Backend((request, out) ->
                                Backend.respond(
                                        out,
                                        request.path().equals("/health") ? status.get() : "200 OK",
                                        "served"));
                Lab lab = new Lab()) {
            lab.controller.put(
                    Lab.TG,
                    Messages.cluster(Lab.TG, "tg_3")
                            .addHealthChecks(Messages.healthCheck("/health", 20))
                            .build());
            lab.servingCluster(Messages.manager(Lab.VS, "vs_7").build(), backend);
            // routes wait for the first check, so the first request is served already
            assertThat(lab.get("/")).endsWith("served");

            status.set("503 Service Unavailable");
            Lab.eventually(() -> lab.stat(HEALTHY).equals("0"));
            assertThat(lab.get("/")).endsWith("no healthy upstream");
            assertThat(lab.admin("/clusters?format=json"))
                    .contains("\"failed_active_health_check\":true");

            status.set("200 OK");
            Lab.eventually(() -> lab.stat(HEALTHY).equals("1"));
            assertThat(lab.get("/")).endsWith("served");
        }
    }

    @Test
    void triesNewEndpointsBeforeTheirFirstCheckEndsWhenThereIsNoOther() throws Exception {
        CountDownLatch checked = new CountDownLatch(1);
        try (Backend before = Backend.saying("before");
                Backend after =
                        new Backend((request, out) -> {
                            if (!request.path().equals("/health")) {
                                return Backend.respond(out, "200 OK", "after");
                            }
                            await(checked);
                            return Backend.respond(out, "503 Service Unavailable", "");
                        });
                Lab lab = new Lab()) {
            lab.controller.put(
                    Lab.TG,
                    Messages.cluster(Lab.TG, "tg_3")
                            .addHealthChecks(Messages.healthCheck("/health", 20))
                            .build());
            lab.servingCluster(Messages.manager(Lab.VS, "vs_7").build(), before);
            assertThat(lab.get("/")).endsWith("before");

            lab.endpoints(after);
            assertThat(lab.get("/")).endsWith("after");

            checked.countDown();
            Lab.eventually(() -> lab.clusters().contains("\"failed_active_health_check\":true"));
            assertThat(lab.get("/")).endsWith("no healthy upstream");
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void sendsNothingNewToADrainingEndpoint() throws Exception {
        try (Backend staying = Backend.saying("staying");
                Backend leaving = Backend.saying("leaving");
                Lab lab = new Lab().serving(staying, leaving)) {
            lab.controller.put(
                    Lab.TG,
                    Messages.assignment(
                            Lab.TG,
                            Messages.endpoint(staying.address(), 1, HealthStatus.UNKNOWN),
                            Messages.endpoint(leaving.address(), 1, HealthStatus.DRAINING)));

            for (int i = 0; i < 10; i++) {
                assertThat(lab.get("/")).endsWith("staying");
            }
            assertThat(lab.admin("/clusters?format=json"))
                    .contains("\"eds_health_status\":\"DRAINING\"");
        }
    }
}
