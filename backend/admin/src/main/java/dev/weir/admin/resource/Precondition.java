package dev.weir.admin.resource;

import dev.weir.admin.resource.RefusedException.Reason;
import dev.weir.api.Versioned;
import dev.weir.model.Reference;
import dev.weir.model.Resource;

import org.jspecify.annotations.Nullable;

/// What must hold of a resource for a write to happen (RFC 9110 §13.1).
public sealed interface Precondition {
    /// Nothing: for writes that are right whatever was there.
    Precondition NONE = new Unconditional();

    void check(Reference object, @Nullable Resource<?> current) throws RefusedException;

    /// No condition is asked for.
    record Unconditional() implements Precondition {
        @Override
        public void check(Reference object, @Nullable Resource<?> current) {}
    }

    /// What the headers of a request say.
    ///
    /// @param ifMatch the tag of what is to be replaced, `*` for anything, or null
    /// @param ifNoneMatch whether nothing must be there
    /// @param required whether replacing needs `ifMatch`; not so for a dry run
    record Headers(@Nullable String ifMatch, boolean ifNoneMatch, boolean required)
            implements Precondition {
        @Override
        public void check(Reference object, @Nullable Resource<?> current) throws RefusedException {
            if (current == null) {
                if (ifMatch != null) {
                    throw new RefusedException(
                            Reason.PRECONDITION_FAILED,
                            object + ": no longer exists; create it without If-Match");
                }
                return;
            }
            if (ifNoneMatch) {
                throw new RefusedException(
                        Reason.PRECONDITION_FAILED,
                        object + ": exists already; choose another name or send If-Match");
            }
            String etag = Versioned.etag(current.metadata().revision());
            if (ifMatch == null) {
                if (required) {
                    throw new RefusedException(
                            Reason.PRECONDITION_REQUIRED,
                            "%s: exists already; send If-Match: %s to replace it"
                                    .formatted(object, etag));
                }
            } else if (!ifMatch.equals("*") && !ifMatch.equals(etag)) {
                throw new RefusedException(
                        Reason.PRECONDITION_FAILED,
                        "%s: was changed by %s in revision %d, the edit is based on %s; read it again"
                                .formatted(
                                        object,
                                        current.metadata().updatedBy(),
                                        current.metadata().revision(),
                                        ifMatch.replace("\"", "")));
            }
        }
    }
}
