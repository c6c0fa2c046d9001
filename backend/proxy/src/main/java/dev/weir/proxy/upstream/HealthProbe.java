package dev.weir.proxy.upstream;

import dev.weir.proxy.io.Worker;
import dev.weir.proxy.stats.ClusterMetric;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Checks one endpoint over and over, as Envoy's HTTP health checker does; owned by one event loop.
///
/// A new endpoint is checked at once and serves after its first pass. An unexpected status fails it
/// at once, a connection that does not answer only after the unhealthy threshold.
@SuppressWarnings("FutureReturnValueIgnored") // every end of an attempt reaches finish()
final class HealthProbe {
    private static final int STATUS_END = "HTTP/1.1 200".length();
    private static final int STATUS_START = "HTTP/1.1 ".length();

    private enum Result {
        PASS,
        UNEXPECTED_STATUS,
        NO_ANSWER
    }

    private final Cluster cluster;
    private final Host host;
    private final HealthCheckSpec check;
    private final Worker worker;
    private int passes;
    private int failures;
    private boolean stopped;
    private @Nullable Future<?> next;

    HealthProbe(Cluster cluster, Host host, HealthCheckSpec check, Worker worker) {
        this.cluster = cluster;
        this.host = host;
        this.check = check;
        this.worker = worker;
    }

    void start() {
        worker.loop().execute(this::probe);
    }

    void stop() {
        worker.loop()
                .execute(() -> {
                    stopped = true;
                    if (next != null) {
                        next.cancel(false);
                    }
                });
    }

    private void probe() {
        if (stopped) {
            return;
        }
        cluster.stats().increment(worker.index(), ClusterMetric.HEALTH_CHECK_ATTEMPT);
        int millis = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(check.timeout()));
        Attempt attempt = new Attempt();
        Channel channel =
                new Bootstrap()
                        .group(worker.loop())
                        .channelFactory(cluster.workers().transport().channels())
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
                        .handler(attempt)
                        .connect(host.address())
                        .addListener(done -> {
                            if (!done.isSuccess()) {
                                attempt.finish(Result.NO_ANSWER);
                            }
                        })
                        .channel();
        attempt.limit =
                worker.loop()
                        .schedule(
                                () -> {
                                    attempt.finish(Result.NO_ANSWER);
                                    channel.close();
                                },
                                check.timeout(),
                                TimeUnit.NANOSECONDS);
    }

    private void finished(Result result) {
        if (stopped) {
            return;
        }
        boolean first = !host.checked();
        boolean before = host.passing();
        boolean passing = before;
        if (result == Result.PASS) {
            cluster.stats().increment(worker.index(), ClusterMetric.HEALTH_CHECK_SUCCESS);
            failures = 0;
            passing = before || first || ++passes >= check.healthyThreshold();
        } else {
            cluster.stats().increment(worker.index(), ClusterMetric.HEALTH_CHECK_FAILURE);
            passes = 0;
            failures++;
            boolean fails =
                    result == Result.UNEXPECTED_STATUS
                            || first
                            || failures >= check.unhealthyThreshold();
            passing = before && !fails;
        }
        host.health(passing, true);
        if (passing != before) {
            passes = 0;
            failures = 0;
        }
        if (passing != before || first) {
            cluster.healthChanged();
        }
        next =
                worker.loop()
                        .schedule(this::probe, jittered(check.interval()), TimeUnit.NANOSECONDS);
    }

    /// Within 5 % of the interval, so that the probes of many endpoints do not march in step.
    private long jittered(long interval) {
        return interval - interval / 20 + worker.random().nextLong(1 + interval / 10);
    }

    private String request() {
        String probeHost = host.spec().probeHost();
        String authority =
                !check.host().isEmpty()
                        ? check.host()
                        : probeHost.isEmpty() ? cluster.spec().name() : probeHost;
        return "GET "
                + check.path()
                + " HTTP/1.1\r\nhost: "
                + authority
                + "\r\nuser-agent: Weir/HC\r\nconnection: close\r\n\r\n";
    }

    /// One connection with one request; what follows the status line is read and dropped.
    private final class Attempt extends ChannelInboundHandlerAdapter {
        private final ByteBuf start = Unpooled.buffer(STATUS_END);
        private boolean done;
        @Nullable Future<?> limit;

        void finish(Result result) {
            if (done) {
                return;
            }
            done = true;
            if (limit != null && result != Result.PASS) {
                limit.cancel(false);
            }
            finished(result);
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(
                    Unpooled.copiedBuffer(request(), StandardCharsets.US_ASCII),
                    context.voidPromise());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf in = (ByteBuf) message;
            try {
                int wanted = STATUS_END - start.readableBytes();
                if (wanted <= 0) {
                    return;
                }
                start.writeBytes(in, Math.min(wanted, in.readableBytes()));
                if (start.readableBytes() == STATUS_END) {
                    int status = status();
                    if (status < 0) {
                        finish(Result.NO_ANSWER);
                        context.close();
                    } else {
                        finish(check.passes(status) ? Result.PASS : Result.UNEXPECTED_STATUS);
                    }
                }
            } finally {
                in.release();
            }
        }

        private int status() {
            String text = start.toString(StandardCharsets.ISO_8859_1);
            String code = text.substring(STATUS_START);
            boolean valid =
                    text.startsWith("HTTP/1.") && code.chars().allMatch(c -> c >= '0' && c <= '9');
            return valid ? Integer.parseInt(code) : -1;
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            finish(Result.NO_ANSWER);
            if (limit != null) {
                limit.cancel(false);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // refused or reset; channelInactive or the connect listener tells the result
            context.close();
        }
    }
}
