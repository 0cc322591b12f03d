package dev.tenon.records.internal;

import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.expression.Scope;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.LockState;
import dev.tenon.records.Page;
import dev.tenon.records.Query;
import dev.tenon.records.Row;
import dev.tenon.sdk.record.Attachment;
import dev.tenon.sdk.record.RecordClient;
import dev.tenon.sdk.record.RecordData;
import dev.tenon.sdk.record.RecordLock;
import dev.tenon.sdk.record.RecordQuery;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The door in the words of the SDK, for scripts and plugins: names and texts instead of checked expressions. */
final class SessionClient implements RecordClient {

    private final GuardedSession session;

    SessionClient(GuardedSession session) {
        this.session = session;
    }

    @Override
    public Optional<RecordData> find(String object, UUID id) {
        return session.find(object, id, everything(object)).map(SdkRecords::data);
    }

    @Override
    public List<RecordData> query(RecordQuery asked) {
        Page page = run(asked, asked.top(), asked.skip(), false);
        List<RecordData> records = new ArrayList<>();
        for (Row row : page.rows()) {
            records.add(asked.select().isEmpty() ? SdkRecords.data(row) : data(row, asked.select()));
        }
        return records;
    }

    @Override
    public long count(RecordQuery asked) {
        return run(asked, 0, 0, true).count().orElse(0);
    }

    @Override
    public RecordData create(String object, Map<String, @Nullable Object> values) {
        return whole(session.create(object, values));
    }

    @Override
    public RecordData update(String object, UUID id, long version, Map<String, @Nullable Object> changes) {
        return whole(session.update(object, id, Optional.of(version), changes));
    }

    /** Every readable field; code is given links, too, at the price of a question for each such field. */
    private Query.Selection everything(String object) {
        ObjectAccess access = session.access(object);
        ObjectType type = session.model().requireObject(object);
        List<String> linking = type.fields().values().stream()
                .filter(f -> References.links(f).isPresent() && access.mayRead(f.name()))
                .map(Field::name)
                .toList();
        if (linking.isEmpty()) {
            return Query.Selection.ALL;
        }
        List<String> names = new ArrayList<>(QueryRunner.readableFields(type, access));
        names.addAll(linking);
        return new Query.Selection(names, Map.of(), Map.of());
    }

    private RecordData whole(Row saved) {
        Query.Selection everything = everything(saved.object());
        return everything.fields().isEmpty()
                ? SdkRecords.data(saved)
                : session.find(saved.object(), saved.id(), everything)
                        .map(SdkRecords::data)
                        .orElseGet(() -> SdkRecords.data(saved));
    }

    @Override
    public void delete(String object, UUID id, long version) {
        session.delete(object, id, Optional.of(version));
    }

    @Override
    public Optional<RecordLock> findLock(String object, UUID id) {
        return session.lockState(object, id).lock().map(SessionClient::data);
    }

    @Override
    public RecordLock lock(String object, UUID id, String reason) {
        return data(session.lock(object, id, Optional.of(reason)));
    }

    @Override
    public void unlock(String object, UUID id) {
        session.unlock(object, id, Optional.empty());
    }

    private static RecordLock data(LockState.Seen lock) {
        return new RecordLock(lock.by(), lock.at(), lock.reason());
    }

    @Override
    public Attachment attach(String object, UUID id, String fileName, String mediaType, byte[] content) {
        return session.attach(object, id, fileName, mediaType, new ByteArrayInputStream(content));
    }

    @Override
    public List<Attachment> attachments(String object, UUID id) {
        return session.attachments(object, id);
    }

    private Page run(RecordQuery asked, int top, int skip, boolean count) {
        Scope scope = session.scope(asked.object());
        FilterText filter = FilterText.compile(asked, scope);
        ExprBuilder names = new ExprBuilder(scope);
        List<Query.SortKey> sort = count
                ? List.of()
                : asked.orderBy().stream()
                        .map(key -> new Query.SortKey(names.field(key.path()), key.descending()))
                        .toList();
        Query query = new Query(
                asked.object(),
                count ? Query.Selection.ALL : selected(asked),
                filter.condition(),
                sort,
                top,
                skip,
                count);
        return new QueryRunner(
                        session.viewpoint().with(filter.parameters()),
                        session.ports().store())
                .page(query);
    }

    private Query.Selection selected(RecordQuery asked) {
        return asked.select().isEmpty() ? everything(asked.object()) : selection(asked.select());
    }

    /** Paths over lookups as selections within selections. */
    private static Query.Selection selection(List<String> paths) {
        List<String> fields = new ArrayList<>();
        Map<String, List<String>> further = new LinkedHashMap<>();
        for (String path : paths) {
            int dot = path.indexOf('.');
            if (dot < 0) {
                fields.add(path);
            } else {
                further.computeIfAbsent(path.substring(0, dot), p -> new ArrayList<>())
                        .add(path.substring(dot + 1));
            }
        }
        Map<String, Query.Selection> parents = new LinkedHashMap<>();
        further.forEach((lookup, rest) -> parents.put(lookup, selection(rest)));
        if (fields.isEmpty() && !parents.isEmpty()) {
            // No field at all would mean every field.
            fields.add(SystemField.ID);
        }
        return new Query.Selection(fields, parents, Map.of());
    }

    private static RecordData data(Row row, List<String> paths) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String path : paths) {
            values.put(path, value(row, path));
        }
        return SdkRecords.data(row.object(), row.id(), row.version(), values);
    }

    private static @Nullable Object value(@Nullable Row row, String path) {
        if (row == null) {
            return null;
        }
        int dot = path.indexOf('.');
        return dot < 0
                ? row.values().get(path)
                : value(row.parents().get(path.substring(0, dot)), path.substring(dot + 1));
    }
}
