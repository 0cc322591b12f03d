package dev.tenon.plugin;

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
import org.jspecify.annotations.Nullable;

/** Somebody who calls plugins: a context whose record client notes what is asked of it. */
final class Caller implements CallContext, RecordClient, RecordTrigger.Change {

    static final RecordData RECORD = new RecordData("o", RecordIds.next(), 1, Map.of("name", "n"));

    final List<String> asked = new ArrayList<>();
    final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    @Nullable
    ClassLoader loaderInside;

    private void note(String what) {
        asked.add(what);
        loaderInside = Thread.currentThread().getContextClassLoader();
    }

    @Override
    public ActingUser user() {
        return new ActingUser("t", RECORD.id(), "u", Locale.ENGLISH, ZoneOffset.UTC);
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }

    @Override
    public RecordClient records() {
        return this;
    }

    @Override
    public Optional<Object> setting(String name) {
        return Optional.of("value of " + name);
    }

    @Override
    public Optional<RecordData> find(String object, UUID id) {
        note("find");
        return Optional.of(RECORD);
    }

    @Override
    public List<RecordData> query(RecordQuery query) {
        note("query");
        return List.of(RECORD);
    }

    @Override
    public long count(RecordQuery query) {
        note("count");
        return 1;
    }

    @Override
    public RecordData create(String object, Map<String, @Nullable Object> given) {
        note("create");
        return RECORD;
    }

    @Override
    public RecordData update(String object, UUID id, long version, Map<String, @Nullable Object> changes) {
        note("update");
        return RECORD;
    }

    @Override
    public void delete(String object, UUID id, long version) {
        note("delete");
    }

    @Override
    public Optional<RecordLock> findLock(String object, UUID id) {
        note("findLock");
        return Optional.empty();
    }

    @Override
    public RecordLock lock(String object, UUID id, String reason) {
        note("lock");
        return new RecordLock(Optional.of(RECORD.id()), now(), Optional.of(reason));
    }

    @Override
    public void unlock(String object, UUID id) {
        note("unlock");
    }

    @Override
    public Attachment attach(String object, UUID id, String fileName, String mediaType, byte[] content) {
        note("attach");
        return new Attachment(RecordIds.next(), fileName, mediaType, content.length, RECORD.id(), now());
    }

    @Override
    public List<Attachment> attachments(String object, UUID id) {
        note("attachments");
        return List.of();
    }

    @Override
    public String object() {
        return "o";
    }

    @Override
    public Optional<RecordData> before() {
        return Optional.empty();
    }

    @Override
    public Map<String, @Nullable Object> values() {
        return values;
    }

    @Override
    public void set(String field, @Nullable Object value) {
        values.put(field, value);
    }
}
