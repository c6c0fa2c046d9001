package dev.weir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.weir.model.Names;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The contexts of one user, in `~/.weir/contexts.json`; their tokens are in files of mode 0600
/// beside it.
final class Contexts {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path directory;

    /// What the file holds.
    ///
    /// @param current the name of the one in use, or null
    record Content(@Nullable String current, List<Context> contexts) {
        Content {
            contexts = contexts == null ? List.of() : List.copyOf(contexts);
        }
    }

    Contexts(Surroundings surroundings) {
        this.directory = surroundings.home().resolve(".weir");
    }

    Content read() throws IOException, FailedException {
        Path file = file();
        if (!Files.exists(file)) {
            return new Content(null, List.of());
        }
        try {
            return JSON.readValue(Files.readString(file), Content.class);
        } catch (JsonProcessingException damaged) {
            throw new FailedException("file " + file + ": is damaged; remove it and log in again");
        }
    }

    Optional<Context> current() throws IOException, FailedException {
        Content content = read();
        return content.contexts().stream()
                .filter(context -> context.name().equals(content.current()))
                .findFirst();
    }

    Context find(String name) throws IOException, FailedException, UsageException {
        List<Context> known = read().contexts();
        for (Context context : known) {
            if (context.name().equals(name)) {
                return context;
            }
        }
        String hint =
                Names.nearest(name, known.stream().map(Context::name).toList())
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("; 'weirctl login' makes one");
        throw new UsageException("context '" + name + "': does not exist" + hint);
    }

    /// Adds or replaces a context, keeps its token, and makes it the current one.
    void put(Context context, Secret token) throws IOException, FailedException {
        createPrivately(directory);
        Path tokenFile = tokenFile(context.name());
        writePrivately(tokenFile, token.reveal() + "\n");
        List<Context> contexts = new ArrayList<>(read().contexts());
        contexts.removeIf(known -> known.name().equals(context.name()));
        contexts.add(
                new Context(
                        context.name(),
                        context.admin(),
                        context.ca(),
                        tokenFile.toString(),
                        context.cluster()));
        write(new Content(context.name(), contexts));
    }

    void use(Context context) throws IOException, FailedException {
        write(new Content(context.name(), read().contexts()));
    }

    void delete(Context context) throws IOException, FailedException {
        Content content = read();
        List<Context> contexts = new ArrayList<>(content.contexts());
        contexts.remove(context);
        Files.deleteIfExists(tokenFile(context.name()));
        write(
                new Content(
                        context.name().equals(content.current()) ? null : content.current(),
                        contexts));
    }

    private void write(Content content) throws IOException {
        Path partial = directory.resolve("contexts.json.partial");
        writePrivately(
                partial, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
        Files.move(partial, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file() {
        return directory.resolve("contexts.json");
    }

    private Path tokenFile(String name) {
        return directory.resolve("token-" + name);
    }

    private static void createPrivately(Path directory) throws IOException {
        if (isPosix(directory)) {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(directory);
        }
    }

    /// The file is private before it holds a byte.
    private static void writePrivately(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        if (isPosix(file)) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
