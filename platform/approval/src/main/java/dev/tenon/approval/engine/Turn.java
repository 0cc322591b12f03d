package dev.tenon.approval.engine;

import dev.tenon.approval.engine.Event.Kind;
import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.ApprovalProcess.Outcome;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One command's way through an approval, after its guards. */
final class Turn {

    private final Work work;
    private final Env env;
    private final Routing routing;

    Turn(ApprovalProcess definition, State state, Env env) {
        this.env = env;
        this.work = new Work(state, env.now());
        this.routing = new Routing(definition, work, env);
    }

    StepResult finish() {
        return work.done();
    }

    void submit(Command.Submit submit) {
        UUID submitter = submit.by().user();
        long seq = work.emit(Kind.SUBMITTED, submitter, null, null);
        work.instance(work.instance().beginRound(1, seq));
        work.comment(seq, Kind.SUBMITTED, submitter, submit.comment(), null, seq, Set.of());
        work.effect(new Effect.SetFields(Outcome.SUBMITTED));
        work.publish("submitted", seq, null, submitter);
        routing.advance(0);
    }

    void resubmit(Command.Resubmit resubmit) {
        UUID submitter = resubmit.by().user();
        work.instance(work.instance()
                .beginRound(work.instance().round() + 1, work.instance().roundSeq()));
        long seq = work.emit(Kind.RESUBMITTED, submitter, null, null);
        work.instance(work.instance().beginRound(work.instance().round(), seq));
        work.comment(seq, Kind.RESUBMITTED, submitter, resubmit.comment(), null, seq, Set.of());
        work.effect(new Effect.SetFields(Outcome.SUBMITTED));
        work.publish("submitted", seq, null, submitter);
        routing.advance(0);
    }

    void decide(Command.Decide decide) {
        UUID user = decide.by().user();
        Task task = work.task(decide.task());
        NodeRun run = work.run(task.run());
        Kind kind = switch (decide.decision()) {
            case APPROVE -> Kind.APPROVED;
            case REJECT -> Kind.REJECTED;
            case RETURN -> Kind.RETURNED;
        };
        long seq = work.emit(kind, user, run, task.id());
        work.put(task.decided(Guards.decided(decide.decision()), user, seq, env.now(), env.recordVersion()));
        work.effect(new Effect.Decided(user, seq));
        work.publish("task-decided", seq, task.id(), user);
        switch (decide.decision()) {
            case APPROVE, REJECT -> {
                work.comment(seq, kind, user, decide.comment(), run, null, Set.of());
                routing.afterVote(run.id());
            }
            case RETURN -> {
                // The reason of a return reaches whom it is for, whatever a policy says.
                work.comment(
                        seq,
                        kind,
                        user,
                        decide.comment(),
                        run,
                        null,
                        Set.of(work.instance().submitter()));
                routing.closeOpen(NodeState.RETURNED, Reason.RETURN, seq);
                work.instance(work.instance().state(InstanceState.RETURNED));
                work.effect(new Effect.SetFields(Outcome.RETURNED));
                work.publish("instance-returned", seq, task.id(), user);
            }
        }
    }

    void withdraw(Command.Withdraw withdraw) {
        UUID user = withdraw.by().user();
        long seq = work.emit(Kind.WITHDRAWN, user, null, null);
        work.comment(seq, Kind.WITHDRAWN, user, withdraw.comment(), null, seq, Set.of());
        routing.closeOpen(NodeState.CANCELED, Reason.WITHDRAW, seq);
        work.instance(work.instance().ended(InstanceState.WITHDRAWN, env.now()));
        work.effect(new Effect.SetFields(Outcome.WITHDRAWN));
        work.publish("instance-withdrawn", seq, null, user);
    }

    void terminate(Command.Terminate terminate) {
        UUID user = terminate.by().user();
        long seq = work.emit(Kind.TERMINATED, user, null, null);
        work.comment(
                seq,
                Kind.TERMINATED,
                user,
                terminate.comment(),
                null,
                seq,
                Set.of(work.instance().submitter()));
        routing.closeOpen(NodeState.CANCELED, Reason.TERMINATE, seq);
        work.instance(work.instance().ended(InstanceState.TERMINATED, env.now()));
        // To the record a terminated approval is one that was taken back; a definition has no outcome of its own for
        // it.
        work.effect(new Effect.SetFields(Outcome.WITHDRAWN));
        work.publish("instance-terminated", seq, null, user);
    }

    /** A comment belongs to the run in which its author acts or last acted; the submitter's to the start of the round. */
    void say(Command.Say say) {
        UUID user = say.by().user();
        Optional<NodeRun> run = ownRun(user);
        long seq = work.emit(Kind.COMMENTED, user, run.orElse(null), null);
        Long closed = run.isPresent()
                ? run.get().closedSeq()
                : (Long)
                        (user.equals(work.instance().submitter())
                                ? work.instance().roundSeq()
                                : seq);
        work.comment(seq, Kind.COMMENTED, user, say.comment(), run.orElse(null), closed, Set.of());
        work.publish("commented", seq, null, user);
    }

    private Optional<NodeRun> ownRun(UUID user) {
        return work.state().tasks().stream()
                .filter(t -> t.assignee().equals(user) && t.activatedSeq() != null)
                .max(Comparator.comparingLong(Turn::activated))
                .map(t -> work.run(t.run()));
    }

    private static long activated(Task task) {
        Long seq = task.activatedSeq();
        return seq == null ? 0 : seq;
    }

    void retry(Command.Retry retry) {
        UUID user = retry.by().user();
        NodeRun blocked = work.state().openRun().orElseThrow(() -> new IllegalStateException("nothing is blocked"));
        long seq = work.emit(Kind.RETRIED, user, blocked, null);
        work.comment(seq, Kind.RETRIED, user, retry.comment(), null, seq, Set.of());
        routing.closeOpen(NodeState.CANCELED, Reason.RETRY, seq);
        work.instance(work.instance().state(InstanceState.RUNNING));
        routing.advance(routing.indexOf(blocked.key()));
    }

    void reassign(Command.Reassign reassign) {
        UUID user = reassign.by().user();
        Task old = work.task(reassign.task());
        NodeRun run = work.run(old.run());
        long seq = work.emit(
                Kind.REASSIGNED,
                user,
                run,
                old.id(),
                null,
                Map.of("to", reassign.to().toString()));
        work.comment(seq, Kind.REASSIGNED, user, reassign.comment(), null, seq, Set.of(old.assignee(), reassign.to()));
        work.put(old.closed(TaskState.CANCELED, Reason.REASSIGNED, env.now()));
        Task successor = waiting(env.newId(), run, old.order(), reassign.to(), old.id());
        work.put(successor);
        if (old.state() == TaskState.PENDING) {
            routing.ask(successor, seq);
        }
    }

    static Task waiting(UUID id, NodeRun run, int order, UUID assignee, @Nullable UUID origin) {
        return new Task(
                id,
                run.id(),
                order,
                assignee,
                TaskState.WAITING,
                Reason.ORDER,
                origin,
                1,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
