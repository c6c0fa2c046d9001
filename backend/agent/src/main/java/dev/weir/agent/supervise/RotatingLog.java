package dev.weir.agent.supervise;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/// Writes a program's output to a file, which is set aside when it is full, and remembers the last
/// lines.
final class RotatingLog {
    private static final int LAST_LINES = 20;

    private final Path file;
    private final long maxBytes;
    private final int kept;
    private final Deque<String> last = new ArrayDeque<>();

    /// @param maxBytes of one file
    /// @param kept how many full files are kept beside it, as `file.1` (the newest) and on
    RotatingLog(Path file, long maxBytes, int kept) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.kept = kept;
    }

    /// The last lines, oldest first.
    synchronized String lastLines() {
        return String.join("\n", last);
    }

    synchronized void forget() {
        last.clear();
    }

    /// Copies until the stream ends. A file that cannot be written loses lines; the program goes
    /// on.
    void copy(InputStream output) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                write(line);
            }
        } catch (IOException ended) {
            // the program is gone, and its pipe with it
        }
    }

    private synchronized void write(String line) {
        if (last.size() == LAST_LINES) {
            last.removeFirst();
        }
        last.addLast(line);
        try {
            if (Files.exists(file) && Files.size(file) > maxBytes) {
                rotate();
            }
            try (OutputStream out =
                    Files.newOutputStream(
                            file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException full) {
            // the last lines are still told
        }
    }

    private void rotate() throws IOException {
        for (int number = kept; number >= 1; number--) {
            Path from = number == 1 ? file : numbered(number - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(number), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
