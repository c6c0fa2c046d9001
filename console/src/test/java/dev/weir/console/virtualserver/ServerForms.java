package dev.weir.console.virtualserver;

/// Edits of a form, for tests outside its package.
public final class ServerForms {
    private ServerForms() {}

    public static ServerForm port(ServerForm form, String text) {
        return form.withPort(text);
    }

    public static String portOf(ServerForm form) {
        return form.port();
    }

    public static ServerForm address(ServerForm form, String text) {
        return form.withAddress(text);
    }

    public static ServerForm defaultGroup(ServerForm form, String group) {
        return form.withDefaultGroup(group);
    }

    /// With all that a new virtual server needs.
    public static ServerForm complete(ServerForm form, String name, String port) {
        return form.withName(name).withPort(port).withDefaultGroup("catalog");
    }
}
