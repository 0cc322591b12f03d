package dev.tenon.records;

import dev.tenon.access.Identity;
import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Expr;
import dev.tenon.expression.Scope;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Model;
import dev.tenon.sdk.plugin.ActionResult;
import dev.tenon.sdk.record.Attachment;
import dev.tenon.sdk.record.RecordClient;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The records of one tenant as one identity may see and change them, under one pinned model. Made for one request by
 * {@link Records#open}; used by one thread. Hidden fields do not exist here, hidden records are absent.
 */
public interface RecordSession {

    Identity identity();

    Model model();

    /** The compiled rights on an object; throws {@code records.unknown-object} where it is not describable. */
    ObjectAccess access(String object);

    /** The scope in which the identity's own filters and sort keys are to be checked. */
    Scope scope(String object);

    /**
     * An expression of the model itself, checked when the model was compiled: a view's filter, a condition. Used in a
     * query, fields that the identity may not read count as empty in it.
     */
    Expr expression(String object, ExpressionText text);

    /** In {@link #allowingDuplicates}: all rules. */
    String ALL_DUPLICATES = "*";

    /**
     * The same session, in which saves keep records although these duplicate rules warn of them; kept in the history. A
     * rule that blocks is not asked for leave.
     *
     * @param rules names of rules, or {@link #ALL_DUPLICATES}
     */
    RecordSession allowingDuplicates(Set<String> rules);

    /**
     * The same session for the rows of a dry run: {@link #importRows} looks for duplicates among the rows that were tried
     * before, too, by unique keys and duplicate rules. Whoever calls rolls the transaction back.
     */
    RecordSession trying(TriedRows rows);

    Page query(Query query);

    /** One record, absent when it does not exist or may not be seen. */
    Optional<Row> find(String object, UUID id, Query.Selection select);

    /** What may be done with a record; throws {@code records.not-found} where it is not seen. */
    RecordRights rights(String object, UUID id);

    /**
     * How a form treats those fields that have conditions, by field, for values that are not saved yet. Nothing is saved and
     * no trigger runs. It tells no more than a save would: the caller has to have the right to one, or to read the record
     * where nothing is changed, and references to what the caller may not see count as empty. So do values that do not fit
     * their fields.
     *
     * @param id empty for a new record
     * @param values what the form would send
     */
    Map<String, FieldState> formState(String object, Optional<UUID> id, Map<String, @Nullable Object> values);

    /**
     * The records that a reference may be given in a form: those that the identity may see and that the reference's
     * condition allows for the values of the form. The caller needs the same rights as for {@link #formState}.
     *
     * @param id empty for a new record
     * @param values what the form would send
     * @param query on the object that the reference leads to
     */
    Page candidates(
            String object,
            Optional<UUID> id,
            Map<String, @Nullable Object> values,
            String reference,
            Function<String, Query> query);

    /** Groups, each with its keys and measures by name. */
    List<Map<String, @Nullable Object>> aggregate(Aggregation aggregation);

    /** Creates a record; returns it as the identity may see it. */
    Row create(String object, Map<String, @Nullable Object> values);

    /** @param version empty: whatever version there is (last writer wins, allowed for programs that ask for it) */
    Row update(String object, UUID id, Optional<Long> version, Map<String, @Nullable Object> changes);

    void delete(String object, UUID id, Optional<Long> version);

    /**
     * Creates many records of one object: the good rows are kept, the bad ones told apart, in the order of the rows. All
     * good rows are saved in one transaction, so a call takes a chunk ({@value #IMPORT_CHUNK} rows at most), not a file.
     * Every row passes the same checks, triggers and rules as {@link #create}. Not to be called inside
     * {@link #inTransaction}. Needs the right to import.
     */
    default List<RowOutcome> importRows(String object, List<Map<String, @Nullable Object>> rows) {
        return importRows(object, rows, (first, outcomes) -> {});
    }

    /**
     * As {@link #importRows(String, List)}, and tells what became of the rows inside the transaction that keeps them, so
     * that a caller's note of its progress is kept with them or not at all.
     *
     * @param kept called with the index of the first row that is told about, and the outcomes of it and the following
     *     ones, until all are told: usually once, row by row where the chunk had to be split, again for the same rows
     *     where a transaction was lost and is tried again. An exception other than
     *     {@link dev.tenon.sdk.error.PlatformException} rolls the rows back and ends the call
     */
    List<RowOutcome> importRows(
            String object, List<Map<String, @Nullable Object>> rows, BiConsumer<Integer, List<RowOutcome>> kept);

    /** Most rows of one {@link #importRows}: enough to make the statement's cost small, few enough to keep locks short. */
    int IMPORT_CHUNK = 500;

    /** Changes of the record's fields that the identity may read, newest first. */
    List<HistoryEntry> history(String object, UUID id);

    /**
     * Other records that the object's duplicate rules take for the same, the most alike first: by values that the identity
     * may read, in records that it may read.
     */
    List<PossibleDuplicate> duplicates(String object, UUID id);

    /** Who has locked the record, and what that means for the identity; throws {@code records.not-found}. */
    LockState lockState(String object, UUID id);

    /**
     * Locks a record: nobody but who may edit locked records changes it, its parts, files and links from now on. The same
     * lock once more is none; another is {@code records.already-locked}.
     *
     * @param reason shown to who may read the record
     */
    LockState.Seen lock(String object, UUID id, Optional<String> reason);

    /**
     * Unlocks a record, whoever has locked it; throws {@code records.not-locked}.
     *
     * @param seen when the lock was set that is meant; another one is {@code records.stale-lock}. Empty: whichever there is
     */
    void unlock(String object, UUID id, Optional<Instant> seen);

    ActionResult runAction(String object, UUID id, String action, Map<String, @Nullable Object> parameters);

    /**
     * What a function of the record answers, in the Java type of a field of that kind; null for nothing. Its code cannot change
     * anything.
     */
    @Nullable
    Object callFunction(String object, UUID id, String function, Map<String, @Nullable Object> parameters);

    Attachment attach(String object, UUID id, String fileName, String mediaType, InputStream content);

    List<Attachment> attachments(String object, UUID id);

    /** Content of an attachment of a readable record; the caller closes it. */
    Optional<AttachmentContent> openAttachment(UUID attachmentId);

    /** An attachment with its bytes. */
    record AttachmentContent(Attachment attachment, InputStream content) {}

    /**
     * Keeps a file for a field; a save of the same person may give its id to that field of one record. What no record has
     * taken within a day is removed.
     */
    StoredFile upload(String object, String field, String fileName, InputStream content);

    /** What is known of files whose ids the identity has read in records, their history or the recycle bin. */
    Map<UUID, StoredFile> files(Collection<UUID> ids);

    /** Content of a file that the identity may read, or has uploaded and not yet saved; the caller closes it. */
    Optional<FileContent> openFile(UUID id);

    /** A file with its bytes and their hash. */
    record FileContent(StoredFile file, String contentHash, InputStream content) {}

    /** The deleted records that the identity may bring back. */
    RecycleBin recycleBin();

    /**
     * Runs several calls in one transaction; an exception rolls all of them back. A transaction that was lost to another
     * one is tried again as a whole, so the work has to bear that.
     */
    <T> T inTransaction(Supplier<T> work);

    /** Whether the thread is in a transaction: then nothing can be tried again by itself. */
    boolean transactionRuns();

    /** The same door in the SDK's words, for scripts and plugins. */
    RecordClient client();
}
