package dev.weir.console.session;

/// Opens sessions. Blocking; any thread but the user interface's.
public interface SessionFactory {

    /// Connects and proves that the server answers and lets this user in.
    AdminSession open(Endpoint endpoint) throws SessionException;
}
