package dev.tenon.approval.internal;

import dev.tenon.approval.engine.Command;
import dev.tenon.approval.engine.Guards;
import dev.tenon.approval.engine.InstanceState;
import dev.tenon.approval.engine.State;
import dev.tenon.approval.engine.Task;
import dev.tenon.approval.engine.TaskState;
import dev.tenon.approval.view.ActionView;
import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.ApprovalProcess.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a person could do with an approval, by the guards of the commands themselves. */
final class ActionOffers {

    private ActionOffers() {}

    static List<ActionView> of(ApprovalProcess definition, State state, UUID user, boolean administers) {
        Command.Actor actor = new Command.Actor(user, administers);
        List<ActionView> offers = new ArrayList<>();
        for (Task task : state.tasks()) {
            if (task.assignee().equals(user) && task.state() == TaskState.PENDING) {
                offer(offers, definition, state, "approve", task, decide(actor, task, Decision.APPROVE));
                offer(offers, definition, state, "reject", task, decide(actor, task, Decision.REJECT));
                offer(offers, definition, state, "return", task, decide(actor, task, Decision.RETURN));
            }
        }
        if (user.equals(state.instance().submitter())) {
            offer(offers, definition, state, "withdraw", null, new Command.Withdraw(actor, null));
            offer(offers, definition, state, "resubmit", null, new Command.Resubmit(actor, null));
        }
        offer(offers, definition, state, "comment", null, new Command.Say(actor, null));
        if (administers) {
            offer(offers, definition, state, "retry", null, new Command.Retry(actor, null));
            offer(offers, definition, state, "terminate", null, new Command.Terminate(actor, null));
            if (state.instance().state() == InstanceState.RUNNING) {
                for (Task task : state.tasks()) {
                    if (task.state().open()) {
                        // To nobody in particular: whether a person can take it is told when one is named.
                        UUID anyone = new UUID(0, 0);
                        Command reassign = new Command.Reassign(actor, task.id(), anyone, true, null);
                        offer(offers, definition, state, "reassign", task, reassign);
                    }
                }
            }
        }
        return offers;
    }

    private static Command decide(Command.Actor actor, Task task, Decision decision) {
        return new Command.Decide(actor, task.id(), decision, task.version(), null);
    }

    private static void offer(
            List<ActionView> offers,
            ApprovalProcess definition,
            State state,
            String name,
            @Nullable Task task,
            Command command) {
        Optional<String> stopped =
                Guards.check(definition, state, command).flatMap(Refusals::code).map(code -> code.id());
        offers.add(new ActionView(
                name,
                task == null ? null : task.id(),
                task == null ? null : (Long) task.version(),
                stopped.isEmpty(),
                stopped.orElse(null),
                Guards.commentRequired(definition, state, command)));
    }
}
