package dev.tenon.records.internal;

import dev.tenon.access.Identity;
import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Expr;
import dev.tenon.expression.Scope;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.Aggregation;
import dev.tenon.records.FieldState;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.LockState;
import dev.tenon.records.Page;
import dev.tenon.records.PossibleDuplicate;
import dev.tenon.records.Query;
import dev.tenon.records.RecordRights;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.records.RecycleBin;
import dev.tenon.records.Row;
import dev.tenon.records.RowOutcome;
import dev.tenon.records.StoredFile;
import dev.tenon.records.TriedRows;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.plugin.ActionResult;
import dev.tenon.sdk.record.Attachment;
import dev.tenon.sdk.record.RecordClient;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The door as one identity passes it; nothing gets to the store but through the planner and the save order. */
public final class GuardedSession implements RecordSession {

    private final Ports ports;
    private final LongFunction<CheckedModel> newer;
    /** Pinned; replaced only where a save found that it is not in force any more, also for the sessions made of this one. */
    private final AtomicReference<CheckedModel> compiled;

    private final Identity identity;
    private final HistoryEntry.Channel channel;
    /** Set for the code of a function: nothing can be changed. */
    private final boolean reading;

    /** Set for the code of a trigger: the save it belongs to. */
    private final @Nullable SaveContext outer;

    private final Set<String> allowedDuplicates;
    private final @Nullable TriedRows tried;

    private GuardedSession(
            Ports ports,
            AtomicReference<CheckedModel> compiled,
            LongFunction<CheckedModel> newer,
            Identity identity,
            HistoryEntry.Channel channel,
            boolean reading,
            @Nullable SaveContext outer,
            Set<String> allowedDuplicates,
            @Nullable TriedRows tried) {
        this.ports = ports;
        this.compiled = compiled;
        this.newer = newer;
        this.identity = identity;
        this.channel = channel;
        this.reading = reading;
        this.outer = outer;
        this.allowedDuplicates = Set.copyOf(allowedDuplicates);
        this.tried = tried;
    }

    /** A session in which every call is a transaction of its own, or part of the one on the stack. */
    public static GuardedSession open(
            Ports ports,
            CheckedModel compiled,
            LongFunction<CheckedModel> newer,
            Identity identity,
            HistoryEntry.Channel channel) {
        return new GuardedSession(
                ports, new AtomicReference<>(compiled), newer, identity, channel, false, null, Set.of(), null);
    }

    /** The session of a trigger's code: part of the save that the trigger belongs to. */
    static GuardedSession within(SaveContext context) {
        CheckedModel compiled = context.viewpoint().compiled();
        return new GuardedSession(
                context.ports(),
                new AtomicReference<>(compiled),
                version -> compiled,
                context.viewpoint().identity(),
                context.channel(),
                false,
                context,
                Set.of(),
                null);
    }

    /** The same person's session without the engine's rights, for code that a call starts. */
    GuardedSession asPerson(HistoryEntry.Channel through) {
        Identity person = new Identity(identity.user(), Identity.Kind.USER, identity.permissionSets());
        return new GuardedSession(ports, compiled, newer, person, through, reading, outer, allowedDuplicates, null);
    }

    /** The same for what code is given. */
    GuardedSession through(HistoryEntry.Channel code) {
        return new GuardedSession(ports, compiled, newer, identity, code, reading, outer, allowedDuplicates, null);
    }

    /** The same, for code that may not change anything. */
    GuardedSession reading() {
        return new GuardedSession(ports, compiled, newer, identity, channel, true, outer, allowedDuplicates, null);
    }

    private void requireWriting() {
        if (reading) {
            throw RecordsError.FUNCTION_WRITES.error().build();
        }
    }

    Ports ports() {
        return ports;
    }

    CheckedModel compiled() {
        return compiled.get();
    }

    Instant now() {
        return outer == null ? ports.clock().instant() : outer.viewpoint().now();
    }

    Viewpoint viewpoint() {
        return new Viewpoint(compiled(), identity, now(), ports.sealed(identity.tenant(), channel));
    }

