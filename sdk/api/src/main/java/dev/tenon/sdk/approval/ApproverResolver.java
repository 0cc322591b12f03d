package dev.tenon.sdk.approval;

import dev.tenon.sdk.plugin.CallContext;
import dev.tenon.sdk.record.RecordData;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Finds who is asked at an approval step. Called before the step's transaction begins; it must not save records. An
 * exception puts the approval into the state FAULTED, where an administrator can retry.
 */
public interface ApproverResolver {

    /**
     * @param record the record under approval
     * @param submitter id of the user who submitted it
     * @param parameters what the step's definition passes
     * @return ids of users in the order in which they are asked; inactive users are dropped by the engine
     */
    List<UUID> resolve(RecordData record, UUID submitter, Map<String, Object> parameters, CallContext context);
}
