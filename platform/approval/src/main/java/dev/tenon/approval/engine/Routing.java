package dev.tenon.approval.engine;

import dev.tenon.approval.engine.Event.Kind;
import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.ApprovalProcess.ApprovalStep;
import dev.tenon.metadata.model.ApprovalProcess.Mode;
import dev.tenon.metadata.model.ApprovalProcess.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Moves an approval along its steps: activation with all automatic decisions, votes, completion. */
final class Routing {

    static final String NO_APPROVER = "approval.no-approver";

    private final ApprovalProcess definition;
    private final Work work;
    private final Env env;

    Routing(ApprovalProcess definition, Work work, Env env) {
        this.definition = definition;
        this.work = work;
        this.env = env;
    }

    /** An approver of a run that is being activated; {@code auto} when the engine answers in the person's place. */
    private record Leaf(UUID user, @Nullable Reason auto) {}

    int indexOf(String stepKey) {
        for (int i = 0; i < definition.steps().size(); i++) {
            if (definition.steps().get(i).key().equals(stepKey)) {
                return i;
            }
        }
        throw new IllegalStateException("no step " + stepKey + " in the pinned definition");
    }

    /** Activates steps from the given one on until one waits for people, faults or ends the approval. */
    void advance(int from) {
        for (int i = from; i < definition.steps().size(); i++) {
            if (!activate(definition.steps().get(i))) {
                return;
            }
        }
        complete();
    }

    private void complete() {
        if (!work.state().decidedInRound()) {
            work.emit(Kind.AUTO_COMPLETED, null, null, null, "NO_HUMAN_STEP", Map.of());
        }
        long seq = work.emit(Kind.INSTANCE_APPROVED, null, null, null);
        work.instance(work.instance().ended(InstanceState.APPROVED, env.now()));
        work.effect(new Effect.SetFields(Outcome.APPROVED));
        work.publish("instance-approved", seq, null, null);
    }

    private void reject() {
        long seq = work.emit(Kind.INSTANCE_REJECTED, null, null, null);
        work.instance(work.instance().ended(InstanceState.REJECTED, env.now()));
        work.effect(new Effect.SetFields(Outcome.REJECTED));
        work.publish("instance-rejected", seq, null, null);
    }

    /** Whether the step is passed already, so that the next one is to be activated. */
    private boolean activate(ApprovalStep step) {
        if (step.condition().isPresent()) {
            switch (env.condition(step.key())) {
                case Env.Condition.Holds() -> {}
                case Env.Condition.DoesNotHold() -> {
                    skip(step);
                    return true;
                }
                case Env.Condition.Failed(String code) -> {
                    block(step, code, List.of());
                    return false;
                }
            }
        }
        return switch (env.approvers(step.key())) {
            case Env.Resolution.Failed(String code) -> {
                block(step, code, List.of());
                yield false;
            }
            case Env.Resolution.Found(List<UUID> users, List<String> why) -> {
                List<Leaf> leaves = withoutSelf(step, users);
                yield leaves.isEmpty() ? nobody(step, why) : open(step, step.mode(), null, leaves, why);
            }
        };
    }

    private void skip(ApprovalStep step) {
        NodeRun run = opened(step, step.mode(), Reason.CONDITION, null);
        long seq = work.emit(Kind.SKIPPED, null, run, null, Reason.CONDITION.name(), Map.of("condition", false));
        work.put(run.closed(NodeState.SKIPPED, null, seq, env.now()));
    }

    private void block(ApprovalStep step, String code, List<String> why) {
        NodeRun run = opened(step, step.mode(), null, code);
        NodeRun blocked = new NodeRun(
                run.id(),
                run.key(),
                run.ordinal(),
                run.round(),
                NodeState.BLOCKED,
                run.mode(),
                Tally.NONE,
                null,
                code,
                run.activatedSeq(),
                null,
                run.activatedAt(),
                null);
        work.put(blocked);
        long seq = work.emit(Kind.FAULTED, null, blocked, null, code, Map.of("why", why));
        work.instance(work.instance().state(InstanceState.FAULTED));
        work.publish("instance-faulted", seq, null, null);
    }

