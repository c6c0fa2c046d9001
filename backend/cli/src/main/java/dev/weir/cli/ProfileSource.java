package dev.weir.cli;

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
import java.util.regex.Pattern;

/// The profile a command is about: a file, or an artifact by its SHA-256.
final class ProfileSource {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    @Mixin private final ServerOptions server;

    @Parameters(
            index = "0",
            paramLabel = "FILE|ARTIFACT",
            description = "A file (pprof, JFR, collapsed, speedscope) or an artifact's SHA-256.")
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
        if (Files.exists(file) || !SHA_256.matcher(source).matches()) {
            return ProfileReader.read(file, Limits.DEFAULT);
        }
        try (Session session = server.open();
                InputStream bytes = session.client().artifact(source)) {
            return ProfileReader.read(bytes, Limits.DEFAULT);
        }
    }
}
