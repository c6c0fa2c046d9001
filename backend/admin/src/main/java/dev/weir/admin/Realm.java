package dev.weir.admin;

import dev.weir.admin.auth.Accounts;
import dev.weir.admin.auth.LoginThrottle;
import dev.weir.admin.resource.Edit;
import dev.weir.admin.resource.Ledger;
import dev.weir.admin.resource.Outcome;
import dev.weir.admin.resource.RefusedException;
import dev.weir.admin.resource.RefusedException.Reason;
import dev.weir.admin.store.AuditLog;
import dev.weir.admin.store.SqlDiagnosisStore;
import dev.weir.api.User;
import dev.weir.model.Configuration;
import dev.weir.model.DiagnosisRuns;
import dev.weir.model.RolloutStatusSource;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What the routes work on.
///
/// @param rollouts answers null while no controller is connected
/// @param runs answers null while no diagnoser is connected
record Realm(
        Ledger ledger,
        SqlDiagnosisStore catalog,
        Accounts accounts,
        LoginThrottle throttle,
        AuditLog audit,
        EventHub events,
        Supplier<@Nullable RolloutStatusSource> rollouts,
        Supplier<@Nullable DiagnosisRuns> runs) {

    Configuration configuration(String cluster) throws RefusedException {
        return ledger.current(cluster)
                .orElseThrow(() ->
                        new RefusedException(
                                Reason.NOT_FOUND,
                                "cluster " + Call.shortened(cluster) + ": does not exist"));
    }

    /// Carries out an edit whose witness is the call's own trail.
    Outcome commit(Call call, Edit edit) throws RefusedException {
        Outcome outcome = ledger.edit(edit);
        if (outcome.isCommitted()) {
            call.trail().stored();
        }
        return outcome;
    }

    /// Proves a password, slowly where wrong ones came before; a refusal is of the given sort.
    User passwordCheck(Call call, String name, Secret password, Reason wrong, String message)
            throws RefusedException {
        String address = "address " + call.request().remotePeer().host();
        String user = "user " + Call.shortened(name);
        for (String key : List.of(user, address)) {
            Optional<Duration> wait = throttle.waitFor(key);
            if (wait.isPresent()) {
                throw new RefusedException(
                        Reason.TOO_MANY_REQUESTS,
                        "%s: too many failed logins; try again in %d s"
                                .formatted(key, wait.get().toSeconds() + 1));
            }
        }
        Optional<User> known = accounts.authenticate(name, password);
        if (known.isEmpty()) {
            throttle.failed(user);
            throttle.failed(address);
            throw new RefusedException(wrong, message);
        }
        throttle.succeeded(user);
        throttle.succeeded(address);
        return known.get();
    }

    StatusJoin status(Configuration configuration) {
        RolloutStatusSource source = rollouts.get();
        return new StatusJoin(
                configuration,
                source == null ? Optional.empty() : source.rollout(configuration.cluster().name()));
    }

    DiagnosisRuns diagnoses() throws RefusedException {
        DiagnosisRuns connected = runs.get();
        if (connected == null) {
            throw new RefusedException(
                    Reason.UNAVAILABLE,
                    "diagnoses: no diagnoser is connected; start one and try again");
        }
        return connected;
    }
}
