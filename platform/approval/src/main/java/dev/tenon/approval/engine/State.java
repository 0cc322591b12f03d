package dev.tenon.approval.engine;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Everything a command on one approval depends on.
 *
 * @param runs all node runs, in the order of their activation
 * @param tasks all tasks, by run and order
 */
public record State(Instance instance, List<NodeRun> runs, List<Task> tasks) {
    public State {
        runs = List.copyOf(runs);
        tasks = List.copyOf(tasks);
    }

    public Optional<Task> findTask(UUID id) {
        return tasks.stream().filter(t -> t.id().equals(id)).findFirst();
    }

    public Optional<NodeRun> findRun(UUID id) {
        return runs.stream().filter(r -> r.id().equals(id)).findFirst();
    }

    /** The run that is active or blocked. */
    public Optional<NodeRun> openRun() {
        return runs.stream().filter(r -> r.state().open()).findFirst();
    }

    public List<Task> tasksOf(UUID run) {
        return tasks.stream().filter(t -> t.run().equals(run)).toList();
    }

    /** Whether the person was ever asked to decide. */
    public boolean asked(UUID user) {
        return tasks.stream().anyMatch(t -> t.assignee().equals(user) && t.activatedSeq() != null);
    }

    /** Whether a person, not the engine, has answered in the current round. */
    public boolean decidedInRound() {
        return tasks.stream()
                .filter(t -> t.decidedBy() != null)
                .anyMatch(t -> findRun(t.run())
                        .filter(r -> r.round() == instance.round())
                        .isPresent());
    }
}
