package dev.weir.console.connect;

import dev.weir.model.Secret;

import java.io.IOException;
import java.util.Optional;

/// Keeps the tokens and passphrases of saved connections, each under a name. Blocking; any thread
/// but the user interface's.
public interface TokenStore {

    Optional<Secret> find(String profile) throws IOException;

    void keep(String profile, Secret token) throws IOException;

    /// Harmless where none is kept.
    void forget(String profile) throws IOException;
}
