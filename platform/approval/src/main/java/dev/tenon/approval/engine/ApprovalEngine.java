package dev.tenon.approval.engine;

import dev.tenon.metadata.model.ApprovalProcess;
import java.util.Optional;

/** The rules of approvals: {@code step(state, command, env)} gives the next state, events and effects. Pure. */
public final class ApprovalEngine {

    private ApprovalEngine() {}

    /** @param definition the one the instance is pinned to */
    public static StepResult step(ApprovalProcess definition, State state, Command command, Env env) {
        Optional<StepResult> stopped = Guards.check(definition, state, command);
        if (stopped.isPresent()) {
            return stopped.get();
        }
        if (Guards.commentRequired(definition, state, command) && blank(command.comment())) {
            return new StepResult.Refused(Refusal.COMMENT_REQUIRED);
        }
        Turn turn = new Turn(definition, state, env);
        switch (command) {
            case Command.Submit submit -> turn.submit(submit);
            case Command.Decide decide -> turn.decide(decide);
            case Command.Resubmit resubmit -> turn.resubmit(resubmit);
            case Command.Withdraw withdraw -> turn.withdraw(withdraw);
            case Command.Say say -> turn.say(say);
            case Command.Retry retry -> turn.retry(retry);
            case Command.Terminate terminate -> turn.terminate(terminate);
            case Command.Reassign reassign -> turn.reassign(reassign);
        }
        return turn.finish();
    }

    private static boolean blank(@org.jspecify.annotations.Nullable String text) {
        return text == null || text.isBlank();
    }
}
