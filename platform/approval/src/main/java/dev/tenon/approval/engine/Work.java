package dev.tenon.approval.engine;

import dev.tenon.approval.engine.Event.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The state while one command works on it, and what it has caused so far. */
final class Work {

    private final Instant now;
    private final Map<UUID, NodeRun> runs = new LinkedHashMap<>();
    private final Map<UUID, Task> tasks = new LinkedHashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private Instance instance;

    Work(State state, Instant now) {
        this.instance = state.instance();
        this.now = now;
        state.runs().forEach(r -> runs.put(r.id(), r));
        state.tasks().forEach(t -> tasks.put(t.id(), t));
    }

    Instance instance() {
        return instance;
    }

    void instance(Instance next) {
        instance = next;
    }

    State state() {
        return new State(instance, List.copyOf(runs.values()), List.copyOf(tasks.values()));
    }

    NodeRun run(UUID id) {
        NodeRun found = runs.get(id);
        if (found == null) {
            throw new IllegalStateException("no node run " + id);
        }
        return found;
    }

    Task task(UUID id) {
        Task found = tasks.get(id);
        if (found == null) {
            throw new IllegalStateException("no task " + id);
        }
        return found;
    }

    void put(NodeRun run) {
        runs.put(run.id(), run);
    }

    void put(Task task) {
        tasks.put(task.id(), task);
    }

    List<NodeRun> runs() {
        return List.copyOf(runs.values());
    }

    List<Task> tasksOf(UUID run) {
        return tasks.values().stream().filter(t -> t.run().equals(run)).toList();
    }

    int runCount() {
        return runs.size();
    }

    /** Records an event and returns its number. */
    long emit(
            Kind kind,
            @Nullable UUID actor,
            @Nullable NodeRun run,
            @Nullable UUID task,
            @Nullable String reason,
            Map<String, Object> data) {
        long seq = instance.seq() + 1;
        instance = instance.seq(seq);
        events.add(new Event(
                seq,
                // A microsecond apart, the finest all databases keep: sorting by time sorts by number.
                now.plusNanos(1_000L * events.size()),
                kind,
                actor,
                run == null ? null : run.id(),
                run == null ? null : run.key(),
                task,
                instance.round(),
                reason,
                data));
        return seq;
    }

    long emit(Kind kind, @Nullable UUID actor, @Nullable NodeRun run, @Nullable UUID task) {
        return emit(kind, actor, run, task, null, Map.of());
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    void publish(String topic, long seq, @Nullable UUID task, @Nullable UUID actor) {
        effects.add(new Effect.Publish(topic, seq, task, actor));
    }

    /** Keeps the text given with the event; nothing for blank text. */
    void comment(
            long seq,
            Kind kind,
            UUID author,
            @Nullable String body,
            @Nullable NodeRun run,
            @Nullable Long closedSeq,
            Set<UUID> audience) {
        if (body == null || body.isBlank()) {
            return;
        }
        effects.add(new Effect.KeepComment(
                seq,
                kind,
                author,
                body.strip(),
                run == null ? null : run.id(),
                run == null ? null : run.key(),
                run == null ? null : (Long) run.activatedSeq(),
                closedSeq,
                audience));
    }

    StepResult.Done done() {
        return new StepResult.Done(
                state(), events, effects.stream().map(this::stamped).toList());
    }

    /** A comment of a run that was closed by the very same command carries the closing number at once. */
    private Effect stamped(Effect effect) {
        if (effect instanceof Effect.KeepComment c && c.run() != null) {
            NodeRun run = run(c.run());
            return new Effect.KeepComment(
                    c.seq(),
                    c.kind(),
                    c.author(),
                    c.body(),
                    c.run(),
                    c.stepKey(),
                    c.activatedSeq(),
                    run.closedSeq(),
                    c.audience());
        }
        return effect;
    }
}
