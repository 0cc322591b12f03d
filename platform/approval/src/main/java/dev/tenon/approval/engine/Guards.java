package dev.tenon.approval.engine;

import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.ApprovalProcess.Decision;
import dev.tenon.metadata.model.ApprovalProcess.Withdraw;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a command may take effect. The engine asks before every command, and the same answers tell people what
 * they could do, so that no button is offered that would be refused.
 */
public final class Guards {

    private Guards() {}

    /** The answer to a command that is not carried out; absent when it may go on. Does not look at comments. */
    public static Optional<StepResult> check(ApprovalProcess definition, State state, Command command) {
        return Optional.ofNullable(
                switch (command) {
                    case Command.Submit submit -> submit(state, submit);
                    case Command.Decide decide -> decide(state, decide);
                    case Command.Resubmit resubmit -> resubmit(state, resubmit);
                    case Command.Withdraw withdraw -> withdraw(definition, state, withdraw);
                    case Command.Say say -> say(state, say);
                    case Command.Retry retry -> administer(state, retry, InstanceState.FAULTED);
                    case Command.Terminate terminate -> terminate(state, terminate);
                    case Command.Reassign reassign -> reassign(state, reassign);
                });
    }

    /** Whether the command is worthless without a comment. */
    public static boolean commentRequired(ApprovalProcess definition, State state, Command command) {
        return switch (command) {
            case Command.Submit ignored -> false;
            case Command.Resubmit ignored -> false;
            case Command.Withdraw ignored -> false;
            case Command.Retry ignored -> false;
            case Command.Say ignored -> true;
            case Command.Terminate ignored -> true;
            case Command.Reassign ignored -> true;
            case Command.Decide decide -> commentRequired(definition, state, decide.task(), decide.decision());
        };
    }

    private static boolean commentRequired(ApprovalProcess definition, State state, UUID task, Decision decision) {
        return state.findTask(task)
                .flatMap(t -> state.findRun(t.run()))
                .flatMap(run -> definition.steps().stream()
                        .filter(s -> s.key().equals(run.key()))
                        .findFirst())
                .map(step -> step.commentRequired().contains(decision))
                .orElse(false);
    }

    private static @Nullable StepResult submit(State state, Command.Submit submit) {
        boolean fresh = state.runs().isEmpty() && state.instance().seq() == 0;
        return fresh && submit.by().user().equals(state.instance().submitter()) ? null : refused(Refusal.WRONG_STATE);
    }

    private static @Nullable StepResult decide(State state, Command.Decide decide) {
        Task task = state.findTask(decide.task()).orElse(null);
        if (task == null) {
            return refused(Refusal.NOT_FOUND);
        }
        if (!task.assignee().equals(decide.by().user())) {
            return refused(Refusal.NOT_ALLOWED);
        }
        // Before the state of the approval: a double click also arrives when the first click has ended it.
        switch (task.state()) {
            case PENDING -> {}
            case APPROVED, REJECTED, RETURNED -> {
                return task.state() == decided(decide.decision())
                        ? new StepResult.Already()
                        : refused(Refusal.TASK_ALREADY_DECIDED);
            }
            case AUTO_APPROVED, AUTO_REJECTED, NOT_REQUIRED -> {
                return refused(Refusal.TASK_ALREADY_DECIDED);
            }
            case WAITING, CANCELED -> {
                return refused(Refusal.WRONG_STATE);
            }
        }
        if (state.instance().state() != InstanceState.RUNNING) {
            return refused(Refusal.WRONG_STATE);
        }
        Long seen = decide.version();
        return seen != null && seen != task.version() ? refused(Refusal.STALE_VIEW) : null;
    }

    private static @Nullable StepResult resubmit(State state, Command.Resubmit resubmit) {
        if (!resubmit.by().user().equals(state.instance().submitter())) {
            return refused(Refusal.NOT_ALLOWED);
        }
        return state.instance().state() == InstanceState.RETURNED ? null : refused(Refusal.WRONG_STATE);
    }

    private static @Nullable StepResult withdraw(ApprovalProcess definition, State state, Command.Withdraw withdraw) {
        Instance instance = state.instance();
        if (!withdraw.by().user().equals(instance.submitter())) {
            return refused(Refusal.NOT_ALLOWED);
        }
        if (instance.state() == InstanceState.WITHDRAWN) {
            return new StepResult.Already();
        }
        if (instance.state().terminal()) {
            return refused(Refusal.WRONG_STATE);
        }
        return switch (definition.withdraw()) {
            case Withdraw.NEVER -> refused(Refusal.NOT_ALLOWED);
            // Once returned, the ball is the submitter's: nobody's work is cut off by taking it back.
            case Withdraw.BEFORE_FIRST_DECISION ->
                instance.state() != InstanceState.RETURNED && state.decidedInRound()
                        ? refused(Refusal.WRONG_STATE)
                        : null;
            case Withdraw.ANYTIME -> null;
        };
    }

    private static @Nullable StepResult say(State state, Command.Say say) {
        UUID user = say.by().user();
        boolean participant = user.equals(state.instance().submitter()) || state.asked(user);
        return participant || say.by().administers() ? null : refused(Refusal.NOT_ALLOWED);
    }

    private static @Nullable StepResult administer(State state, Command command, InstanceState needed) {
        if (!command.by().administers()) {
            return refused(Refusal.NOT_ALLOWED);
        }
        return state.instance().state() == needed ? null : refused(Refusal.WRONG_STATE);
    }

    private static @Nullable StepResult terminate(State state, Command.Terminate terminate) {
        if (!terminate.by().administers()) {
            return refused(Refusal.NOT_ALLOWED);
        }
        InstanceState now = state.instance().state();
        if (now == InstanceState.TERMINATED) {
            return new StepResult.Already();
        }
        return now.terminal() ? refused(Refusal.WRONG_STATE) : null;
    }

    private static @Nullable StepResult reassign(State state, Command.Reassign reassign) {
        StepResult general = administer(state, reassign, InstanceState.RUNNING);
        if (general != null) {
            return general;
        }
        Task task = state.findTask(reassign.task()).orElse(null);
        if (task == null) {
            return refused(Refusal.NOT_FOUND);
        }
        if (!task.state().open()) {
            return refused(Refusal.TASK_ALREADY_DECIDED);
        }
        if (!reassign.active()) {
            return refused(Refusal.TARGET_INACTIVE);
        }
        boolean there = state.tasksOf(task.run()).stream()
                .anyMatch(t -> t.assignee().equals(reassign.to()) && t.state() != TaskState.CANCELED);
        return there ? refused(Refusal.ALREADY_PARTICIPANT) : null;
    }

    static TaskState decided(Decision decision) {
        return switch (decision) {
            case APPROVE -> TaskState.APPROVED;
            case REJECT -> TaskState.REJECTED;
            case RETURN -> TaskState.RETURNED;
        };
    }

    private static StepResult refused(Refusal why) {
        return new StepResult.Refused(why);
    }
}
