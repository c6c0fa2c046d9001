package dev.weir.admin;

import dev.weir.api.Role;

import io.helidon.http.Method;

import org.jspecify.annotations.Nullable;

/// One entry of the REST contract: where, who may, and what happens.
///
/// @param path a template as in `openapi.yaml`: `/api/v1/clusters/{cluster}`
/// @param role the least that is needed, or null for anybody
record Route(Method method, String path, @Nullable Role role, Handler handler) {

    static Route get(String path, Role role, Handler handler) {
        return new Route(Method.GET, path, role, handler);
    }

    static Route put(String path, Role role, Handler handler) {
        return new Route(Method.PUT, path, role, handler);
    }

    static Route post(String path, Role role, Handler handler) {
        return new Route(Method.POST, path, role, handler);
    }

    static Route delete(String path, Role role, Handler handler) {
        return new Route(Method.DELETE, path, role, handler);
    }

    /// Answers a call; everything thrown becomes a problem document.
    @FunctionalInterface
    interface Handler {
        Answer handle(Call call) throws Exception;
    }
}
