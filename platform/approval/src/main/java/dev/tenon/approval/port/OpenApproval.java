package dev.tenon.approval.port;

import dev.tenon.approval.engine.InstanceState;
import dev.tenon.metadata.model.ApprovalProcess.Lock;
import dev.tenon.records.Hold;
import java.util.UUID;

/** What an open approval means for writes of its record. */
public record OpenApproval(UUID record, UUID instance, String process, UUID submitter, InstanceState state, Lock lock)
        implements Hold {}