    QueryRunner queries() {
        return new QueryRunner(viewpoint(), ports.store());
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public Model model() {
        return compiled().model();
    }

    @Override
    public ObjectAccess access(String object) {
        return viewpoint().requireAccess(object);
    }

    @Override
    public Scope scope(String object) {
        return viewpoint().scope(object);
    }

    @Override
    public Expr expression(String object, ExpressionText text) {
        return compiled().expression(object, text);
    }

    @Override
    public RecordSession allowingDuplicates(Set<String> rules) {
        return new GuardedSession(ports, compiled, newer, identity, channel, reading, outer, rules, tried);
    }

    @Override
    public RecordSession trying(TriedRows rows) {
        return new GuardedSession(ports, compiled, newer, identity, channel, reading, outer, allowedDuplicates, rows);
    }

    @Override
    public Page query(Query query) {
        return queries().page(query);
    }

    @Override
    public Optional<Row> find(String object, UUID id, Query.Selection select) {
        return queries().find(object, id, select);
    }

    @Override
    public RecordRights rights(String object, UUID id) {
        ObjectAccess access = access(object);
        QueryRunner queries = queries();
        if (!queries.matches(object, access.read(), id)) {
            throw SaveOrder.notFound(object, id);
        }
        return new RecordRights(
                queries.matches(object, access.update(), id), queries.matches(object, access.delete(), id));
    }

    @Override
    public Map<String, FieldState> formState(String object, Optional<UUID> id, Map<String, @Nullable Object> values) {
        return new FormStates(SaveContext.outermost(ports, viewpoint(), channel)).of(object, id, values);
    }

    @Override
    public Page candidates(
            String object,
            Optional<UUID> id,
            Map<String, @Nullable Object> values,
            String reference,
            Function<String, Query> query) {
        SaveContext context = SaveContext.outermost(ports, viewpoint(), channel);
        Field field = viewpoint().requireReadable(object, reference);
        String target =
                References.chosenFrom(field).orElseThrow(() -> viewpoint().unknownField(object, reference));
        // What is chosen now must not decide what else may be chosen.
        Map<String, @Nullable Object> others = new HashMap<>(values);
        others.remove(reference);
        WorkingRecord record = new FormStates(context).filled(object, id, others);
        return queries()
                .page(
                        query.apply(target),
                        Expr.and(
                                CandidateChecks.inUse(viewpoint().type(target)),
                                CandidateChecks.onTarget(record, reference, target)));
    }

    @Override
    public List<Map<String, @Nullable Object>> aggregate(Aggregation aggregation) {
        return queries().aggregate(aggregation);
    }

    @Override
    public Row create(String object, Map<String, @Nullable Object> values) {
        return save(context -> seen(context, object, new SaveOrder(context).create(object, values)));
    }

    @Override
    public Row update(String object, UUID id, Optional<Long> version, Map<String, @Nullable Object> changes) {
        return save(context -> {
            new SaveOrder(context).update(object, id, version, changes);
            return seen(context, object, id);
        });
    }

    @Override
    public void delete(String object, UUID id, Optional<Long> version) {
        save(context -> {
            new SaveOrder(context).delete(object, id, version);
            return true;
        });
    }

    @Override
    public List<RowOutcome> importRows(
            String object, List<Map<String, @Nullable Object>> rows, BiConsumer<Integer, List<RowOutcome>> kept) {
        return new ImportChunk(this, object, rows, kept).run();
    }

    @Override
    public List<HistoryEntry> history(String object, UUID id) {
        return new VisibleHistory(viewpoint(), queries(), ports.store()).of(object, id);
    }

    @Override
    public List<PossibleDuplicate> duplicates(String object, UUID id) {
        Viewpoint viewpoint = viewpoint();
        viewpoint.requireAccess(object);
        return new DuplicateSearch(viewpoint, ports.store()).of(compiled().plan(object), id);
    }

    @Override
    public LockState lockState(String object, UUID id) {
        return new Locking(SaveContext.outermost(ports, viewpoint(), channel)).state(object, id);
    }

    @Override
    public LockState.Seen lock(String object, UUID id, Optional<String> reason) {
        return save(context -> new Locking(context).lock(object, id, reason));
    }

    @Override
    public void unlock(String object, UUID id, Optional<Instant> seen) {
        save(context -> {
            new Locking(context).unlock(object, id, seen);
            return true;
        });
    }

    @Override
    public ActionResult runAction(String object, UUID id, String action, Map<String, @Nullable Object> parameters) {
        requireWriting();
        return new ActionCall(this).run(object, id, action, parameters);
    }

    @Override
    public @Nullable Object callFunction(
            String object, UUID id, String function, Map<String, @Nullable Object> parameters) {
        return new ActionCall(this).call(object, id, function, parameters);
    }

    @Override
    public Attachment attach(String object, UUID id, String fileName, String mediaType, InputStream content) {
        requireWriting();
        return new Attachments(this).attach(object, id, fileName, mediaType, content);
    }

    @Override
    public List<Attachment> attachments(String object, UUID id) {
        return new Attachments(this).of(object, id);
    }

    @Override
    public Optional<AttachmentContent> openAttachment(UUID attachmentId) {
        return new Attachments(this).open(attachmentId);
    }

    @Override
    public StoredFile upload(String object, String field, String fileName, InputStream content) {
        requireWriting();
        return new FieldFiles(this).upload(object, field, fileName, content);
    }

    @Override
    public Map<UUID, StoredFile> files(Collection<UUID> ids) {
        return new FieldFiles(this).known(ids);
    }

    @Override
    public Optional<FileContent> openFile(UUID id) {
        return new FieldFiles(this).open(id);
    }

    @Override
    public RecycleBin recycleBin() {
        return new VisibleRecycleBin(this);
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        Supplier<T> whole = () -> ports.store().inTransaction(identity.tenant(), work);
        return ports.store().transactionRuns() ? whole.get() : Conflicts.retrying(whole);
    }

    @Override
    public boolean transactionRuns() {
        return ports.store().transactionRuns();
    }

    @Override
    public RecordClient client() {
        return new SessionClient(this);
    }

    /** Runs a save: in a transaction of its own, or as part of the one whose trigger asks for it. */
    <T> T save(Function<SaveContext, T> work) {
        requireWriting();
        SaveContext within = outer;
        if (within == null) {
            return inTransaction(() -> {
                CheckedModel used = compiled();
                T saved = work.apply(SaveContext.outermost(ports, viewpoint(), channel)
                        .allowing(allowedDuplicates)
                        .trying(tried));
                requireInForce(used);
                return saved;
            });
        }
        try {
            return work.apply(within);
        } catch (PlatformException refused) {
            throw within.fail(refused);
        }
    }

    /** A save under rules that are not in force any more is taken back; tried again, it keeps to the new ones. */
    private void requireInForce(CheckedModel used) {
        if (!ports.store().holdModel(used.model())) {
            compiled.set(newer.apply(used.model().version()));
            throw RecordsError.MODEL_CHANGED.error().build();
        }
    }

    /** The record as its saver may see it; only its id where he may not. */
    private Row seen(SaveContext context, String object, UUID id) {
        return context.queries()
                .find(object, id, Query.Selection.ALL)
                .orElseGet(() -> new Row(object, id, 0, Map.of(), Map.of(), Map.of()));
    }
}
