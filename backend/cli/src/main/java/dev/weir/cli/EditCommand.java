package dev.weir.cli;

import dev.weir.api.ApiException;
import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.ResourceView;
import dev.weir.api.Versioned;
import dev.weir.api.WriteOptions;
import dev.weir.model.Draft;
import dev.weir.model.InvalidException;
import dev.weir.model.Kind;
import dev.weir.model.Reference;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/// `weirctl edit`.
@Command(
        name = "edit",
        description = "Opens a resource in your editor and writes it back when you leave.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The editor is VISUAL, then EDITOR, then vi (notepad on Windows). Where someone else has changed the resource"
                    + " meanwhile, nothing is written and your text is kept."
        })
final class EditCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Mixin private final ServerOptions server;
    @Mixin private final ResourceName resource = new ResourceName();
    @Mixin private final MessageOption message = new MessageOption();

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    EditCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.server = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        Reference reference = resource.get();
        PrintWriter out = spec.commandLine().getOut();
        try (Session session = server.open()) {
            String cluster =
                    reference.kind() == Kind.CLUSTER ? reference.name() : session.cluster();
            Versioned<ResourceView> known =
                    session.client().get(cluster, reference.kind(), reference.name());
            Draft<?> before = known.value().resource().draft();
            Path file = Files.createTempFile("weirctl-" + reference.name() + "-", ".yaml");
            Files.writeString(file, Documents.toYaml(Codec.write(before)));
            open(file);
            try {
                Draft<?> after = draft(file, reference);
                if (after.equals(before)) {
                    out.println(reference + ": unchanged");
                } else {
                    var _ =
                            session.client()
                                    .put(
                                            cluster,
                                            after,
                                            WriteOptions.replacing(known.etag())
                                                    .because(message.text()));
                    out.println(reference + ": updated");
                }
                Files.delete(file);
            } catch (ApiException | InvalidException | RefusedTextException refused) {
                spec.commandLine().getErr().println("weirctl: your text is kept in " + file);
                throw refused;
            }
        }
        return ExitCode.DONE.code();
    }

    private Draft<?> draft(Path file, Reference reference)
            throws IOException, InvalidException, RefusedTextException, UsageException {
        SourceText source = SourceText.read(surroundings, file.toString());
        if (source.documents().size() != 1) {
            throw new UsageException(source.called() + ": must hold one document");
        }
        Draft<?> draft = Codec.readDraft(source.documents().getFirst());
        if (!new Reference(draft.kind(), draft.name()).equals(reference)) {
            throw new UsageException(
                    source.called() + ": kind and name must stay; use 'apply' to make another");
        }
        return draft;
    }

    private void open(Path file) throws IOException, InterruptedException, FailedException {
        String visual = surroundings.variable("VISUAL");
        String plain = surroundings.variable("EDITOR");
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        String common = windows ? "notepad" : "vi";
        String editor = visual != null ? visual : plain != null ? plain : common;
        // by a shell, because the variable may hold options: EDITOR='code --wait'
        List<String> command =
                windows
                        ? List.of("cmd", "/c", editor, file.toString())
                        : List.of("sh", "-c", editor + " \"$1\"", "sh", file.toString());
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new FailedException(
                    "editor '%s': ended with %d; nothing was written, your text is kept in %s"
                            .formatted(editor, code, file));
        }
    }
}