    /** A run as it begins; its first event is the next one. */
    private NodeRun opened(ApprovalStep step, Mode mode, @Nullable Reason reason, @Nullable String fault) {
        NodeRun run = new NodeRun(
                env.newId(),
                step.key(),
                work.runCount() + 1,
                work.instance().round(),
                NodeState.ACTIVE,
                mode,
                Tally.NONE,
                reason,
                fault,
                work.instance().seq() + 1,
                null,
                env.now(),
                null);
        work.put(run);
        return run;
    }

    /** The self rule, then one leaf for each person in the order of the first occurrence. */
    private List<Leaf> withoutSelf(ApprovalStep step, List<UUID> users) {
        UUID submitter = work.instance().submitter();
        Map<UUID, Leaf> leaves = new LinkedHashMap<>();
        for (UUID user : users) {
            if (!user.equals(submitter)) {
                leaves.putIfAbsent(user, new Leaf(user, null));
                continue;
            }
            switch (step.self()) {
                case ASK -> leaves.putIfAbsent(user, new Leaf(user, null));
                case AUTO_APPROVE -> leaves.putIfAbsent(user, new Leaf(user, Reason.SELF));
                case TO_MANAGER ->
                    env.managerOf(submitter)
                            .filter(manager -> !manager.equals(submitter))
                            .ifPresent(manager -> leaves.putIfAbsent(manager, new Leaf(manager, null)));
                case DROP -> {}
            }
        }
        return List.copyOf(leaves.values());
    }

    private boolean nobody(ApprovalStep step, List<String> why) {
        return switch (step.empty()) {
            case TO_PROCESS_ADMIN -> {
                List<Leaf> admins = withoutSelf(step, env.processAdmins());
                if (admins.isEmpty()) {
                    block(step, NO_APPROVER, why);
                    yield false;
                }
                // They stand in for people that were not found: one of them is enough, whatever the step's mode.
                yield open(step, Mode.ANY_DECIDES, Reason.PROCESS_ADMIN, admins, why);
            }
            case AUTO_APPROVE -> {
                NodeRun run = opened(step, step.mode(), Reason.EMPTY, null);
                long seq = work.emit(Kind.AUTO_APPROVED, null, run, null, Reason.EMPTY.name(), Map.of("why", why));
                work.put(run.closed(NodeState.SKIPPED, Reason.EMPTY, seq, env.now()));
                yield true;
            }
            case AUTO_REJECT -> {
                NodeRun run = opened(step, step.mode(), Reason.EMPTY, null);
                long seq = work.emit(Kind.AUTO_REJECTED, null, run, null, Reason.EMPTY.name(), Map.of("why", why));
                work.put(run.closed(NodeState.REJECTED, Reason.EMPTY, seq, env.now()));
                reject();
                yield false;
            }
            case FAULT -> {
                block(step, NO_APPROVER, why);
                yield false;
            }
        };
    }

