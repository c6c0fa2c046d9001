package dev.weir.diagnoser;

import dev.weir.api.ApiException;
import dev.weir.model.Credential;
import dev.weir.model.Diagnosis;
import dev.weir.model.Diagnosis.StepState;
import dev.weir.model.DiagnosisStore;
import dev.weir.model.FailureReason;
import dev.weir.model.OperationRunner;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Asks the agent about the running steps of one diagnosis, and remembers since when it is silent.
///
/// Confined to the thread that drives the run.
final class Watch {
    private final NodeAgents agents;
    private final DiagnosisStore store;
    private final InstantSource clock;
    private final Set<String> toBegin = new HashSet<>();
    private final Set<String> known = new HashSet<>();
    private @Nullable Instant silentSince;

    Watch(NodeAgents agents, DiagnosisStore store, InstantSource clock) {
        this.agents = agents;
        this.store = store;
        this.clock = clock;
    }

    /// Steps that the agent cannot know yet: it is asked to begin them at the next look.
    void begin(List<Diagnosis.Step> steps) {
        steps.forEach(step -> toBegin.add(step.runId()));
    }

    /// What the agent says of every running step, by run id.
    Map<String, Sighting> look(Diagnosis diagnosis) {
        Map<String, Sighting> sightings = new HashMap<>();
        for (Diagnosis.Step step : diagnosis.status().steps()) {
            if (step.state() == StepState.RUNNING) {
                sightings.put(step.runId(), look(diagnosis.spec(), step));
            }
        }
        return sightings;
    }

    /// Tells the agent that nobody waits for these runs any more; whether it hears does not matter.
    void cancel(Diagnosis diagnosis, List<String> runIds) {
        for (String runId : runIds) {
            toBegin.remove(runId);
            try {
                agents.of(diagnosis.spec()).cancel(runId);
            } catch (IOException unheard) {
                // the agent's own timeout ends the run
            }
        }
    }

    private Sighting look(Diagnosis.Spec spec, Diagnosis.Step step) {
        String runId = step.runId();
        try {
            OperationRunner agent = agents.of(spec);
            Optional<OperationRunner.Observation> seen =
                    toBegin.contains(runId) ? Optional.empty() : agent.observe(runId);
            if (seen.isEmpty() && !known.contains(runId)) {
                // new, or stored as begun by a process that was killed before it could say so
                seen = Optional.of(agent.start(request(spec, step)));
            }
            toBegin.remove(runId);
            known.add(runId);
            silentSince = null;
            return seen.<Sighting>map(Sighting.Seen::new).orElseGet(Sighting.Unknown::new);
        } catch (CredentialGoneException gone) {
            return refused(
                    step, FailureReason.INVALID_PARAMETER, String.valueOf(gone.getMessage()));
        } catch (ApiException refused) {
            return refused.status() < 500
                    ? refused(step, FailureReason.INTERNAL, refusal(spec, refused))
                    : unreachable(refused, known.contains(runId));
        } catch (IOException failure) {
            return unreachable(failure, known.contains(runId));
        }
    }

    private OperationRunner.Request request(Diagnosis.Spec spec, Diagnosis.Step step)
            throws CredentialGoneException {
        return new OperationRunner.Request(
                step.runId(),
                step.operation().type(),
                step.operation().parameters(),
                step.operation().timeout(),
                credential(spec.credential()));
    }

    private @Nullable Credential credential(@Nullable String name) throws CredentialGoneException {
        if (name == null) {
            return null;
        }
        return store.credential(name).orElseThrow(() -> new CredentialGoneException(name));
    }

    private Sighting unreachable(IOException failure, boolean accepted) {
        Instant since = silentSince == null ? clock.instant() : silentSince;
        silentSince = since;
        return new Sighting.Unreachable(since, accepted, String.valueOf(failure.getMessage()));
    }

    private static String refusal(Diagnosis.Spec spec, ApiException refused) {
        return "the agent of node %s refused it with %d (%s); look whether both have one version"
                .formatted(spec.node(), refused.status(), refused.getMessage());
    }

    private static Sighting refused(Diagnosis.Step step, FailureReason reason, String message) {
        return new Sighting.Seen(
                new OperationRunner.Observation(
                        step.runId(),
                        StepState.FAILED,
                        0,
                        new Diagnosis.Failure(
                                reason, "step %s: %s".formatted(step.name(), message)),
                        List.of()));
    }

    private static final class CredentialGoneException extends IOException {
        CredentialGoneException(String name) {
            super("credential %s was deleted; create it again".formatted(name));
        }
    }
}
