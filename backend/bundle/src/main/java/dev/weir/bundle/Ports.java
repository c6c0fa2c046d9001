package dev.weir.bundle;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The lab's ports: those asked for, else those of the last start where they are still free, else
/// free ones.
///
/// @param before those of the last start, by the doors' words
record Ports(Map<Door, Integer> byDoor, Map<String, Integer> before) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    Ports {
        byDoor = Map.copyOf(byDoor);
        before = Map.copyOf(before);
    }

    /// Chooses a port for every door and remembers the choice in the file.
    ///
    /// @param base the first of a row, or 0 to be free in the choice
    /// @throws StartException where a port that was asked for is in use, or the file cannot be kept
    static Ports choose(Path file, int base) throws StartException {
        try {
            Map<String, Integer> remembered = remembered(file);
            Map<Door, Integer> chosen = new EnumMap<>(Door.class);
            Set<Integer> taken = new HashSet<>();
            for (Door door : Door.values()) {
                int port =
                        base > 0
                                ? asked(door, base + chosen.size())
                                : free(door, remembered.getOrDefault(door.word(), 0), taken);
                taken.add(port);
                chosen.put(door, port);
            }
            Ports ports = new Ports(chosen, remembered);
            ports.remember(file);
            return ports;
        } catch (IOException broken) {
            throw DataDirectory.unusable(file, broken);
        }
    }

    int of(Door door) {
        return byDoor.getOrDefault(door, 0);
    }

    HostPort at(Door door) {
        return HostPort.loopback(of(door));
    }

    /// Whether a door was at this port at the last start and is elsewhere now.
    boolean hasMoved(Door door, int port) {
        return before.getOrDefault(door.word(), 0) == port && of(door) != port;
    }

    private static int asked(Door door, int port) throws StartException {
        if (!isFree(door, port)) {
            throw new StartException(
                    "port %d: is in use, so the lab's %s cannot listen there; stop its owner or choose another --port-base"
                            .formatted(port, door.word()));
        }
        return port;
    }

    private static int free(Door door, int remembered, Set<Integer> taken) throws IOException {
        if (remembered > 0 && !taken.contains(remembered) && isFree(door, remembered)) {
            return remembered;
        }
        while (true) {
            int port = anyFree(door);
            if (!taken.contains(port)) {
                return port;
            }
        }
    }

    private static int anyFree(Door door) throws IOException {
        InetAddress loopback = InetAddress.ofLiteral(HostPort.LOOPBACK);
        if (door.isUdp()) {
            try (DatagramSocket socket = new DatagramSocket(0, loopback)) {
                return socket.getLocalPort();
            }
        }
        try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
            return socket.getLocalPort();
        }
    }

    /// Finds out before anything is started whether a setting's address can be listened on.
    ///
    /// @throws StartException where it cannot, with the flag to change
    static void require(Setting setting, HostPort address, boolean udp) throws StartException {
        InetSocketAddress socket = address.socketAddress();
        if (socket.isUnresolved()) {
            throw new StartException(
                    "%s: host %s is not known here; choose another with %s"
                            .formatted(address, address.host(), setting.flag()));
        }
        if (address.port() != 0 && !isFree(socket, udp)) {
            throw new StartException(
                    "port %d: cannot be listened on at %s, is it in use? stop its owner or choose another with %s"
                            .formatted(address.port(), address.host(), setting.flag()));
        }
    }

    private static boolean isFree(Door door, int port) {
        return isFree(
                new InetSocketAddress(InetAddress.ofLiteral(HostPort.LOOPBACK), port),
                door.isUdp());
    }

    private static boolean isFree(InetSocketAddress address, boolean udp) {
        try {
            if (udp) {
                try (DatagramSocket socket = new DatagramSocket(address)) {
                    return socket.isBound();
                }
            }
            try (ServerSocket socket = new ServerSocket()) {
                // as servers do: connections of the last start may still be in TIME_WAIT
                socket.setReuseAddress(true);
                socket.bind(address);
                return true;
            }
        } catch (IOException inUse) {
            return false;
        }
    }

    private static Map<String, Integer> remembered(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return JSON.readValue(Files.readString(file), new TypeReference<>() {});
        } catch (com.fasterxml.jackson.core.JsonProcessingException damaged) {
            return Map.of(); // a choice can be made again
        }
    }

    private void remember(Path file) throws IOException {
        Map<String, Integer> names = new TreeMap<>();
        byDoor.forEach((door, port) -> names.put(door.word(), port));
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.writeString(partial, JSON.writeValueAsString(names) + "\n");
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
