package dev.weir.cli;

import dev.weir.model.Kind;
import dev.weir.model.Reference;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Parameters;

/// The resource that a command is about: `virtual-server shop` or `virtual-server/shop`.
final class ResourceName {
    @Parameters(
            index = "0",
            paramLabel = "KIND",
            completionCandidates = KindNames.Candidates.class,
            description = "As in 'get'; KIND/NAME in one word is understood too.")
    private String kind = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "The resource.")
    private @Nullable String name;

    Reference get() throws UsageException {
        return of(kind, name);
    }

    static Reference of(String kind, @Nullable String name) throws UsageException {
        int slash = kind.indexOf('/');
        if (slash > 0 && name == null) {
            return new Reference(KindNames.of(kind.substring(0, slash)), kind.substring(slash + 1));
        }
        Kind known = KindNames.of(kind);
        if (name == null) {
            throw new UsageException(known.words() + ": which one? name it after " + kind);
        }
        return new Reference(known, name);
    }
}
