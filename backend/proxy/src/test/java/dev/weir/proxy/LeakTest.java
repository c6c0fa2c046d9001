package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;

import org.junit.jupiter.api.Test;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Netty's leak detector tracks every buffer here, and says in its log what was not released.
class LeakTest {
    private static final Logger DETECTOR = Logger.getLogger(ResourceLeakDetector.class.getName());

    @Test
    void releasesEveryBufferOnEveryWayOut() throws Exception {
        assertThat(
                        leaksOf(lab -> {
                            for (int i = 0; i < 30; i++) {
                                everyWayOut(lab);
                            }
                        }))
                .isEmpty();
    }

    @Test
    void noticesALostBuffer() throws Exception {
        assertThat(
                        leaksOf(lab -> {
                            for (int i = 0; i < 30; i++) {
                                ByteBufAllocator.DEFAULT.buffer(16);
                            }
                        }))
                .isNotEmpty();
    }

    private interface Work {
        void with(Lab lab) throws Exception;
    }

    private static Queue<String> leaksOf(Work work) throws Exception {
        Queue<String> leaks = new ConcurrentLinkedQueue<>();
        Handler listening = new Collecting(leaks);
        Level before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(Level.PARANOID);
        DETECTOR.addHandler(listening);
        try (Backend backend =
                        new Backend((request, out) ->
                                !request.path().equals("/cut")
                                        && Backend.respond(out, "200 OK", request.body()));
                Lab lab = new Lab().serving(backend)) {
            work.with(lab);
            for (int i = 0; i < 20; i++) {
                // the detector reports a lost buffer when it is collected and another one is made
                System.gc();
                lab.get("/");
            }
        } finally {
            DETECTOR.removeHandler(listening);
            ResourceLeakDetector.setLevel(before);
        }
        return leaks;
    }

    private static void everyWayOut(Lab lab) throws Exception {
        String close = "Connection: close";
        lab.get("/");
        lab.get("/cut");
        lab.talk("junk\r\n\r\n");
        lab.talk(Lab.head("POST / HTTP/1.1", "Host: a", close, "Content-Length: 5") + "hello");
        lab.talk(
                Lab.head("POST / HTTP/1.1", "Host: a", close, "Transfer-Encoding: chunked")
                        + "5\r\nhello\r\n0\r\nT: x\r\n\r\n");
        lab.talk(Lab.head("POST / HTTP/1.1", "Host: a", "Transfer-Encoding: chunked") + "zz\r\n");
        lab.talk(
                Lab.head("GET / HTTP/1.1", "Host: a")
                        + Lab.head("GET /cut HTTP/1.1", "Host: a", close));
        for (String part :
                new String[] {
                    "GET / HT", Lab.head("PUT / HTTP/1.1", "Host: a", "Content-Length: 9")
                }) {
            try (Socket gone = lab.connect()) {
                gone.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /// Keeps what the detector logs.
    private static final class Collecting extends Handler {
        private final Queue<String> leaks;

        Collecting(Queue<String> leaks) {
            this.leaks = leaks;
        }

        @Override
        public void publish(LogRecord logged) {
            if (logged.getMessage().contains("LEAK")) {
                leaks.add(logged.getMessage());
            }
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
