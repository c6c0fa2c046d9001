package dev.weir.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// WEIR-MIB and the base modules of the IETF, which come with Debian's `erlang-snmp`.
public final class MibFiles {
    /// The MIB itself, seen from any module of the backend.
    public static final Path WEIR_MIB =
            Path.of("../../mibs/WEIR-MIB.mib").toAbsolutePath().normalize();

    private static final Path ERLANG = Path.of("/usr/lib/erlang/lib");

    private MibFiles() {}

    /// Copies the base modules under the names that libsmi looks for.
    public static Path baseModules(Path directory) {
        try (Stream<Path> modules = Files.list(baseDirectory().resolve("mibs"))) {
            for (Path module : modules.filter(Files::isRegularFile).toList()) {
                String name = module.getFileName().toString().replace(".mib", "");
                Files.copy(module, directory.resolve(name));
            }
            return directory;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Where Net-SNMP's programs find WEIR-MIB and what it imports; a value for `MIBDIRS`.
    public static String netSnmpPath() {
        return baseDirectory().resolve("mibs") + ":" + WEIR_MIB.getParent();
    }

    private static Path baseDirectory() {
        List<Path> found = erlang("snmp-*");
        if (found.isEmpty()) {
            throw Tool.missing("IETF MIB modules", "apt-get install erlang-snmp");
        }
        return found.getFirst();
    }

    private static List<Path> erlang(String pattern) {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(ERLANG, pattern)) {
            List<Path> found = new ArrayList<>();
            stream.forEach(found::add);
            return found;
        } catch (IOException absent) {
            return List.of();
        }
    }
}
