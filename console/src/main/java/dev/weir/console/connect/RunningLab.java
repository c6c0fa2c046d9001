package dev.weir.console.connect;

import dev.weir.api.ReadyFile;
import dev.weir.console.session.Endpoint;
import dev.weir.model.Secret;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A lab of this machine that says it is ready and whose process is alive.
public record RunningLab(ReadyFile ready) {

    /// The lab that wrote the file, or empty where none is running.
    ///
    /// @throws IOException where the file is damaged
    public static Optional<RunningLab> find(Path readyFile) throws IOException {
        return ReadyFile.read(readyFile)
                .filter(ready ->
                        ProcessHandle.of(ready.pid()).filter(ProcessHandle::isAlive).isPresent())
                .map(RunningLab::new);
    }

    public URI admin() {
        return ready.admin();
    }

    /// Where it is and the token it wrote down.
    public Endpoint endpoint() throws IOException {
        String token = Files.readString(Path.of(ready.tokenFile())).strip();
        return new Endpoint(
                "lab",
                ready.admin(),
                ready.ca() == null || ready.ca().isEmpty() ? null : Path.of(ready.ca()),
                new Secret(token),
                ready.snmp() == null ? null : Endpoint.community(ready.snmp().community()));
    }
}
