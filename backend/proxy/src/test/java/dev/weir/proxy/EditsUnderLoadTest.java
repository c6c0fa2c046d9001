package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.HealthStatus;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

class EditsUnderLoadTest {
    private static final String SECOND = "tg/00000000-0000-0000-0000-000000000004";
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong served = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    private void load(Lab lab) {
        try (Socket socket = lab.connect()) {
            while (!stop.get()) {
                socket.getOutputStream()
                        .write(
                                Lab.head("GET / HTTP/1.1", "Host: a")
                                        .getBytes(StandardCharsets.US_ASCII));
                String response = Lab.read(socket.getInputStream());
                if (!response.startsWith("HTTP/1.1 200 OK")) {
                    failures.add(response);
                }
                served.incrementAndGet();
            }
        } catch (IOException e) {
            failures.add(e.toString());
        }
    }

    @Test
    void failsNoRequestWhileEverythingIsEdited() throws Exception {
        try (Backend one = Backend.saying("1");
                Backend two = Backend.saying("2");
                Backend three = Backend.saying("3");
                Lab lab = new Lab().serving(one, two)) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                clients.add(Thread.ofVirtual().start(() -> load(lab)));
            }
            lab.controller.put(SECOND, Messages.cluster(SECOND, "tg_4").build());
            lab.controller.put(
                    SECOND,
                    Messages.assignment(
                            SECOND, Messages.endpoint(three.address(), 1, HealthStatus.UNKNOWN)));
            for (int edit = 0; edit < 60; edit++) {
                HealthStatus drained = edit % 2 == 0 ? HealthStatus.DRAINING : HealthStatus.UNKNOWN;
                assertThat(
                                lab.controller.put(
                                        Lab.TG,
                                        edit % 5 == 4
                                                ? Messages.assignment(
                                                        Lab.TG,
                                                        Messages.endpoint(
                                                                two.address(),
                                                                1,
                                                                HealthStatus.UNKNOWN))
                                                : Messages.assignment(
                                                        Lab.TG,
                                                        Messages.endpoint(
                                                                one.address(), 1, drained),
                                                        Messages.endpoint(
                                                                two.address(),
                                                                1 + edit % 7,
                                                                HealthStatus.UNKNOWN))))
                        .isEmpty();
                assertThat(
                                lab.controller.put(
                                        Lab.VS,
                                        Messages.routes(
                                                Lab.VS,
                                                Messages.forward("/" + edit, Lab.TG),
                                                Messages.forward(
                                                        "/", edit % 3 == 0 ? SECOND : Lab.TG))))
                        .isEmpty();
                assertThat(
                                lab.controller.put(
                                        Lab.VS,
                                        Messages.listener(
                                                Lab.VS,
                                                0,
                                                Messages.manager(Lab.VS, "vs_7")
                                                        .setStreamIdleTimeout(
                                                                Messages.millis(60_000 + edit))
                                                        .build())))
                        .isEmpty();
                long before = served.get();
                Lab.eventually(() -> served.get() > before + 20);
            }
            stop.set(true);
            for (Thread client : clients) {
                client.join();
            }

            assertThat(failures).isEmpty();
            assertThat(three.requests.get()).isPositive();
        }
    }
}
