package dev.tenon.approval.internal;

import dev.tenon.approval.engine.Event;
import dev.tenon.approval.engine.NodeState;
import dev.tenon.approval.engine.TaskState;
import dev.tenon.approval.view.ApproverView;
import dev.tenon.approval.view.StepView;
import dev.tenon.approval.view.TimelineEntry;
import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.ApprovalProcess.ApprovalStep;
import dev.tenon.records.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Steps and timeline from the rows that one person may see. */
final class Progress {

    /** Follow from their neighbours; a person reads about the step, not about its bookkeeping. */
    private static final Set<String> BOOKKEEPING =
            Set.of(Event.Kind.NODE_PASSED.name(), Event.Kind.NODE_REJECTED.name());

    private static final Map<String, String> DECISIONS = Map.of(
            TaskState.APPROVED.name(),
            "APPROVE",
            TaskState.REJECTED.name(),
            "REJECT",
            TaskState.RETURNED.name(),
            "RETURN");
    private static final Set<String> AUTOMATIC = Set.of(TaskState.AUTO_APPROVED.name(), TaskState.AUTO_REJECTED.name());

    private Progress() {}

    static List<StepView> steps(
            ApprovalProcess definition, Locale locale, int round, boolean ended, List<Row> runs, List<Row> tasks) {
        Map<String, Row> latest = new HashMap<>();
        for (Row run : runs) {
            if (Reading.number(run, "round") == round) {
                latest.put(Reading.text(run, "stepKey", ""), run);
            }
        }
        List<StepView> steps = new ArrayList<>();
        for (ApprovalStep step : definition.steps()) {
            Row run = latest.get(step.key());
            String label = step.label().in(locale);
            if (run == null) {
                // What was not reached before the end will never be.
                String state = ended ? NodeState.CANCELED.name() : TaskState.WAITING.name();
                steps.add(new StepView(step.key(), label, state, round, List.of(), null, null));
            } else {
                steps.add(new StepView(
                        step.key(),
                        label,
                        Reading.text(run, "state", ""),
                        round,
                        approvers(run.id(), tasks),
                        Reading.time(run, "activatedAt"),
                        Reading.time(run, "closedAt")));
            }
        }
        return steps;
    }

    private static List<ApproverView> approvers(UUID run, List<Row> tasks) {
        List<ApproverView> approvers = new ArrayList<>();
        for (Row task : tasks) {
            if (!run.equals(Reading.id(task, "nodeRun"))) {
                continue;
            }
            String state = Reading.text(task, "state");
            approvers.add(new ApproverView(
                    task.id(),
                    Reading.person(task, "assignee"),
                    state,
                    state == null ? null : DECISIONS.get(state),
                    Reading.time(task, "decidedAt"),
                    state != null && AUTOMATIC.contains(state) ? Reading.text(task, "reason") : null));
        }
        return approvers;
    }

    static List<TimelineEntry> timeline(
            ApprovalProcess definition, Locale locale, List<Row> events, List<Row> comments) {
        Map<UUID, Row> commentOf = new HashMap<>();
        for (Row comment : comments) {
            UUID event = Reading.id(comment, "event");
            if (event != null) {
                commentOf.put(event, comment);
            }
        }
        List<TimelineEntry> timeline = new ArrayList<>();
        for (Row event : events) {
            String kind = Reading.text(event, "kind");
            if (kind != null && BOOKKEEPING.contains(kind)) {
                continue;
            }
            Row comment = commentOf.get(event.id());
            String body = comment == null ? null : Reading.text(comment, "body");
            String stepKey = Reading.text(event, "stepKey");
            Instant at = Reading.time(event, "at");
            timeline.add(new TimelineEntry(
                    timeline.size() + 1,
                    at == null ? Instant.EPOCH : at,
                    Event.Kind.COMMENTED.name().equals(kind) ? "COMMENT" : kind,
                    Reading.person(event, "actor"),
                    stepKey,
                    label(definition, stepKey, locale),
                    Reading.number(event, "round"),
                    Reading.text(event, "reason"),
                    body,
                    comment != null && body == null));
        }
        return timeline;
    }

    static @Nullable String label(ApprovalProcess definition, @Nullable String stepKey, Locale locale) {
        return definition.steps().stream()
                .filter(s -> s.key().equals(stepKey))
                .map(s -> s.label().in(locale))
                .findFirst()
                .orElse(stepKey);
    }
}
