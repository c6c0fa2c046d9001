package dev.weir.admin;

import dev.weir.admin.auth.Accounts;
import dev.weir.admin.auth.Principal;
import dev.weir.admin.resource.RefusedException;
import dev.weir.admin.resource.RefusedException.Reason;
import dev.weir.api.ApiPaths;
import dev.weir.api.Codec;
import dev.weir.api.Login;
import dev.weir.api.Role;
import dev.weir.api.ServerVersion;
import dev.weir.model.InvalidException;

import io.helidon.http.Method;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Health, version, log in, and the audit.
record SessionRoutes(Realm realm) {

    List<Route> routes() {
        return List.of(
                new Route(
                        Method.GET,
                        ApiPaths.HEALTH,
                        null,
                        call -> Answer.json(Map.of("status", "ok"))),
                new Route(Method.POST, ApiPaths.LOGIN, null, this::login),
                Route.get(ApiPaths.VERSION, Role.AGENT, SessionRoutes::version),
                Route.get(ApiPaths.AUDIT_EVENTS, Role.VIEWER, this::audit),
                Route.get(ApiPaths.EVENTS, Role.AGENT, this::events));
    }

    private static Answer version(Call call) {
        String version = SessionRoutes.class.getPackage().getImplementationVersion();
        return Answer.json(
                new ServerVersion(
                        version == null ? "development" : version,
                        call.principal().name(),
                        call.principal().role()));
    }

    private Answer login(Call call) throws RefusedException, InvalidException, IOException {
        String address = "address " + call.request().remotePeer().host();
        Login login = Codec.read(call.json(), Login.class, "login");
        String user = "user " + Call.shortened(login.user());
        call.trail().actor(login.user());
        for (String key : List.of(user, address)) {
            Optional<Duration> wait = realm.throttle().waitFor(key);
            if (wait.isPresent()) {
                throw new RefusedException(
                        Reason.TOO_MANY_REQUESTS,
                        "%s: too many failed logins; try again in %d s"
                                .formatted(key, wait.get().toSeconds() + 1));
            }
        }
        Optional<Principal> known = realm.accounts().authenticate(login.user(), login.password());
        if (known.isEmpty()) {
            realm.throttle().failed(user);
            realm.throttle().failed(address);
            throw new RefusedException(
                    Reason.UNAUTHENTICATED, "login: the user or the password is wrong");
        }
        realm.throttle().succeeded(user);
        realm.throttle().succeeded(address);
        Accounts.Issued session = realm.accounts().issueSession(login.user());
        return Answer.json(
                new Login.Answer(
                        session.token().reveal(),
                        login.user(),
                        known.get().role(),
                        session.expiresAt()));
    }

    private Answer audit(Call call) throws RefusedException {
        return Answer.json(realm.audit().newest(call.below(), call.page().limit()));
    }

    private Answer events(Call call) {
        return new Answer.Events(realm.events().open(call.header("Last-Event-ID")));
    }
}