    private boolean open(ApprovalStep step, Mode mode, @Nullable Reason reason, List<Leaf> found, List<String> why) {
        Set<UUID> justApproved = adjacentApprovers();
        NodeRun run = opened(step, mode, reason, null);
        List<String> users = found.stream().map(l -> l.user().toString()).toList();
        long seq = work.emit(
                Kind.ACTIVATED,
                null,
                run,
                null,
                reason == null ? null : reason.name(),
                Map.of("approvers", users, "why", why));
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            Leaf leaf = found.get(i);
            Reason auto = leaf.auto() == null && justApproved.contains(leaf.user()) ? Reason.DUPLICATE : leaf.auto();
            Task task = Turn.waiting(env.newId(), run, i, leaf.user(), null);
            if (auto != null) {
                long decided = work.emit(Kind.AUTO_APPROVED, null, run, task.id(), auto.name(), Map.of());
                task = new Task(
                        task.id(),
                        run.id(),
                        i,
                        leaf.user(),
                        TaskState.AUTO_APPROVED,
                        auto,
                        null,
                        1,
                        null,
                        null,
                        decided,
                        env.now(),
                        null,
                        null);
            }
            work.put(task);
            ids.add(task.id());
        }
        if (settle(run.id())) {
            return work.run(run.id()).state() != NodeState.REJECTED;
        }
        if (mode == Mode.SEQUENTIAL) {
            nextInOrder(run.id()).ifPresent(t -> ask(t, seq));
        } else {
            ids.stream()
                    .map(work::task)
                    .filter(t -> t.state() == TaskState.WAITING)
                    .forEach(t -> ask(t, seq));
        }
        return false;
    }

    /** People whose own approval is the last thing that passed in this round, of the record as it still is. */
    private Set<UUID> adjacentApprovers() {
        Optional<NodeRun> last = work.runs().stream()
                .filter(r -> r.round() == work.instance().round() && r.state() == NodeState.PASSED)
                .max(Comparator.comparingInt(NodeRun::ordinal));
        if (last.isEmpty()) {
            return Set.of();
        }
        Set<UUID> users = new java.util.HashSet<>();
        for (Task task : work.tasksOf(last.get().id())) {
            Long seen = task.recordVersion();
            UUID by = task.decidedBy();
            if (task.state() == TaskState.APPROVED && by != null && seen != null && seen == env.recordVersion()) {
                users.add(by);
            }
        }
        return users;
    }

    /** Asks a person: from now on the task is theirs to decide, and they see what was finished before. */
    void ask(Task task, long seq) {
        work.put(task.pending(seq, env.now()));
        work.effect(new Effect.Asked(task.assignee(), seq));
        work.publish("task-created", seq, task.id(), null);
    }

    private Optional<Task> nextInOrder(UUID run) {
        return work.tasksOf(run).stream()
                .filter(t -> t.state() == TaskState.WAITING)
                .min(Comparator.comparingInt(Task::order));
    }

    /** After a person's answer: closes the run when it is decided, else lets the next one in order have a turn. */
    void afterVote(UUID runId) {
        if (!settle(runId)) {
            NodeRun run = work.run(runId);
            boolean nobodyAsked = work.tasksOf(runId).stream().noneMatch(t -> t.state() == TaskState.PENDING);
            if (run.mode() == Mode.SEQUENTIAL && nobodyAsked) {
                nextInOrder(runId).ifPresent(t -> ask(t, work.emit(Kind.ACTIVATED, null, run, t.id())));
            }
            return;
        }
        NodeRun closed = work.run(runId);
        if (closed.state() == NodeState.REJECTED) {
            reject();
        } else {
            advance(indexOf(closed.key()) + 1);
        }
    }

    /** Brings the tally up to date and closes the run when its result is known. */
    private boolean settle(UUID runId) {
        NodeRun run = work.run(runId).tally(Votes.count(work.tasksOf(runId)));
        work.put(run);
        Votes.Result result = Votes.result(run.mode(), run.tally());
        if (result == Votes.Result.OPEN) {
            return false;
        }
        boolean human = work.tasksOf(runId).stream().anyMatch(t -> t.decidedBy() != null);
        Reason why = work.tasksOf(runId).stream()
                .filter(t -> t.state() == TaskState.AUTO_APPROVED)
                .map(Task::reason)
                .findFirst()
                .orElse(null);
        for (Task task : work.tasksOf(runId)) {
            if (task.state().open()) {
                work.put(task.closed(TaskState.NOT_REQUIRED, Reason.PEER, env.now()));
            }
        }
        run = run.tally(Votes.count(work.tasksOf(runId)));
        if (result == Votes.Result.FAIL) {
            long seq = work.emit(Kind.NODE_REJECTED, null, run, null);
            work.put(run.closed(NodeState.REJECTED, null, seq, env.now()));
        } else if (human) {
            long seq = work.emit(Kind.NODE_PASSED, null, run, null);
            work.put(run.closed(NodeState.PASSED, null, seq, env.now()));
        } else {
            long seq = work.emit(Kind.SKIPPED, null, run, null, why == null ? null : why.name(), Map.of());
            work.put(run.closed(NodeState.SKIPPED, why, seq, env.now()));
        }
        return true;
    }

    /** Closes whatever is open, because of something that happened to the whole approval. */
    void closeOpen(NodeState state, Reason why, long seq) {
        for (NodeRun run : work.runs()) {
            if (!run.state().open()) {
                continue;
            }
            for (Task task : work.tasksOf(run.id())) {
                if (task.state().open()) {
                    work.put(task.closed(TaskState.CANCELED, why, env.now()));
                }
            }
            work.put(run.tally(Votes.count(work.tasksOf(run.id()))).closed(state, why, seq, env.now()));
        }
    }
}
