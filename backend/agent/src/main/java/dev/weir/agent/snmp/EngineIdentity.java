package dev.weir.agent.snmp;

import dev.weir.snmp.WeirMib;

import org.snmp4j.smi.OctetString;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who this SNMP engine is and how often it was started (RFC 3414 §2.3): managers refuse an engine
/// whose boots went back, as one that replays old messages.
///
/// @param engineId 21 bytes (RFC 3411 §5: enterprise, format "octets", a UUID)
/// @param boots 1 for the first start
record EngineIdentity(OctetString engineId, int boots) {
    private static final Pattern FILE = Pattern.compile("([0-9a-f]{42}) (\\d{1,10})\\s*");
    private static final byte OCTETS = 5;

    /// Reads who the engine is, counts this start, and has it on disk before it returns.
    ///
    /// A file that is absent or makes no sense, or a counter at its end, begins a new engine.
    static EngineIdentity start(Path directory) {
        Path file = directory.resolve("snmp-engine");
        EngineIdentity now = read(file).next();
        try {
            Files.createDirectories(directory);
            Path temporary = directory.resolve("snmp-engine.tmp");
            String text =
                    HexFormat.of().formatHex(now.engineId.getValue()) + " " + now.boots + "\n";
            try (FileChannel channel =
                    FileChannel.open(
                            temporary,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "SNMP engine file " + file + ": cannot be written; check disk and rights",
                    failed);
        }
        return now;
    }

    private EngineIdentity next() {
        return boots == Integer.MAX_VALUE
                ? new EngineIdentity(newId(), 1)
                : new EngineIdentity(engineId, boots + 1);
    }

    private static EngineIdentity read(Path file) {
        try {
            Matcher line = FILE.matcher(Files.readString(file, StandardCharsets.US_ASCII));
            if (line.matches()) {
                return new EngineIdentity(
                        new OctetString(HexFormat.of().parseHex(line.group(1))),
                        (int) Math.min(Long.parseLong(line.group(2)), Integer.MAX_VALUE));
            }
        } catch (IOException absent) {
            // the first start, told by a new id
        }
        return new EngineIdentity(newId(), 0);
    }

    private static OctetString newId() {
        UUID uuid = UUID.randomUUID();
        int enterprise = WeirMib.ROOT.get(6);
        return new OctetString(
                ByteBuffer.allocate(21)
                        .putInt(enterprise | 0x8000_0000)
                        .put(OCTETS)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array());
    }
}
