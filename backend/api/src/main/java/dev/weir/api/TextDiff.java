package dev.weir.api;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;

import dev.weir.model.Draft;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The difference of two documents as a unified diff of their YAML, for terminals.
public final class TextDiff {
    private static final int CONTEXT = 3;

    private TextDiff() {}

    /// Lines beginning with `---`, `+++`, `@@`, `-`, `+` or a blank, without line ends; empty where
    /// nothing differs. Private keys are left out, but that one changes is said.
    ///
    /// @param before null where the resource is new
    /// @param after null where it is deleted
    public static List<String> between(@Nullable Draft<?> before, @Nullable Draft<?> after) {
        List<String> old = lines(before, null);
        List<String> fresh = lines(after, before);
        return UnifiedDiffUtils.generateUnifiedDiff(
                label("a", before), label("b", after), old, DiffUtils.diff(old, fresh), CONTEXT);
    }

    private static List<String> lines(@Nullable Draft<?> draft, @Nullable Draft<?> before) {
        if (draft == null) {
            return List.of();
        }
        StringBuilder text = new StringBuilder(Documents.toYaml(Codec.write(draft)));
        if (before != null && Secrets.difference(before, draft).isPresent()) {
            text.append("  privateKey: (changed)\n");
        }
        return text.toString().lines().toList();
    }

    private static String label(String side, @Nullable Draft<?> draft) {
        return draft == null
                ? "/dev/null"
                : side + "/" + draft.kind().document() + "/" + draft.name();
    }
}
