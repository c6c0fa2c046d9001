package dev.weir.console.fake;

import dev.weir.model.Diagnosis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Diagnosis runs of the sample's virtual server, with profiles that can be opened.
public final class SampleRuns {
    public static final String RUNNING = "6f1c2b7e-0d3a-4f6b-9f43-1f3f0a5d9c11";
    public static final String NOW = "a".repeat(64);
    public static final String BEFORE = "b".repeat(64);

    private SampleRuns() {}

    /// A healthy run of yesterday, a failed one, and one that goes on.
    public static void addTo(FakeAdmin admin) {
        admin.keep(BEFORE, profile(1));
        admin.keep(NOW, profile(2));
        admin.put(
                FakeAdmin.run(
                        "0c8a3f51-77aa-4b2e-8a4e-3c5d1f60e2aa",
                        Diagnosis.Phase.SUCCEEDED,
                        List.of(
                                FakeAdmin.step(
                                        "cpu",
                                        Diagnosis.StepState.SUCCEEDED,
                                        List.of(artifact(BEFORE)))),
                        Duration.ofHours(20)));
        admin.put(
                FakeAdmin.run(
                        "b1d7e6a0-52c4-4c0f-8f57-90aa1c2d3e4f",
                        Diagnosis.Phase.FAILED,
                        List.of(FakeAdmin.step("cpu", Diagnosis.StepState.FAILED, List.of())),
                        Duration.ofHours(2)));
        admin.put(
                FakeAdmin.run(
                        RUNNING,
                        Diagnosis.Phase.RUNNING,
                        List.of(
                                FakeAdmin.step(
                                        "cpu",
                                        Diagnosis.StepState.SUCCEEDED,
                                        List.of(artifact(NOW))),
                                FakeAdmin.step("heap", Diagnosis.StepState.RUNNING, List.of()),
                                FakeAdmin.step("summary", Diagnosis.StepState.WAITING, List.of())),
                        Duration.ofSeconds(14)));
    }

    private static Diagnosis.Artifact artifact(String sha256) {
        return new Diagnosis.Artifact("cpu.collapsed", sha256, 184_320, "collapsed");
    }

    /// Collapsed stacks of a busy proxy, the same for a seed in each run.
    private static byte[] profile(int seed) {
        Random random = new Random(seed);
        String[] roots = {
            "java.lang.Thread.run;dev.weir.proxy.EventLoop.run;dev.weir.proxy.Upstream.read",
            "java.lang.Thread.run;dev.weir.proxy.EventLoop.run;dev.weir.proxy.Listener.read",
            "java.lang.Thread.run;dev.weir.agent.Scraper.scrape",
            "java.lang.Thread.run;dev.weir.admin.AdminServer.handle"
        };
        String[] leaves = {
            "RequestParser.parse", "RouteTable.match", "HeaderBlock.copy", "Metrics.count",
            "ByteBuf.writeBytes", "Tls.decrypt", "Pool.acquire", "Socket.flush"
        };
        Map<String, Integer> stacks = new TreeMap<>();
        for (int i = 0; i < 900; i++) {
            StringBuilder stack =
                    new StringBuilder(
                            roots[(int) Math.min(3, Math.abs(random.nextGaussian() * 1.3))]);
            int depth = 2 + random.nextInt(7);
            for (int level = 0; level < depth; level++) {
                int leaf = (random.nextInt(4) + level * 3) % leaves.length;
                stack.append(";dev.weir.proxy.").append(leaves[leaf]);
            }
            stacks.merge(stack.toString(), 1 + random.nextInt(30 * seed), Integer::sum);
        }
        StringBuilder text = new StringBuilder();
        stacks.forEach((stack, count) -> text.append(stack).append(' ').append(count).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
