package dev.weir.console.editing;

import dev.weir.model.Draft;
import dev.weir.model.Problem;
import dev.weir.model.Resource;

import java.util.List;
import java.util.Map;

/// Turns a resource into what an editor's fields hold, and back.
///
/// @param <F> an immutable form; equal forms mean the same document
public interface FormCodec<F> {

    /// The form of a resource as it is.
    F form(Resource<?> resource);

    /// Reads the fields.
    ///
    /// @param labels kept as they are, because no field edits them
    Reading read(F form, Map<String, String> labels);

    /// A document read from fields.
    ///
    /// @param problems of text that is not what the field wants; the draft has a stand-in there
    record Reading(Draft<?> draft, List<Problem> problems) {}
}
