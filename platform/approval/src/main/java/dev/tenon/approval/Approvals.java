package dev.tenon.approval;

import dev.tenon.access.Identity;
import dev.tenon.approval.engine.Command;
import dev.tenon.approval.internal.Collaborators;
import dev.tenon.approval.internal.CommandRunner;
import dev.tenon.approval.internal.Definitions;
import dev.tenon.approval.internal.InboxReader;
import dev.tenon.approval.internal.InstanceReader;
import dev.tenon.approval.internal.SubmitRules;
import dev.tenon.approval.port.ApprovalStore;
import dev.tenon.approval.port.UserDirectory;
import dev.tenon.approval.view.InboxPage;
import dev.tenon.approval.view.InstanceView;
import dev.tenon.approval.view.RecordApprovalView;
import dev.tenon.metadata.model.ApprovalProcess.Decision;
import dev.tenon.records.Records;
import dev.tenon.records.RecordsError;
import dev.tenon.records.port.CodeRuntime;
import dev.tenon.records.port.ModelSource;
import dev.tenon.records.port.RecordStore;
import dev.tenon.sdk.error.ErrorKind;
import dev.tenon.sdk.error.PlatformException;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Approvals as people and programs use them. Every command is one transaction and answers with the approval as the
 * person may see it; a command that arrives again takes no second effect and gets the same answer. What does not exist
 * and what may not be seen is the same: {@code approval.not-found}. Safe for use by several threads.
 */
public final class Approvals {

    /** The model is not changed so often that a submission would be overtaken again and again. */
    private static final int ATTEMPTS = 4;

    /** The reason that the timeline tells. In both languages, as it is read by everybody who takes part. */
    private static final String HAND_OVER = "移交 / Handed over";

    private final Collaborators with;
    private final CommandRunner runner;
    private final SubmitRules submitting;
    private final InstanceReader instances;
    private final InboxReader inbox;

    public Approvals(
            ApprovalStore approvals,
            RecordStore records,
            Records door,
            ModelSource models,
            CodeRuntime code,
            UserDirectory users,
            InstantSource clock) {
        Definitions definitions = new Definitions(approvals);
        this.with = new Collaborators(approvals, records, door, models, code, users, definitions, clock);
        this.runner = new CommandRunner(with);
        this.submitting = new SubmitRules(with);
        this.instances = new InstanceReader(with, submitting);
        this.inbox = new InboxReader(with);
    }

    /** Submits a record to a process. */
    public InstanceView submit(Identity who, String process, UUID record, String commandId, @Nullable String comment) {
        CommandRunner.check(commandId, comment);
        UUID earlier = runner.earlier(who, commandId);
        if (earlier == null) {
            try {
                return instances.after(who, submitted(who, process, record, commandId, comment));
            } catch (PlatformException refused) {
                // The same click twice: the other one got there between the two looks.
                earlier = runner.earlier(who, commandId);
                if (earlier == null) {
                    throw refused;
                }
            }
        }
        return instances.require(who, earlier);
    }

    /** A process that was changed meanwhile is asked anew whether it may be. */
    private CommandRunner.Result submitted(
            Identity who, String process, UUID record, String commandId, @Nullable String comment) {
        for (int attempt = 1; ; attempt++) {
            try {
                return runner.submit(who, submitting.require(who, process, record), commandId, comment);
            } catch (PlatformException fault) {
                if (fault.code() != RecordsError.MODEL_CHANGED || attempt == ATTEMPTS) {
                    throw fault;
                }
            }
        }
    }

    public InstanceView approve(Identity who, UUID task, Answer answer) {
        return decide(who, task, Decision.APPROVE, answer);
    }

    public InstanceView reject(Identity who, UUID task, Answer answer) {
        return decide(who, task, Decision.REJECT, answer);
    }

    /** Sends the approval back to its submitter. */
    public InstanceView returnToSubmitter(Identity who, UUID task, Answer answer) {
        return decide(who, task, Decision.RETURN, answer);
    }

    private InstanceView decide(Identity who, UUID task, Decision decision, Answer answer) {
        return runForTask(
                who,
                task,
                answer.commandId(),
                new Command.Decide(actor(who), task, decision, answer.taskVersion(), answer.comment()));
    }

