package dev.tenon.records.port;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.HistoryEntry;
import dev.tenon.sdk.record.Attachment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows of business records in a database. Knows nothing of rights: the plans it gets carry them. Every method works in
 * the thread's transaction when {@link #inTransaction} is on the stack, else by itself. Values have the Java types
 * documented at {@link dev.tenon.sdk.record.RecordData}. Database failures arrive as
 * {@link dev.tenon.sdk.error.PlatformException} with codes {@code store.*}.
 */
public interface RecordStore {

    /** Runs in one transaction of the tenant's database; nested calls join the outer one. Any exception rolls back. */
    <T> T inTransaction(String tenant, Supplier<T> work);

    /**
     * As {@link #inTransaction}, for work in the background on many records: it does not keep those that it has locked
     * while it waits for another, but lets go of all and does the work again.
     */
    default <T> T givingWay(String tenant, Supplier<T> work) {
        return inTransaction(tenant, work);
    }

    /** Whether the thread is inside of a transaction; then only whoever opened it may try its work again. */
    default boolean transactionRuns() {
        return true;
    }

    /**
     * Keeps the model in force until the transaction ends; false where another one of the tenant is in force already, on
     * whatever node it was published. Asked at the end of a save, which must then not be committed.
     */
    default boolean holdModel(Model model) {
        return true;
    }

    /** Runs after the outermost transaction of this thread has committed; at once when there is none. */
    void afterCommit(Runnable work);

    QueryAnswer query(Model model, QueryPlan plan);

    List<Map<String, @Nullable Object>> aggregate(Model model, AggregatePlan plan);

    /** Reads a whole row and locks it until the transaction ends: nobody else changes or deletes it. */
    Optional<StoredRow> lock(Model model, String object, UUID id);

    /**
     * The same for a change that something may stand against, see {@link HoldStore}: what holds the record may be looked up
     * on the same way.
     */
    default Optional<StoredRow> lockWithHolds(Model model, String object, UUID id) {
        return lock(model, object, id);
    }

    /**
     * The same for a row that is going to be deleted. Waits for those who {@link #keeping keep} it, so that what they
     * have written is {@link #referring seen} afterwards, and who comes later finds it gone.
     */
    Optional<StoredRow> lockToDelete(Model model, String object, UUID id);

    /** The same for about so many records behind an id, in the order of ids. For work on all records of an object. */
    LockedPage lockAfter(Model model, String object, Optional<UUID> last, int limit);

    /** The ids among the given ones for which the plan's condition holds; rights after a write are checked with it. */
    List<UUID> matching(Model model, QueryPlan plan, List<UUID> ids);

    /**
     * The same, and keeps them until the transaction ends, because something is going to refer to them: nobody deletes
     * them meanwhile. Waits for a deletion that is under way; what it has taken is not among them. Ids come sorted, so
     * that two who keep the same records do not wait for each other.
     */
    List<UUID> keeping(Model model, QueryPlan plan, List<UUID> ids);

    /** Inserts with version 1. A violated unique key is {@code records.duplicate} with the field's name. */
    void insert(Model model, String object, UUID id, Map<String, @Nullable Object> values);

    /** Inserts many rows of one object in one batch; all have the same keys. For imports, generated and restored data. */
    void insertAll(Model model, String object, List<NewRow> rows);

    /** Writes the named fields where the version is still {@code version} and adds 1 to it; false when it is not. */
    boolean update(Model model, String object, UUID id, long version, Map<String, @Nullable Object> changes);

    /** Writes computed columns without a new version; for formulas and roll-ups only. */
    void writeComputed(Model model, String object, UUID id, Map<String, @Nullable Object> values);

    /** The same for many records at once; all have the same keys. */
    void writeComputed(Model model, String object, Map<UUID, Map<String, @Nullable Object>> values);

    boolean delete(Model model, String object, UUID id, long version);

    /** Ids of records whose field refers to one of the given ids. */
    List<UUID> referring(Model model, String object, String field, List<UUID> targets, int limit);

    /**
     * The first of {@code count} numbers of a series, unique and increasing. A gapless one is counted in the thread's
     * transaction: others wait for its end, and a rollback takes the numbers back. Else nobody waits, and a rollback
     * leaves a gap.
     */
    long nextNumber(Model model, Series series, long count);

    /** The keys of duplicate rules. */
    MatchKeyStore matchKeys();

    List<HistoryEntry> history(String tenant, String object, UUID id, int limit);

    /** Appends to the history in the midst of a save, whose last step is {@link #appendJournal}. */
    default void appendHistory(String tenant, List<HistoryEntry> history) {
        appendJournal(tenant, history, List.of());
    }

    /** Appends to the history, and events that are delivered after commit, at least once and in order per key. */
    void appendJournal(String tenant, List<HistoryEntry> history, List<OutboxEvent> events);

    void insertAttachment(String tenant, String object, UUID recordId, Attachment attachment, String contentHash);

    List<Attachment> attachments(String tenant, String object, UUID recordId);

    Optional<StoredAttachment> findAttachment(String tenant, UUID attachmentId);

    /**
     * What is counted.
     *
     * @param period for example {@code 2026-05}; empty where one count goes on for ever
     */
    record Series(String object, String field, String period, boolean gapless) {}

    /** A whole row, unrestricted: for the save order inside the platform. */
    record StoredRow(UUID id, long version, Map<String, @Nullable Object> values) {}

    /**
     * Rows that are locked: fewer than were asked for where some are deleted meanwhile, more where some have come.
     *
     * @param last behind which there may be more; empty where there are none
     */
    record LockedPage(List<StoredRow> rows, Optional<UUID> last) {}

    /** A row to insert. */
    record NewRow(UUID id, long version, Map<String, @Nullable Object> values) {
        public NewRow(UUID id, Map<String, @Nullable Object> values) {
            this(id, 1, values);
        }
    }

    /**
     * @param topic for example {@code record.updated}
     * @param key events of one key stay in order, for example the record's id
     * @param payload JSON
     */
    record OutboxEvent(UUID id, String topic, String key, String payload) {}

    /** An attachment with its holder and the hash under which its bytes are kept. */
    record StoredAttachment(String object, UUID recordId, Attachment attachment, String contentHash) {}

    /** @param rows projected values by projection name, in the plan's order; {@code id} and {@code version} always */
    record QueryAnswer(List<Map<String, @Nullable Object>> rows, java.util.OptionalLong count) {}
}
