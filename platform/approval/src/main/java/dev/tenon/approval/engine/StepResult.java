package dev.tenon.approval.engine;

import java.util.List;

/** Answer of the engine to a command. */
public sealed interface StepResult {

    /** The command took effect. */
    record Done(State state, List<Event> events, List<Effect> effects) implements StepResult {
        public Done {
            events = List.copyOf(events);
            effects = List.copyOf(effects);
        }
    }

    /** The same person had already done just that; nothing changes. */
    record Already() implements StepResult {}

    record Refused(Refusal why) implements StepResult {}
}
