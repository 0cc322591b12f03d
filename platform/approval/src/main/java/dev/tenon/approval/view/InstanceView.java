package dev.tenon.approval.view;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One approval as the reader may see it. */
public record InstanceView(
        UUID id,
        NameLabel process,
        String object,
        UUID recordId,
        String title,
        String state,
        @Nullable String outcome,
        int round,
        @Nullable PersonView submitter,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        LockView lock,
        List<StepView> steps,
        List<TimelineEntry> timeline,
        List<ActionView> actions) {

    public InstanceView {
        steps = List.copyOf(steps);
        timeline = List.copyOf(timeline);
        actions = List.copyOf(actions);
    }
}
