package dev.weir.cli;

import dev.weir.model.Kind;
import dev.weir.model.Names;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The kinds of resources as they are typed: `virtual-servers`, `virtual-server`, `virtualServer`,
/// `vs`.
final class KindNames {
    private static final Map<String, Kind> SHORT =
            Map.of(
                    "vs", Kind.VIRTUAL_SERVER,
                    "tg", Kind.TARGET_GROUP,
                    "cert", Kind.CERTIFICATE,
                    "certs", Kind.CERTIFICATE);

    private KindNames() {}

    static Kind of(String typed) throws UsageException {
        Map<String, Kind> known = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            known.put(kind.path(), kind);
            known.put(singular(kind), kind);
            known.put(kind.document().toLowerCase(Locale.ROOT), kind);
        }
        known.putAll(SHORT);
        Kind kind = known.get(typed.toLowerCase(Locale.ROOT));
        if (kind == null) {
            String hint =
                    Names.nearest(typed, known.keySet())
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse("; kinds are " + String.join(", ", paths()));
            throw new UsageException("'" + typed + "' is no kind of resource" + hint);
        }
        return kind;
    }

    /// The kinds, for completion.
    static final class Candidates extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Candidates() {
            super(paths());
        }
    }

    /// As printed by `-o name`, and read back by commands.
    static String qualified(Kind kind, String name) {
        return kind.path() + "/" + name;
    }

    private static List<String> paths() {
        return Arrays.stream(Kind.values()).map(Kind::path).toList();
    }

    private static String singular(Kind kind) {
        return kind.path().substring(0, kind.path().length() - 1);
    }
}
