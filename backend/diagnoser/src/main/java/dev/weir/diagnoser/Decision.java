package dev.weir.diagnoser;

import dev.weir.model.Diagnosis;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// What is to be done next with one run.
///
/// @param diagnosis its next state, one version on; the same object where nothing changed
/// @param start steps that the agent must be asked to begin, once the state is stored
/// @param cancel run ids that the agent may stop, because nobody waits for them
/// @param wake when time alone will change something, or null where only an observation can
record Decision(
        Diagnosis diagnosis,
        List<Diagnosis.Step> start,
        List<String> cancel,
        @Nullable Instant wake) {
    Decision {
        start = List.copyOf(start);
        cancel = List.copyOf(cancel);
    }
}
