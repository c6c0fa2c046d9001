package dev.weir.agent.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.FailureReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;

/// What passes for a profile, and that junk is refused rather than thrown at anybody.
final class PprofShapeTest {
    @TempDir private Path directory;

    @Test
    void tellsPackedFromRaw() throws Exception {
        assertThat(judge(Profiles.packed())).isEqualTo("pb.gz");
        assertThat(judge(Profiles.raw())).isEqualTo("pb");
    }

    @Test
    void refusesEveryTruncation() throws Exception {
        for (int length = 1; length < Profiles.packed().length; length++) {
            assertThat(judge(Arrays.copyOf(Profiles.packed(), length)))
                    .isEqualTo(FailureReason.NOT_A_PROFILE.name());
        }
    }

    @Test
    void refusesJunkByName() throws Exception {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            byte[] junk = new byte[random.nextInt(300)];
            random.nextBytes(junk);
            if (junk.length > 2 && random.nextBoolean()) {
                junk[0] = 0x1f;
                junk[1] = (byte) 0x8b;
            }
            assertThat(judge(junk)).isIn("pb", FailureReason.NOT_A_PROFILE.name());
        }
    }

    private String judge(byte[] bytes) throws Exception {
        ArtifactStore store =
                new ArtifactStore(
                        directory,
                        new ArtifactStore.Limits(1 << 20, Duration.ofDays(1)),
                        InstantSource.system());
        try (ArtifactDraft draft = store.begin()) {
            draft.write(bytes, 0, bytes.length);
            return PprofShape.of(draft, "http://127.0.0.1").extension();
        } catch (OperationFailedException refused) {
            return refused.reason().name();
        }
    }
}
