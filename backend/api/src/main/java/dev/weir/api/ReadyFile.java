package dev.weir.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a running bundle tells its clients: a JSON file that exists exactly while all of it serves.
///
/// @param pid the process to signal to end it
/// @param admin base address of the admin API
/// @param ca PEM file of the authority that signed admin's certificate
/// @param tokenFile file that holds an API token and nothing else
/// @param xds `host:port` of the discovery server
/// @param virtualServers addresses of the sample's virtual servers, by name
/// @param agents base addresses of the agents' doors
/// @param pprof base address of the demo program that speaks `/debug/pprof`
/// @param control base address of the door that [LabClient] uses, or null where there is none
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReadyFile(
        long pid,
        URI admin,
        String ca,
        String tokenFile,
        String xds,
        Snmp snmp,
        Map<String, URI> virtualServers,
        List<URI> agents,
        URI pprof,
        @Nullable URI control) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Of a bundle without the door for [LabClient].
    public ReadyFile(
            long pid,
            URI admin,
            String ca,
            String tokenFile,
            String xds,
            Snmp snmp,
            Map<String, URI> virtualServers,
            List<URI> agents,
            URI pprof) {
        this(pid, admin, ca, tokenFile, xds, snmp, virtualServers, agents, pprof, null);
    }

    /// Where the agent's SNMP door is.
    ///
    /// @param address `host:port`, UDP
    /// @param community of SNMPv2c; the lab's loopback alone answers it
    public record Snmp(String address, String community) {}

    /// Where the lab of this user writes it: `~/.weir/lab/ready.json`.
    public static Path ofLab() {
        return Path.of(System.getProperty("user.home"), ".weir", "lab", "ready.json");
    }

    /// Reads the file, or empty where there is none.
    ///
    /// @throws IOException where it cannot be read, or is no ready file
    public static Optional<ReadyFile> read(Path file) throws IOException {
        try {
            return Optional.of(JSON.readValue(Files.readString(file), ReadyFile.class));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (JsonProcessingException bad) {
            throw new IOException(
                    "ready file " + file + ": is damaged; start the lab again to replace it", bad);
        }
    }

    /// Writes the file so that readers see nothing or all of it.
    public void write(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path partial = absolute.resolveSibling(absolute.getFileName() + ".partial");
        Files.writeString(partial, JSON.writeValueAsString(this) + "\n");
        Files.move(partial, absolute, StandardCopyOption.ATOMIC_MOVE);
    }
}
