package dev.weir.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.Connection;
import dev.weir.api.ReadyFile;
import dev.weir.api.ResourceView;
import dev.weir.api.Trust;
import dev.weir.api.Versioned;
import dev.weir.api.WeirClient;
import dev.weir.api.WriteOptions;
import dev.weir.model.Draft;
import dev.weir.model.Kind;
import dev.weir.model.Secret;
import dev.weir.model.VirtualServer;
import dev.weir.snmp.SnmpSecurity;
import dev.weir.snmp.SnmpSession;
import dev.weir.snmp.VirtualServerRow;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One lab in this JVM, started twice on one data directory.
class LabTest {
    @TempDir private Path folder;

    @Test
    void servesEverythingThatItsReadyFileNamesAndFindsItsStateAgain() throws Exception {
        ReadyFile first;
        long stopping;
        try (Lab lab = start()) {
            first = lab.ready();
            assertThat(ReadyFile.read(folder.resolve("ready.json"))).contains(first);
            assertThat(get(first, "shop", "/")).isEqualTo(200);
            assertThat(get(first, "pay", "/charge")).isEqualTo(200);
            assertThat(get(first, "shop", "/old/item")).isEqualTo(301);
            assertThat(namesOverSnmp(first)).containsExactlyInAnyOrder("shop", "pay");
            describeShop(first, "edited by hand");

            stopping = System.nanoTime();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - stopping))
                .isLessThan(Duration.ofSeconds(3));
        assertThat(ReadyFile.read(folder.resolve("ready.json"))).isEmpty();
        assertThat(folder.resolve("data").resolve("ready.json")).doesNotExist();

        try (Lab lab = start()) {
            assertThat(lab.ready()).isEqualTo(first);
            assertThat(shop(lab.ready()).value().resource().description())
                    .isEqualTo("edited by hand");
            assertThat(get(lab.ready(), "shop", "/")).isEqualTo(200);
        }
    }

    private Lab start() throws Exception {
        Settings settings =
                Settings.read(
                        Setting.Role.LAB,
                        null,
                        Map.of(),
                        Map.of(
                                Setting.DATA,
                                folder.resolve("data").toString(),
                                Setting.READY_FILE,
                                folder.resolve("ready.json").toString(),
                                Setting.HEADLESS,
                                "true",
                                Setting.TRAFFIC,
                                "off"));
        return Lab.start(settings, Map.of());
    }

    private static int get(ReadyFile ready, String server, String path) throws Exception {
        Trust trust = Trust.of(Files.readString(Path.of(ready.ca())));
        OkHttpClient client =
                new OkHttpClient.Builder()
                        .sslSocketFactory(trust.context().getSocketFactory(), trust.manager())
                        .followRedirects(false)
                        .build();
        URI address = Objects.requireNonNull(ready.virtualServers().get(server));
        String url = address.resolve(path).toString();
        try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
            return response.code();
        } finally {
            client.connectionPool().evictAll();
        }
    }

    private static List<String> namesOverSnmp(ReadyFile ready) throws Exception {
        try (SnmpSession session =
                SnmpSession.open(
                        SnmpSession.address(ready.snmp().address()),
                        new SnmpSecurity.Community(new Secret(ready.snmp().community())))) {
            return session.virtualServers().stream().map(VirtualServerRow::name).toList();
        }
    }

    private static void describeShop(ReadyFile ready, String description) throws Exception {
        Versioned<ResourceView> shop = shop(ready);
        Draft<?> draft = shop.value().draft();
        try (WeirClient client = client(ready)) {
            client.put(
                    LabSample.CLUSTER,
                    new Draft<>(
                            draft.name(),
                            description,
                            draft.labels(),
                            (VirtualServer) draft.spec()),
                    WriteOptions.replacing(shop.etag()));
        }
    }

    private static Versioned<ResourceView> shop(ReadyFile ready) throws Exception {
        try (WeirClient client = client(ready)) {
            return client.get(LabSample.CLUSTER, Kind.VIRTUAL_SERVER, LabSample.SHOP);
        }
    }

    private static WeirClient client(ReadyFile ready) throws Exception {
        return new WeirClient(
                Connection.of(
                        ready.admin(),
                        Files.readString(Path.of(ready.ca())),
                        new Secret(Files.readString(Path.of(ready.tokenFile())).strip()),
                        "lab-test"));
    }
}
