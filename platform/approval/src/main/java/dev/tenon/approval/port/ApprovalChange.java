package dev.tenon.approval.port;

import dev.tenon.approval.engine.Effect;
import dev.tenon.approval.engine.Event;
import dev.tenon.approval.engine.NodeRun;
import dev.tenon.approval.engine.State;
import dev.tenon.approval.engine.Task;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one command changes, to be written as a whole.
 *
 * @param before the state that was locked
 * @param after the state to keep
 * @param events new events with their links of the hash chain, in order
 * @param comments texts to keep
 * @param asked who was asked to decide
 * @param decided who decided
 */
public record ApprovalChange(
        State before,
        State after,
        List<ChainedEvent> events,
        List<Effect.KeepComment> comments,
        List<Effect.Asked> asked,
        List<Effect.Decided> decided) {

    public ApprovalChange {
        events = List.copyOf(events);
        comments = List.copyOf(comments);
        asked = List.copyOf(asked);
        decided = List.copyOf(decided);
    }

    /**
     * @param previousHash hash of the event before it, empty for the first
     * @param hash SHA-256 in hex of the previous hash and the event
     * @param dataJson the event's data
     */
    public record ChainedEvent(Event event, String previousHash, String hash, String dataJson) {}

    public List<NodeRun> newRuns() {
        return added(before.runs(), after.runs(), NodeRun::id);
    }

    public List<NodeRun> changedRuns() {
        return changed(before.runs(), after.runs(), NodeRun::id);
    }

    public List<Task> newTasks() {
        return added(before.tasks(), after.tasks(), Task::id);
    }

    /** Each with the version it had when it was locked. */
    public Map<Task, Long> changedTasks() {
        Map<UUID, Long> versions = before.tasks().stream().collect(Collectors.toMap(Task::id, Task::version));
        return changed(before.tasks(), after.tasks(), Task::id).stream()
                .collect(Collectors.toMap(Function.identity(), t -> versions.getOrDefault(t.id(), 0L)));
    }

    /** Runs that were open before and are not any more: the comments made there are now comments of a closed run. */
    public List<NodeRun> closedRuns() {
        return changedRuns().stream().filter(r -> r.closedSeq() != null).toList();
    }

    private static <T> List<T> added(List<T> before, List<T> after, Function<T, UUID> id) {
        var known = before.stream().map(id).collect(Collectors.toSet());
        return after.stream().filter(x -> !known.contains(id.apply(x))).toList();
    }

    private static <T> List<T> changed(List<T> before, List<T> after, Function<T, UUID> id) {
        Map<UUID, T> known = before.stream().collect(Collectors.toMap(id, Function.identity()));
        return after.stream()
                .filter(x -> known.containsKey(id.apply(x)) && !x.equals(known.get(id.apply(x))))
                .toList();
    }
}
