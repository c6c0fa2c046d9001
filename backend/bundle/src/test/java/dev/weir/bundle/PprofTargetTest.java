package dev.weir.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.profile.CallTree;
import dev.weir.profile.Limits;
import dev.weir.profile.Profile;
import dev.weir.profile.ProfileReader;
import dev.weir.profile.SampleType;
import dev.weir.profile.TopTable;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class PprofTargetTest {
    private final DemoProgram program = new DemoProgram(Thread::sleep, new SharedRandom(7)).start();
    private final PprofTarget target =
            new PprofTarget(program, HostPort.loopback(0), Thread::sleep, InstantSource.system())
                    .start();
    private final OkHttpClient client =
            new OkHttpClient.Builder().callTimeout(Duration.ofSeconds(30)).build();

    @AfterEach
    void end() {
        target.close();
        program.close();
        client.connectionPool().evictAll();
    }

    @Test
    void profilesTheCpuTimeOfItsWorkers() throws Exception {
        Profile profile = read("profile?seconds=1");
        assertThat(profile.sampleTypes())
                .containsExactly(
                        new SampleType("samples", "count"), new SampleType("cpu", "nanoseconds"));
        assertThat(functions(profile, 1))
                .anyMatch(name -> name.startsWith("dev.weir.bundle.DemoProgram."))
                .noneMatch(name -> name.contains("sleep"));
        assertThat(profile.total(1)).isPositive();
    }

    @Test
    void tellsWhichStacksKeepHowManyBytes() throws Exception {
        read("profile?seconds=1");
        Profile heap = read("heap");
        assertThat(heap.sampleTypes()).extracting(SampleType::name).contains("inuse_space");
        assertThat(functions(heap, 3)).contains("dev.weir.bundle.DemoProgram.archiveReceipt");
        assertThat(heap.total(1)).isGreaterThanOrEqualTo(heap.total(3));
    }

    @Test
    void listsTheStacksOfItsWorkers() throws Exception {
        assertThat(read("goroutine").total(0)).isEqualTo(program.workers().size());
    }

    @Test
    void refusesASecondCpuProfileAtTheSameTimeInGosWords() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> profile =
                    () -> {
                        try (Response response = get("profile?seconds=2")) {
                            return response.code()
                                    + " "
                                    + (response.isSuccessful()
                                            ? ""
                                            : response.body().string().strip());
                        }
                    };
            List<Future<String>> both = List.of(threads.submit(profile), threads.submit(profile));
            assertThat(List.of(both.get(0).get(), both.get(1).get()))
                    .containsExactlyInAnyOrder(
                            "200 ",
                            "500 Could not enable CPU profiling: cpu profiling already in use");
        }
    }

    @Test
    void refusesSecondsThatAreNoNumber() throws Exception {
        try (Response response = get("profile?seconds=long")) {
            assertThat(response.code()).isEqualTo(400);
        }
    }

    private Response get(String path) throws Exception {
        return client.newCall(
                        new Request.Builder()
                                .url(
                                        "http://"
                                                + HostPort.loopback(target.port())
                                                + "/debug/pprof/"
                                                + path)
                                .build())
                .execute();
    }

    private Profile read(String path) throws Exception {
        try (Response response = get(path)) {
            assertThat(response.code()).isEqualTo(200);
            return ProfileReader.read(
                    new ByteArrayInputStream(response.body().bytes()), Limits.DEFAULT);
        }
    }

    private static List<String> functions(Profile profile, int sampleType) {
        return TopTable.of(CallTree.of(profile, sampleType)).rows().stream()
                .filter(row -> row.cum() > 0)
                .map(TopTable.Row::name)
                .toList();
    }
}
