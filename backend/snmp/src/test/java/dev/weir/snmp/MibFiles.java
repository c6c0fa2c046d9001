package dev.weir.snmp;

import dev.weir.testkit.Tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// WEIR-MIB and the base modules of the IETF, which come with Debian's `erlang-snmp`.
final class MibFiles {
    static final Path WEIR_MIB = Path.of("../../mibs/WEIR-MIB.mib").toAbsolutePath().normalize();
    private static final Path ERLANG = Path.of("/usr/lib/erlang/lib");

    private MibFiles() {}

    /// Copies the base modules under the names that libsmi looks for.
    static Path baseModules(Path directory) {
        List<Path> found = erlang("snmp-*");
        if (found.isEmpty()) {
            throw Tool.missing("IETF MIB modules", "apt-get install erlang-snmp");
        }
        try (Stream<Path> modules = Files.list(found.getFirst().resolve("mibs"))) {
            for (Path module : modules.filter(Files::isRegularFile).toList()) {
                String name = module.getFileName().toString().replace(".mib", "");
                Files.copy(module, directory.resolve(name));
            }
            return directory;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
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
