package dev.weir.cli;

import dev.weir.model.Diagnosis;
import dev.weir.model.Names;
import dev.weir.profile.CallTree;
import dev.weir.profile.Limits;
import dev.weir.profile.Profile;
import dev.weir.profile.ProfileReader;
import dev.weir.profile.SampleType;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The profile a command is about: a file, or an artifact by its SHA-256 or by the diagnosis and
/// the step that left it.
final class ProfileSource {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern DIAGNOSIS =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/(.+))?");

    @Mixin private final ServerOptions server;

    @Parameters(
            index = "0",
            paramLabel = "FILE|ARTIFACT",
            description =
                    "A file (pprof, JFR, collapsed, speedscope), an artifact's SHA-256, or what a"
                            + " diagnosis left: ID/STEP, or ID where it has one step.")
    private String source = "";

    @Option(
            names = {"-t", "--sample-type"},
            paramLabel = "NAME",
            description = "cpu, inuse_space, …; the profile's own choice where absent.")
    private @Nullable String sampleType;

    ProfileSource(Surroundings surroundings) {
        this.server = new ServerOptions(surroundings);
    }

    CallTree read() throws Exception {
        Profile profile = profile();
        List<SampleType> types = profile.sampleTypes();
        if (sampleType == null) {
            return CallTree.of(profile, profile.header().defaultSampleType());
        }
        List<String> names = types.stream().map(SampleType::name).toList();
        int index = names.indexOf(sampleType);
        if (index < 0) {
            String hint =
                    Names.nearest(sampleType, names)
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse("; there are " + String.join(", ", names));
            throw new UsageException("sample type '" + sampleType + "': is not in there" + hint);
        }
        return CallTree.of(profile, index);
    }

    private Profile profile() throws Exception {
        Path file = Path.of(source);
        Matcher diagnosis = DIAGNOSIS.matcher(source);
        boolean isArtifact = SHA_256.matcher(source).matches() || diagnosis.matches();
        if (Files.exists(file) || !isArtifact) {
            return ProfileReader.read(file, Limits.DEFAULT);
        }
        try (Session session = server.open();
                InputStream bytes =
                        session.client()
                                .artifact(
                                        diagnosis.matches()
                                                ? artifact(
                                                        session.client()
                                                                .diagnosis(diagnosis.group(1)),
                                                        diagnosis.group(2))
                                                : source)) {
            return ProfileReader.read(bytes, Limits.DEFAULT);
        }
    }

    private static String artifact(Diagnosis diagnosis, @Nullable String step)
            throws UsageException, FailedException {
        List<Diagnosis.Step> steps = diagnosis.status().steps();
        List<String> names = steps.stream().map(Diagnosis.Step::name).toList();
        String wanted = step == null && names.size() == 1 ? names.getFirst() : step;
        if (wanted == null || !names.contains(wanted)) {
            throw new UsageException(
                    "diagnosis %s: which step? write %s/%s"
                            .formatted(
                                    diagnosis.id(), diagnosis.id(), String.join(", or …/", names)));
        }
        return steps.get(names.indexOf(wanted)).artifacts().stream()
                .findFirst()
                .orElseThrow(() ->
                        new FailedException(
                                "step %s of diagnosis %s: left no artifact"
                                        .formatted(wanted, diagnosis.id())))
                .sha256();
    }
}
