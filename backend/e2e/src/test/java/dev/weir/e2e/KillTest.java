package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.PageQuery;
import dev.weir.api.ResourceView;
import dev.weir.api.RevisionSummary;
import dev.weir.api.Versioned;
import dev.weir.api.WriteOptions;
import dev.weir.model.Diagnosis;
import dev.weir.model.Draft;
import dev.weir.model.Kind;
import dev.weir.model.RouteAction;
import dev.weir.model.VirtualServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/// `kill -9` of the whole bundle during a stream of edits loses nothing that was acknowledged.
class KillTest {
    private static final int KILLS = 50;
    private static final int MOST_MILLIS = 400;

    @TempDir Path directory;

    @Test
    void everyAcknowledgedRevisionIsThereAndTheLastOneIsServed() throws Exception {
        Random random = new Random(7);
        int port = Site.freePort();
        Set<Long> acknowledged = new ConcurrentSkipListSet<>();
        Map<Long, String> locations = new ConcurrentHashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            try (Lab lab = Lab.start(directory, "--traffic", "off")) {
                Site site = new Site(lab);
                verify(site, port, acknowledged, locations);
                AtomicReference<String> unexpected = new AtomicReference<>();
                Thread edits =
                        Thread.ofVirtual()
                                .start(() ->
                                        unexpected.set(edit(site, port, acknowledged, locations)));
                Thread.sleep(random.nextInt(MOST_MILLIS));
                lab.kill();
                edits.join();
                assertThat(unexpected.get()).isNull();
                site.close();
            }
        }
        assertThat(acknowledged).hasSizeGreaterThan(KILLS);
        try (Lab lab = Lab.start(directory, "--traffic", "off")) {
            Site site = new Site(lab);
            verify(site, port, acknowledged, locations);
            assertThat(site.client().diagnoses(PageQuery.FIRST).items())
                    .extracting(diagnosis -> diagnosis.status().phase())
                    .allMatch(Diagnosis.Phase::isFinal);
            site.close();
        }
    }

    /// Edits until the process is gone; answers a failure that is not its going.
    private static String edit(
            Site site, int port, Set<Long> acknowledged, Map<Long, String> locations) {
        String etag;
        try {
            etag = site.client().get(Site.CLUSTER, Kind.VIRTUAL_SERVER, "victim").etag();
        } catch (IOException absent) {
            etag = "";
        }
        for (int step = 0; step < 10_000; step++) {
            String path = "/" + acknowledged.size() + "-" + step;
            Draft<VirtualServer> draft = Draft.of("victim", Site.redirecting(port, path));
            try {
                Versioned<ResourceView> written =
                        site.client()
                                .put(
                                        Site.CLUSTER,
                                        draft,
                                        etag.isEmpty()
                                                ? WriteOptions.CREATE
                                                : WriteOptions.replacing(etag));
                etag = written.etag();
                long revision = written.value().resource().metadata().revision();
                locations.put(revision, path);
                acknowledged.add(revision);
            } catch (dev.weir.api.ApiException refused) {
                return refused.toString();
            } catch (IOException killed) {
                return null;
            }
        }
        return "the process was never killed";
    }

    private static void verify(
            Site site, int port, Set<Long> acknowledged, Map<Long, String> locations)
            throws Exception {
        if (acknowledged.isEmpty()) {
            return;
        }
        Set<Long> stored =
                site
                        .client()
                        .revisions(Site.CLUSTER, new PageQuery(PageQuery.MAX_LIMIT, null, ""))
                        .items()
                        .stream()
                        .map(RevisionSummary::number)
                        .collect(Collectors.toSet());
        long oldestShown = stored.stream().min(Long::compare).orElseThrow();
        assertThat(stored)
                .containsAll(
                        acknowledged.stream().filter(number -> number >= oldestShown).toList());
        ResourceView now = site.client().get(Site.CLUSTER, Kind.VIRTUAL_SERVER, "victim").value();
        assertThat(now.resource().metadata().revision())
                .isGreaterThanOrEqualTo(acknowledged.stream().max(Long::compare).orElseThrow());
        VirtualServer spec = (VirtualServer) now.resource().spec();
        String expected = ((RouteAction.Redirect) spec.rules().getFirst().action()).path();
        // the last edit may have become durable without its answer reaching us
        assertThat(expected)
                .isEqualTo(locations.getOrDefault(now.resource().metadata().revision(), expected));
        Site.await(
                "the proxy serves the last revision",
                () -> site.get(port, "/").location().endsWith(expected));
    }
}
