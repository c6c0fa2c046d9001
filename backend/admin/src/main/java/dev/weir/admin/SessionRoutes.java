package dev.weir.admin;

import dev.weir.admin.auth.Principal;
import dev.weir.admin.auth.Tokens;
import dev.weir.admin.resource.RefusedException;
import dev.weir.admin.resource.RefusedException.Reason;
import dev.weir.api.ApiPaths;
import dev.weir.api.Codec;
import dev.weir.api.Login;
import dev.weir.api.Role;
import dev.weir.api.ServerVersion;
import dev.weir.api.User;
import dev.weir.model.InvalidException;
import dev.weir.model.Secret;

import io.helidon.http.Method;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Health, version, log in, and the audit.
record SessionRoutes(Realm realm) {

    List<Route> routes() {
        return List.of(
                Route.open(
                        Method.GET, ApiPaths.HEALTH, call -> Answer.json(Map.of("status", "ok"))),
                Route.open(Method.POST, ApiPaths.LOGIN, this::login),
                Route.get(ApiPaths.VERSION, Role.AGENT, SessionRoutes::version).somewhere(),
                Route.get(ApiPaths.AUDIT_EVENTS, Role.VIEWER, this::audit),
                Route.get(ApiPaths.EVENTS, Role.AGENT, this::events).somewhere());
    }

    private static Answer version(Call call) {
        String version = SessionRoutes.class.getPackage().getImplementationVersion();
        return Answer.json(
                new ServerVersion(
                        version == null ? "development" : version,
                        call.principal().name(),
                        call.principal().highest(),
                        call.principal().roles()));
    }

    private Answer login(Call call) throws RefusedException, InvalidException, IOException {
        Login login = Codec.read(call.json(), Login.class, "login");
        call.trail().actor(login.user());
        User known =
                realm.passwordCheck(
                        call,
                        login.user(),
                        login.password(),
                        Reason.UNAUTHENTICATED,
                        "login: the user or the password is wrong");
        Tokens.Session session = realm.accounts().tokens().issueSession(known.name());
        return Answer.json(
                new Login.Answer(
                        session.token().reveal(),
                        known.name(),
                        new Principal(known.name(), known.roles()).highest(),
                        session.expiresAt()));
    }

    private Answer audit(Call call) throws RefusedException {
        return Answer.json(realm.audit().newest(call.below(), call.page().limit()));
    }

    private Answer events(Call call) {
        Secret token = Call.token(call.request()).orElseThrow(); // the dispatcher asked for it
        return new Answer.Events(
                realm.events().open(call.header("Last-Event-ID"), () -> hearing(token)));
    }

    /// The clusters that a token may hear of, or empty where it works no more.
    private Optional<Predicate<String>> hearing(Secret token) {
        return realm.accounts()
                .tokens()
                .owner(token)
                .filter(owner -> owner.maySomewhere(Role.AGENT))
                .map(owner -> cluster -> owner.may(Role.AGENT, cluster));
    }
}
