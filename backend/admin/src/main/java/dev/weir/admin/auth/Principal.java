package dev.weir.admin.auth;

import dev.weir.api.Role;

/// Who is asking, once that is proven.
public record Principal(String name, Role role) {}
