package dev.weir.admin;

import dev.weir.admin.auth.Accounts;
import dev.weir.admin.resource.RefusedException;
import dev.weir.admin.resource.RefusedException.Reason;
import dev.weir.api.ApiPaths;
import dev.weir.api.ApiToken;
import dev.weir.api.Codec;
import dev.weir.api.NewUser;
import dev.weir.api.Page;
import dev.weir.api.PasswordChange;
import dev.weir.api.Role;
import dev.weir.api.User;
import dev.weir.api.UserRoles;
import dev.weir.model.InvalidException;
import dev.weir.model.Names;
import dev.weir.model.Problem;
import dev.weir.model.Problems;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Users, their roles, passwords and tokens.
record UserRoutes(Realm realm) {
    private static final String ONE = ApiPaths.USERS + "/{name}";
    private static final String TOKENS = ONE + "/tokens";
    private static final int SHORTEST_PASSWORD = 12;
    private static final int LONGEST_PASSWORD = 256;
    private static final int MOST_ROLES = 1000;

    List<Route> routes() {
        return List.of(
                Route.get(ApiPaths.USERS, Role.ADMIN, this::list),
                Route.post(ApiPaths.USERS, Role.ADMIN, this::create),
                Route.get(ONE, Role.VIEWER, this::get).somewhere(),
                Route.delete(ONE, Role.ADMIN, this::delete),
                Route.put(ONE + "/roles", Role.ADMIN, this::setRoles),
                Route.put(ONE + "/password", Role.VIEWER, this::setPassword).somewhere(),
                Route.get(TOKENS, Role.VIEWER, this::tokens).somewhere(),
                Route.post(TOKENS, Role.VIEWER, this::issue).somewhere(),
                Route.delete(TOKENS + "/{id}", Role.VIEWER, this::revoke).somewhere());
    }

    private Answer list(Call call) {
        return Answer.json(new Page<>(realm.accounts().all(), null));
    }

