package dev.weir.admin;

import dev.weir.api.Role;

import io.helidon.http.Method;

import org.jspecify.annotations.Nullable;

/// One entry of the REST contract: where, who may, and what happens.
///
/// @param path a template as in `openapi.yaml`: `/api/v1/clusters/{cluster}`
/// @param role the least that is needed, or null for anybody
/// @param scope where the role is needed
record Route(Method method, String path, @Nullable Role role, Scope scope, Handler handler) {

    /// Where a role is needed.
    enum Scope {
        /// In the cluster of the path.
        CLUSTER,
        /// In all of them.
        EVERYWHERE,
        /// In one at least; the handler looks closer.
        SOMEWHERE
    }

    private static Route of(Method method, String path, Role role, Handler handler) {
        Scope scope = path.contains("{cluster}") ? Scope.CLUSTER : Scope.EVERYWHERE;
        return new Route(method, path, role, scope, handler);
    }

    /// A route that needs no role.
    static Route open(Method method, String path, Handler handler) {
        return new Route(method, path, null, Scope.SOMEWHERE, handler);
    }

    /// The same for everybody with the role in one cluster at least.
    Route somewhere() {
        return new Route(method, path, role, Scope.SOMEWHERE, handler);
    }

    static Route get(String path, Role role, Handler handler) {
        return of(Method.GET, path, role, handler);
    }

    static Route put(String path, Role role, Handler handler) {
        return of(Method.PUT, path, role, handler);
    }

    static Route post(String path, Role role, Handler handler) {
        return of(Method.POST, path, role, handler);
    }

    static Route delete(String path, Role role, Handler handler) {
        return of(Method.DELETE, path, role, handler);
    }

    /// Answers a call; everything thrown becomes a problem document.
    @FunctionalInterface
    interface Handler {
        Answer handle(Call call) throws Exception;
    }
}
