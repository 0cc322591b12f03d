package dev.tenon.script;

import dev.tenon.sdk.ActingUser;
import dev.tenon.sdk.plugin.CallContext;
import dev.tenon.sdk.plugin.RecordTrigger;
import dev.tenon.sdk.record.Attachment;
import dev.tenon.sdk.record.RecordClient;
import dev.tenon.sdk.record.RecordData;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.sdk.record.RecordLock;
import dev.tenon.sdk.record.RecordQuery;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A call's surroundings with records in a map and a list of what was asked. */
final class TestContext implements CallContext, RecordClient {

    static final UUID USER = UUID.fromString("0190a000-0000-7000-8000-000000000001");

    final Map<UUID, RecordData> rows = new LinkedHashMap<>();
    private final Map<UUID, RecordLock> locks = new LinkedHashMap<>();
    final Map<String, Object> settings = new LinkedHashMap<>();
    final List<String> asked = new ArrayList<>();
    Function<String, @Nullable RuntimeException> failure = name -> null;
    Runnable onFind = () -> {};

    @Override
    public ActingUser user() {
        return new ActingUser("market", USER, "王伟", Locale.ENGLISH, ZoneOffset.UTC);
    }

    @Override
    public Instant now() {
        return Instant.parse("2026-03-01T08:00:00Z");
    }

    @Override
    public RecordClient records() {
        return this;
    }

    @Override
    public Optional<Object> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    private void note(String what) {
        asked.add(what);
        RuntimeException thrown = failure.apply(what);
        if (thrown != null) {
            throw thrown;
        }
    }

    RecordData add(String object, Map<String, @Nullable Object> values) {
        RecordData row = new RecordData(object, RecordIds.next(), 1, values);
        rows.put(row.id(), row);
        return row;
    }

    @Override
    public Optional<RecordData> find(String object, UUID id) {
        note("find " + object);
        onFind.run();
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    public List<RecordData> query(RecordQuery query) {
        note("query " + query);
        return rows.values().stream()
                .filter(r -> r.object().equals(query.object()))
                .toList();
    }

    @Override
    public long count(RecordQuery query) {
        note("count " + query);
        return query(query).size();
    }

    @Override
    public RecordData create(String object, Map<String, @Nullable Object> values) {
        note("create " + object + " " + values);
        return add(object, values);
    }

    @Override
    public RecordData update(String object, UUID id, long version, Map<String, @Nullable Object> changes) {
        note("update " + object + " " + version + " " + changes);
        Map<String, @Nullable Object> values = new LinkedHashMap<>(rows.get(id).values());
        values.putAll(changes);
        RecordData row = new RecordData(object, id, version + 1, values);
        rows.put(id, row);
        return row;
    }

    @Override
    public void delete(String object, UUID id, long version) {
        note("delete " + object);
        rows.remove(id);
    }

    @Override
    public Optional<RecordLock> findLock(String object, UUID id) {
        return Optional.ofNullable(locks.get(id));
    }

    @Override
    public RecordLock lock(String object, UUID id, String reason) {
        note("lock " + object + " <" + reason + ">");
        RecordLock lock = new RecordLock(
                Optional.empty(),
                Instant.parse("2026-05-04T10:00:00Z"),
                Optional.of(reason).filter(r -> !r.isEmpty()));
        locks.put(id, lock);
        return lock;
    }

    @Override
    public void unlock(String object, UUID id) {
        note("unlock " + object);
        locks.remove(id);
    }

    @Override
    public Attachment attach(String object, UUID id, String fileName, String mediaType, byte[] content) {
        throw new UnsupportedOperationException("scripts have no attachments");
    }

    @Override
    public List<Attachment> attachments(String object, UUID id) {
        return List.of();
    }

    /** A change that keeps what is set. */
    static final class Change implements RecordTrigger.Change {
        final Map<String, @Nullable Object> values = new LinkedHashMap<>();
        final Map<String, @Nullable Object> set = new LinkedHashMap<>();

        @Nullable
        RecordData before;

        @Nullable
        RuntimeException refuse;

        Change with(String field, @Nullable Object value) {
            values.put(field, value);
            return this;
        }

        @Override
        public String object() {
            return "recruiting__Offer";
        }

        @Override
        public Optional<RecordData> before() {
            return Optional.ofNullable(before);
        }

        @Override
        public Map<String, @Nullable Object> values() {
            return values;
        }

        @Override
        public void set(String field, @Nullable Object value) {
            if (refuse != null) {
                throw refuse;
            }
            set.put(field, value);
        }
    }
}
