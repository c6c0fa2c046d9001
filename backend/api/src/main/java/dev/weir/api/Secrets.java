package dev.weir.api;

import com.fasterxml.jackson.databind.node.TextNode;

import dev.weir.model.Certificate;
import dev.weir.model.Draft;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.Optional;

/// Tells that a secret changes without telling the secret.
final class Secrets {
    private static final TextNode HIDDEN = TextNode.valueOf(Secret.HIDDEN);

    private Secrets() {}

    /// A difference at `spec.privateKey` where a certificate gets another key; a key that is absent
    /// after stays as it was.
    static Optional<Difference> difference(@Nullable Draft<?> before, @Nullable Draft<?> after) {
        Secret old = key(before);
        Secret fresh = key(after);
        if (fresh == null || Objects.equals(fresh, old)) {
            return Optional.empty();
        }
        return Optional.of(new Difference("spec.privateKey", old == null ? null : HIDDEN, HIDDEN));
    }

    private static @Nullable Secret key(@Nullable Draft<?> draft) {
        return draft != null && draft.spec() instanceof Certificate certificate
                ? certificate.privateKey()
                : null;
    }
}
