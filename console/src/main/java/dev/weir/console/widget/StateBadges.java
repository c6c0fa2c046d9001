package dev.weir.console.widget;

import dev.weir.console.session.ProvisioningState;
import dev.weir.console.text.Messages;
import dev.weir.model.Diagnosis;
import dev.weir.model.Target;

/// The picture and colour of each state.
public final class StateBadges {
    private StateBadges() {}

    public static Badge of(ProvisioningState state, Messages messages) {
        return new Badge(icon(state), messages.word(state), tone(state));
    }

    public static Icons icon(ProvisioningState state) {
        return switch (state) {
            case APPLIED -> Icons.OK;
            case PENDING -> Icons.PENDING;
            case REJECTED -> Icons.REJECTED;
            case DISABLED -> Icons.OFF;
            case UNKNOWN -> Icons.UNKNOWN;
        };
    }

    public static Badge.Tone tone(ProvisioningState state) {
        return switch (state) {
            case APPLIED -> Badge.Tone.GOOD;
            case PENDING -> Badge.Tone.BUSY;
            case REJECTED -> Badge.Tone.BAD;
            case DISABLED, UNKNOWN -> Badge.Tone.QUIET;
        };
    }

    public static Badge of(Target.AdminState state, Messages messages) {
        return switch (state) {
            case ENABLED -> new Badge(Icons.OK, messages.word(state), Badge.Tone.GOOD);
            case DRAIN -> new Badge(Icons.DRAIN, messages.word(state), Badge.Tone.CAREFUL);
            case OFFLINE -> new Badge(Icons.OFF, messages.word(state), Badge.Tone.QUIET);
        };
    }

    public static Badge of(Diagnosis.Phase phase, Messages messages) {
        return switch (phase) {
            case PENDING -> new Badge(Icons.WAITING, messages.word(phase), Badge.Tone.QUIET);
            case RUNNING -> new Badge(Icons.RUNNING, messages.word(phase), Badge.Tone.BUSY);
            case SUCCEEDED -> new Badge(Icons.OK, messages.word(phase), Badge.Tone.GOOD);
            case FAILED -> new Badge(Icons.REJECTED, messages.word(phase), Badge.Tone.BAD);
            case CANCELLED -> new Badge(Icons.CANCELLED, messages.word(phase), Badge.Tone.QUIET);
        };
    }

    public static Badge of(Diagnosis.StepState state, Messages messages) {
        return switch (state) {
            case WAITING -> new Badge(Icons.WAITING, messages.word(state), Badge.Tone.QUIET);
            case RUNNING -> new Badge(Icons.RUNNING, messages.word(state), Badge.Tone.BUSY);
            case SUCCEEDED -> new Badge(Icons.OK, messages.word(state), Badge.Tone.GOOD);
            case FAILED -> new Badge(Icons.REJECTED, messages.word(state), Badge.Tone.BAD);
            case SKIPPED, CANCELLED ->
                    new Badge(Icons.CANCELLED, messages.word(state), Badge.Tone.QUIET);
        };
    }
}
