package dev.weir.agent.operation;

import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.model.InvalidException;
import dev.weir.model.OperationRunner;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The runs of this node by id; those that ended are also files, so that a restart knows them.
///
/// Any thread. The oldest ended runs are forgotten beyond a thousand.
final class RunTable {
    private static final Logger LOG = LoggerFactory.getLogger(RunTable.class);
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final int MAX_ENDED = 1000;
    private static final String SUFFIX = ".json";

    private final Path directory;
    private final ConcurrentMap<String, Run> runs = new ConcurrentHashMap<>();
    private final Deque<String> ended = new ArrayDeque<>();
    private volatile boolean closed;

    RunTable(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
        List<Path> files;
        try (Stream<Path> found = Files.list(directory)) {
            files =
                    found.sorted(Comparator.comparingLong(file -> file.toFile().lastModified()))
                            .toList();
        }
        for (Path file : files) {
            if (file.toString().endsWith(SUFFIX)) {
                load(file);
            } else {
                Files.deleteIfExists(file);
            }
        }
    }

    Optional<Run> find(String runId) {
        return Optional.ofNullable(runs.get(runId));
    }

    /// The run with that id; `begin` is called once in its life.
    ///
    /// @throws IllegalArgumentException where the id could not be a file's name
    Run findOrBegin(String runId, Consumer<Run> begin) {
        if (!RUN_ID.matcher(runId).matches()) {
            throw new IllegalArgumentException(
                    "run id: must be 1 to 200 letters, digits, '.', '_' or '-' (%s)"
                            .formatted(ServerText.plain(runId)));
        }
        Run fresh = new Run(runId, this::remember);
        Run known = runs.putIfAbsent(runId, fresh);
        if (known != null) {
            return known;
        }
        begin.accept(fresh);
        return fresh;
    }

    /// Interrupts what works, without remembering it.
    void close() {
        closed = true;
        runs.values().forEach(Run::interrupt);
    }

    private void load(Path file) throws IOException {
        try {
            OperationRunner.Observation observation =
                    Codec.read(
                            Documents.STANDARD.json(Files.readAllBytes(file)),
                            OperationRunner.Observation.class,
                            "run");
            runs.put(observation.runId(), new Run(observation));
            ended.add(observation.runId());
        } catch (InvalidException unreadable) {
            LOG.warn("run file {}: is unreadable and removed ({})", file, unreadable.getMessage());
            Files.deleteIfExists(file);
        }
    }

    /// What ends because this process does has no end to tell of: the next process will not know
    /// it.
    private boolean remember(OperationRunner.Observation end) {
        if (closed) {
            return false;
        }
        try {
            write(end);
        } catch (IOException failure) {
            LOG.warn(
                    "run {}: its end could not be written; a restart will not know it",
                    end.runId(),
                    failure);
        }
        forgetOldest(end.runId());
        return true;
    }

    private void write(OperationRunner.Observation end) throws IOException {
        Path partial = Files.createTempFile(directory, "run", ".partial");
        try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(Documents.toJson(Codec.write(end)));
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.move(
                partial, directory.resolve(end.runId() + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
    }

    private void forgetOldest(String newest) {
        synchronized (ended) {
            ended.add(newest);
            while (ended.size() > MAX_ENDED) {
                String oldest = ended.remove();
                runs.remove(oldest);
                try {
                    Files.deleteIfExists(directory.resolve(oldest + SUFFIX));
                } catch (IOException failure) {
                    LOG.warn("run {}: its file could not be removed", oldest, failure);
                }
            }
        }
    }
}
