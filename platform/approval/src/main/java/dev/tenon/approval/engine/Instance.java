package dev.tenon.approval.engine;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of a process for one record.
 *
 * @param process name of the process
 * @param definition fingerprint of the definition the instance is pinned to
 * @param round 1 plus the number of resubmissions
 * @param seq number of the latest event
 * @param roundSeq number of the event that began the round
 */
public record Instance(
        UUID id,
        String process,
        String definition,
        String object,
        UUID recordId,
        String title,
        UUID submitter,
        InstanceState state,
        int round,
        long seq,
        long roundSeq,
        Instant startedAt,
        @Nullable Instant endedAt) {

    Instance state(InstanceState next) {
        return new Instance(
                id,
                process,
                definition,
                object,
                recordId,
                title,
                submitter,
                next,
                round,
                seq,
                roundSeq,
                startedAt,
                endedAt);
    }

    Instance ended(InstanceState next, Instant at) {
        return new Instance(
                id, process, definition, object, recordId, title, submitter, next, round, seq, roundSeq, startedAt, at);
    }

    Instance seq(long next) {
        return new Instance(
                id,
                process,
                definition,
                object,
                recordId,
                title,
                submitter,
                state,
                round,
                next,
                roundSeq,
                startedAt,
                endedAt);
    }

    Instance beginRound(int nextRound, long atSeq) {
        return new Instance(
                id,
                process,
                definition,
                object,
                recordId,
                title,
                submitter,
                InstanceState.RUNNING,
                nextRound,
                seq,
                atSeq,
                startedAt,
                endedAt);
    }
}
