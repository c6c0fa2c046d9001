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
import dev.weir.model.Configuration;
import dev.weir.model.DiagnosisRuns;
import dev.weir.model.RolloutStatusSource;

import org.jspecify.annotations.Nullable;

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

    StatusJoin status(Configuration configuration) {
        RolloutStatusSource source = rollouts.get();
        return new StatusJoin(
                configuration,
                source == null
                        ? java.util.Optional.empty()
                        : source.rollout(configuration.cluster().name()));
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
