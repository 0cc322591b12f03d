package dev.tenon.approval.engine;

import dev.tenon.metadata.model.ApprovalProcess.Mode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One activation of a step.
 *
 * @param key the step's key
 * @param ordinal counts the runs of the instance, from 1
 * @param mode how answers become one in this run; a run with stand-ins may differ from the definition
 * @param reason why the engine closed it or chose its approvers
 * @param fault what blocks it, a code
 */
public record NodeRun(
        UUID id,
        String key,
        int ordinal,
        int round,
        NodeState state,
        Mode mode,
        Tally tally,
        @Nullable Reason reason,
        @Nullable String fault,
        long activatedSeq,
        @Nullable Long closedSeq,
        Instant activatedAt,
        @Nullable Instant closedAt) {

    NodeRun tally(Tally next) {
        return new NodeRun(
                id,
                key,
                ordinal,
                round,
                state,
                mode,
                next,
                reason,
                fault,
                activatedSeq,
                closedSeq,
                activatedAt,
                closedAt);
    }

    NodeRun closed(NodeState next, @Nullable Reason why, long seq, Instant at) {
        return new NodeRun(
                id,
                key,
                ordinal,
                round,
                next,
                mode,
                tally,
                why == null ? reason : why,
                fault,
                activatedSeq,
                seq,
                activatedAt,
                at);
    }
}
