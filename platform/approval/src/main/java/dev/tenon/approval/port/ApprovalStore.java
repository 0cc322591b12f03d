package dev.tenon.approval.port;

import dev.tenon.approval.engine.Instance;
import dev.tenon.approval.engine.State;
import dev.tenon.metadata.model.ApprovalProcess.Lock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The engine's own way to the approvals of a tenant. It writes the tables of the objects {@code sys__Approval…}, which
 * people read through the door to records, and keeps what is nobody's to read: the mutex of each approval, the ids of
 * commands, the definitions that approvals are pinned to. Works in the thread's transaction where there is one.
 */
public interface ApprovalStore {

    /** The approval a task belongs to. */
    Optional<UUID> instanceOf(String tenant, UUID task);

    Optional<Stored> find(String tenant, UUID instance);

    /** Reads an approval and keeps every other command off it until the transaction ends. */
    Optional<Stored> lock(String tenant, UUID instance);

    /**
     * Begins an approval. Throws {@code approval.active-instance-exists} when the record has an open one; a concurrent
     * attempt waits for the first to end its transaction.
     */
    void begin(String tenant, Instance instance, Lock lock);

    /** Writes what a command changed; the approval is locked or was begun in this transaction. */
    void write(String tenant, ApprovalChange change);

    /** The approval that a person's command with this id worked on. */
    Optional<UUID> commandResult(String tenant, UUID actor, String commandId);

    /** Remembers a command in the transaction of its effect. Throws {@link CommandRepeated}. */
    void rememberCommand(String tenant, UUID actor, String commandId, UUID instance);

    /** The open approval of a record. */
    Optional<OpenApproval> open(String tenant, String object, UUID record);

    /** Ids of all approvals of a record, newest first. */
    List<UUID> ofRecord(String tenant, String object, UUID record, int limit);

    /** The people who take part: the submitter and everybody who was asked to decide. */
    List<UUID> participants(String tenant, UUID instance);

    /** The comment given with an event. */
    Optional<UUID> commentOf(String tenant, UUID instance, long seq);

    /** Keeps a definition under its fingerprint; does nothing when it is there. */
    void keepDefinition(String tenant, String process, String fingerprint, String json);

    Optional<String> definition(String tenant, String fingerprint);

    /**
     * @param version counts the commands that took effect
     * @param lastAt time of the latest event; the next one is later, whatever the clock says
     * @param lastHash end of the hash chain, empty before the first event
     */
    record Stored(State state, long version, Instant lastAt, String lastHash) {}
}