    private Answer create(Call call) throws RefusedException, InvalidException, IOException {
        NewUser user = Codec.read(call.json(), NewUser.class, "user");
        String name = user.name() == null ? "" : user.name();
        valid(
                "user " + Call.shortened(name),
                new Problems()
                        .under("", Names.problems("name", name))
                        .under("", password(user.password()))
                        .under("", roles(user.roles())));
        if (!realm.accounts().create(name, user.password(), user.roles())) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "user %s: exists already; choose another name".formatted(name));
        }
        return Answer.json(201, user(name))
                .with("Location", ApiPaths.USERS + "/" + ApiPaths.segment(name));
    }

    private Answer get(Call call) throws RefusedException {
        return Answer.json(user(ownName(call)));
    }

    private Answer setRoles(Call call) throws RefusedException, InvalidException, IOException {
        UserRoles wanted = Codec.read(call.json(), UserRoles.class, "roles");
        String name = call.parameter("name");
        valid("user " + Call.shortened(name), new Problems().under("", roles(wanted.roles())));
        changed(name, realm.accounts().setRoles(name, wanted.roles()));
        realm.events().review();
        return Answer.json(user(name));
    }

    private Answer delete(Call call) throws RefusedException {
        String name = call.parameter("name");
        changed(name, realm.accounts().delete(name));
        realm.events().review();
        return new Answer.Empty(204, Map.of());
    }

    /// Who changes the own password must know the old one: a token that was left behind must not
    /// become an account.
    private Answer setPassword(Call call) throws RefusedException, InvalidException, IOException {
        String name = ownName(call);
        PasswordChange change = Codec.read(call.json(), PasswordChange.class, "password");
        valid(
                "user " + Call.shortened(name),
                new Problems().under("", password(change.password())));
        if (name.equals(call.principal().name())) {
            Secret current = change.current() == null ? new Secret("") : change.current();
            realm.passwordCheck(call, name, current, Reason.FORBIDDEN, "current: is wrong");
        }
        if (!realm.accounts().setPassword(name, change.password())) {
            throw missing(name);
        }
        realm.events().review();
        return new Answer.Empty(204, Map.of());
    }

    private Answer tokens(Call call) throws RefusedException {
        String name = user(ownName(call)).name();
        return Answer.json(new Page<>(realm.accounts().tokens().of(name), null));
    }

    private Answer issue(Call call) throws RefusedException, InvalidException, IOException {
        String name = user(ownName(call)).name();
        ApiToken.Wanted wanted = Codec.read(call.json(), ApiToken.Wanted.class, "token");
        String purpose = wanted.name() == null ? "" : wanted.name();
        Duration lifetime = wanted.lifetime();
        valid(
                "token of user " + name,
                new Problems()
                        .range("name", purpose.length(), 1, 100)
                        .require(
                                lifetime == null || lifetime.compareTo(Duration.ofMinutes(1)) >= 0,
                                "lifetime",
                                "must be at least 1m; leave it out for a token without end"));
        ApiToken.Issued issued = realm.accounts().tokens().issue(name, purpose, lifetime);
        return Answer.json(201, issued)
                .with("Location", ApiPaths.tokens(name) + "/" + issued.id())
                .with("Cache-Control", "no-store");
    }

    private Answer revoke(Call call) throws RefusedException {
        String name = ownName(call);
        String id = call.parameter("id");
        if (!realm.accounts().tokens().revoke(name, id)) {
            throw new RefusedException(
                    Reason.NOT_FOUND,
                    "token %s: user %s has none such"
                            .formatted(Call.shortened(id), Call.shortened(name)));
        }
        realm.events().review();
        return new Answer.Empty(204, Map.of());
    }

    /// The user of the path: oneself, or anybody for an admin.
    private static String ownName(Call call) throws RefusedException {
        String name = call.parameter("name");
        if (!name.equals(call.principal().name())) {
            call.require(Role.ADMIN, User.EVERYWHERE);
        }
        return name;
    }

    private User user(String name) throws RefusedException {
        return realm.accounts().find(name).orElseThrow(() -> missing(name));
    }

    private static void changed(String name, Accounts.Change change) throws RefusedException {
        switch (change) {
            case DONE -> {}
            case NO_SUCH_USER -> throw missing(name);
            case LAST_ADMIN ->
                    throw new RefusedException(
                            Reason.CONFLICT,
                            "user %s: is the last admin; make another user admin everywhere first"
                                    .formatted(Call.shortened(name)));
        }
    }

    private static RefusedException missing(String name) {
        return new RefusedException(
                Reason.NOT_FOUND, "user " + Call.shortened(name) + ": does not exist");
    }

    private static List<Problem> password(@Nullable Secret password) {
        int length = password == null ? 0 : password.reveal().length();
        return new Problems()
                .require(
                        length >= SHORTEST_PASSWORD && length <= LONGEST_PASSWORD,
                        "password",
                        "must have %d to %d characters, has %d"
                                .formatted(SHORTEST_PASSWORD, LONGEST_PASSWORD, length))
                .list();
    }

    private static List<Problem> roles(@Nullable Map<String, Role> roles) {
        Map<String, Role> given = roles == null ? Map.of() : roles;
        Problems problems =
                new Problems()
                        .require(
                                !given.isEmpty() && given.size() <= MOST_ROLES,
                                "roles",
                                "must name 1 to %d clusters, or * for all of them"
                                        .formatted(MOST_ROLES));
        for (String cluster : given.keySet()) {
            if (!cluster.equals(User.EVERYWHERE)) {
                problems.under("roles", Names.problems(Call.shortened(cluster), cluster));
            }
        }
        return problems.list();
    }

    private static void valid(String object, Problems problems) throws InvalidException {
        if (!problems.list().isEmpty()) {
            throw new InvalidException(object, problems.list());
        }
    }
}
