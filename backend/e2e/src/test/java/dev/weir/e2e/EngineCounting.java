package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Kind;
import dev.weir.testkit.MibFiles;
import dev.weir.testkit.Tool;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// What is counted is what was sent, on every engine, as Net-SNMP's own programs print it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineCounting {
    @TempDir static Path directory;

    private Lab lab;
    private Site site;
    private Backend backend;

    abstract List<String> engineOptions();

    @BeforeAll
    void start() throws Exception {
        List<String> options = new ArrayList<>(engineOptions());
        options.addAll(List.of("--traffic", "off"));
        lab = Lab.start(directory, options.toArray(String[]::new));
        site = new Site(lab);
        backend = new Backend("red");
        site.put("red", Site.group(backend));
    }

    @AfterAll
    void stop() {
        if (site != null) {
            site.close();
            backend.close();
            lab.close();
        }
    }

    @Test
    void totalRequestsRiseByExactlyWhatWrkSent() throws Exception {
        int port = Site.freePort();
        int index = site.put("counted", Site.http(port, "red")).resource().metadata().index();
        site.awaitAnswer(port, "/", 200, "red");
        Thread.sleep(2500);
        long before = total(index);

        Wrk.Verdict verdict = Wrk.exactly(Site.at(port, "/"), 2000);

        assertThat(verdict.completed()).isEqualTo(2000);
        Site.await("the counter follows", () -> total(index) >= before + 2000);
        Thread.sleep(2500);
        assertThat(total(index)).isEqualTo(before + 2000);
        assertThat(column(index, "weirVsRsp2xx")).isGreaterThanOrEqualTo(2000);
        site.delete(Kind.VIRTUAL_SERVER, "counted");
    }

    @Test
    void walksWithoutErrorWhileRowsComeAndGo() throws Exception {
        int port = Site.freePort();
        AtomicBoolean editing = new AtomicBoolean(true);
        Thread edits =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                for (int i = 0; i < 100; i++) {
                                    site.put("fleeting", Site.http(port, "red"));
                                    site.delete(Kind.VIRTUAL_SERVER, "fleeting");
                                }
                            } catch (Exception failed) {
                                throw new AssertionError(failed);
                            } finally {
                                editing.set(false);
                            }
                        });
        int walks = 0;
        while (editing.get() || walks < 3) {
            Tool.Result walk = snmp("snmpwalk", "WEIR-MIB::weirVs");
            assertThat(walk.exitCode()).as(walk.errors()).isZero();
            assertThat(walk.errors()).isEmpty();
            assertThat(walk.output()).doesNotContain("not increasing").contains("weirVsName");
            walks++;
        }
        edits.join();
        assertThat(walks).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aTableShowsTheRowsOfTheVirtualServers() throws Exception {
        Site.await(
                "both rows are there",
                () -> {
                    Tool.Result table = snmp("snmptable", "WEIR-MIB::weirVsTable");
                    return table.exitCode() == 0
                            && table.output().contains("shop")
                            && table.output().contains("pay");
                });
    }

    private long total(int index) throws Exception {
        return column(index, "weirVsTotReqs");
    }

    private long column(int index, String name) throws Exception {
        Tool.Result result = snmp("snmpget", "WEIR-MIB::" + name + "." + index);
        assertThat(result.exitCode()).as(result.errors()).isZero();
        return Long.parseLong(List.of(result.output().strip().split(" ", -1)).getLast());
    }

    private Tool.Result snmp(String program, String... objects) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-v2c",
                                "-c",
                                lab.ready().snmp().community(),
                                "-m",
                                "WEIR-MIB",
                                "-OqU",
                                lab.ready().snmp().address()));
        arguments.addAll(List.of(objects));
        return Tool.required(program, "apt-get install snmp")
                .with("MIBDIRS", MibFiles.netSnmpPath())
                .run(arguments.toArray(String[]::new));
    }
}
