package dev.weir.cli;

import dev.weir.model.Names;

import java.util.Collection;

/// There is nothing of that name; ends with exit code 3.
final class NotFoundException extends Exception {
    private static final long serialVersionUID = 1;

    /// @param known what there is, to name the nearest
    NotFoundException(String kind, String name, Collection<String> known) {
        super(
                kind
                        + " "
                        + name
                        + ": does not exist"
                        + Names.nearest(name, known)
                                .map(near -> "; did you mean '" + near + "'?")
                                .orElse(""));
    }
}