    /** Submits a returned approval again, as the next round. */
    public InstanceView resubmit(Identity who, UUID instance, Remark remark) {
        return run(who, instance, remark.commandId(), new Command.Resubmit(actor(who), remark.comment()));
    }

    public InstanceView withdraw(Identity who, UUID instance, Remark remark) {
        return run(who, instance, remark.commandId(), new Command.Withdraw(actor(who), remark.comment()));
    }

    /** Says something without changing anything. */
    public InstanceView comment(Identity who, UUID instance, Remark remark) {
        return run(who, instance, remark.commandId(), new Command.Say(actor(who), remark.comment()));
    }

    /** Tries the step that stopped the approval again; for holders of {@code manageApprovals}. */
    public InstanceView retry(Identity who, UUID instance, Remark remark) {
        return run(who, instance, remark.commandId(), new Command.Retry(actor(who), remark.comment()));
    }

    /** Ends an approval without a result; the comment is the reason; for holders of {@code manageApprovals}. */
    public InstanceView terminate(Identity who, UUID instance, Remark remark) {
        return run(who, instance, remark.commandId(), new Command.Terminate(actor(who), remark.comment()));
    }

    /** Gives an open task to somebody else; the comment is the reason; for holders of {@code manageApprovals}. */
    public InstanceView reassign(Identity who, UUID task, UUID to, Remark remark) {
        boolean active = with.users().identity(who.tenant(), to).isPresent();
        return runForTask(
                who, task, remark.commandId(), new Command.Reassign(actor(who), task, to, active, remark.comment()));
    }

    /** How many open tasks were given to somebody else, and how many could not be. */
    public record HandedOver(int moved, int left) {}

    /**
     * Gives every open task of a person to somebody else, one command each; for the engine, when the person leaves. A task
     * stays where the other one takes part in the step already, or where the approval has stopped. Called again, it goes
     * on with what is left.
     */
    public HandedOver handOver(Identity who, UUID from, UUID to) {
        if (who.kind() != Identity.Kind.SYSTEM) {
            throw new IllegalArgumentException("hand-overs are the platform's own work");
        }
        int moved = 0;
        int left = 0;
        for (UUID task : inbox.openTasks(who, from)) {
            try {
                reassign(who, task, to, new Remark("hand-over-" + task + "-" + to, HAND_OVER));
                moved++;
            } catch (PlatformException refused) {
                if (refused.code().kind() != ErrorKind.USER) {
                    throw refused;
                }
                left++;
            }
        }
        return new HandedOver(moved, left);
    }

    /** One approval with its timeline and what the person can do. */
    public InstanceView instance(Identity who, UUID instance) {
        return instances.require(who, instance);
    }

    /** Everything about approvals of a record: the open or latest one, earlier ones, and what it can be submitted to. */
    public RecordApprovalView ofRecord(Identity who, String object, UUID record) {
        return instances.ofRecord(who, object, record);
    }

    /** Tasks that wait for the person, newest first. */
    public InboxPage todo(Identity who, @Nullable String cursor, int limit) {
        return inbox.todo(who, cursor, limit);
    }

    /** Tasks the person has decided, latest first. */
    public InboxPage done(Identity who, @Nullable String cursor, int limit) {
        return inbox.done(who, cursor, limit);
    }

    /** Approvals the person has submitted, newest first. */
    public InboxPage mine(Identity who, @Nullable String cursor, int limit) {
        return inbox.mine(who, cursor, limit);
    }

    private InstanceView runForTask(Identity who, UUID task, String commandId, Command command) {
        UUID instance = with.approvals()
                .instanceOf(who.tenant(), task)
                .orElseThrow(() -> ApprovalError.NOT_FOUND.error().build());
        return run(who, instance, commandId, command);
    }

    private InstanceView run(Identity who, UUID instance, String commandId, Command command) {
        CommandRunner.check(commandId, command.comment());
        // First of all guards, so that somebody who may not see it learns nothing from any other.
        instances.requireVisible(who, instance);
        return instances.after(who, runner.run(who, instance, commandId, command));
    }

    private Command.Actor actor(Identity who) {
        return new Command.Actor(who.user().id(), with.administers(who));
    }
}
