package dev.weir.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.proxy.io.Transport;
import dev.weir.proxy.io.Worker;
import dev.weir.proxy.io.Workers;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator.SplittableGenerator;

class BalancerTest {
    private static final Workers WORKERS =
            new Workers(
                    Transport.NIO, 1, System::nanoTime, SplittableGenerator.of("L64X128MixRandom"));
    private static final Worker WORKER = WORKERS.all().getFirst();
    private static final ClusterSpec.Policy ROUND_ROBIN = new ClusterSpec.Policy.RoundRobin();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    private static List<Host> hosts(int... weights) {
        List<Host> hosts = new ArrayList<>();
        for (int weight : weights) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 1000 + hosts.size());
            hosts.add(
                    new Host(
                            new EndpointSpec(address, weight, EndpointSpec.State.AVAILABLE, ""),
                            1,
                            true));
        }
        return hosts;
    }

    private static int[] picks(Balancer balancer, List<Host> hosts, int count) {
        int[] picks = new int[hosts.size()];
        for (int i = 0; i < count; i++) {
            picks[hosts.indexOf(Objects.requireNonNull(balancer.pick(WORKER)))]++;
        }
        return picks;
    }

    @Test
    void picksNothingFromNothing() {
        assertThat(Balancer.EMPTY.pick(WORKER)).isNull();
    }

    @Test
    void givesEveryEndpointItsWeightInEachRound() {
        List<Host> hosts = hosts(10, 4, 2);
        Balancer balancer = new Balancer(hosts, ROUND_ROBIN, 1, false);

        assertThat(picks(balancer, hosts, 8)).containsExactly(5, 2, 1);
        assertThat(picks(balancer, hosts, 80)).containsExactly(50, 20, 10);
    }

    @Test
    void spreadsAHeavyEndpointOverTheRound() {
        List<Host> hosts = hosts(5, 1, 1);
        Balancer balancer = new Balancer(hosts, ROUND_ROBIN, 1, false);
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < 14; i++) {
            order.append(hosts.indexOf(Objects.requireNonNull(balancer.pick(WORKER))));
        }

        assertThat(order.toString())
                .doesNotContain("00000")
                .doesNotContain("12")
                .doesNotContain("21");
    }

    @Test
    void keepsTheSharesWhereTheRoundIsTooLongToLayOut() {
        int[] weights = new int[100];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 101 + i;
        }
        List<Host> hosts = hosts(weights);
        Balancer balancer = new Balancer(hosts, ROUND_ROBIN, 1, false);
        int total = 0;
        for (int weight : weights) {
            total += weight;
        }

        assertThat(picks(balancer, hosts, total)).containsExactly(weights);
    }

    @Test
    void findsTheLeastLoadedForItsWeight() {
        List<Host> hosts = hosts(1, 4, 1);
        Balancer balancer =
                new Balancer(
                        hosts, new ClusterSpec.Policy.LeastRequest(Integer.MAX_VALUE), 1, false);
        for (int i = 0; i < 60; i++) {
            Objects.requireNonNull(balancer.pick(WORKER)).begin();
        }

        assertThat(hosts).extracting(Host::active).containsExactly(10, 40, 10);
    }

    @Test
    void choosesTheLessLoadedOfTwo() {
        List<Host> hosts = hosts(1, 1);
        for (int i = 0; i < 5; i++) {
            hosts.getFirst().begin();
        }
        Balancer balancer = new Balancer(hosts, new ClusterSpec.Policy.LeastRequest(2), 1, false);

        assertThat(picks(balancer, hosts, 10)).containsExactly(0, 10);
    }
}
