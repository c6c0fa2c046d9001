package dev.weir.console.connect;

import java.nio.file.Path;

/// Chooses where tokens are kept.
public final class TokenStores {
    private TokenStores() {}

    /// The operating system's key store where it answers, else an encrypted file in the directory.
    /// Starts a process; not for the user interface's thread.
    public static TokenStore best(String operatingSystem, Path directory) {
        KeyStoreCommand command =
                new KeyStoreCommand(
                        operatingSystem.startsWith("Mac")
                                ? KeyStoreCommand.Dialect.SECURITY
                                : KeyStoreCommand.Dialect.SECRET_TOOL);
        boolean windows = operatingSystem.startsWith("Windows");
        return !windows && command.works() ? command : new EncryptedFileTokenStore(directory);
    }
}
