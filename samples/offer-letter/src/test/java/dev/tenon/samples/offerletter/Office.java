package dev.tenon.samples.offerletter;

import dev.tenon.sdk.ActingUser;
import dev.tenon.sdk.plugin.CallContext;
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

/** A call's surroundings: records in a list, attachments in a map. */
final class Office implements CallContext, RecordClient {

    final Map<String, byte[]> attached = new LinkedHashMap<>();
    private final List<RecordData> rows = new ArrayList<>();
    private final Locale locale;

    Office(Locale locale) {
        this.locale = locale;
    }

    RecordData add(String object, Map<String, @Nullable Object> values) {
        RecordData row = new RecordData(object, RecordIds.next(), 1, values);
        rows.add(row);
        return row;
    }

    void hide(String object) {
        rows.removeIf(row -> row.object().equals(object));
    }

    @Override
    public ActingUser user() {
        return new ActingUser("market", RecordIds.next(), "Wang Wei", locale, ZoneOffset.UTC);
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
        return Optional.empty();
    }

    @Override
    public Optional<RecordData> find(String object, UUID id) {
        return rows.stream().filter(row -> row.id().equals(id)).findFirst();
    }

    @Override
    public List<RecordData> query(RecordQuery query) {
        return rows.stream()
                .filter(row -> row.object().equals(query.object()))
                .filter(row -> query.parameters().get("wanted").equals(row.value("language")))
                .limit(query.top())
                .toList();
    }

    @Override
    public long count(RecordQuery query) {
        return query(query).size();
    }

    @Override
    public RecordData create(String object, Map<String, @Nullable Object> values) {
        throw new UnsupportedOperationException("the plugin writes no records");
    }

    @Override
    public RecordData update(String object, UUID id, long version, Map<String, @Nullable Object> changes) {
        throw new UnsupportedOperationException("the plugin writes no records");
    }

    @Override
    public void delete(String object, UUID id, long version) {
        throw new UnsupportedOperationException("the plugin writes no records");
    }

    @Override
    public Optional<RecordLock> findLock(String object, UUID id) {
        return Optional.empty();
    }

    @Override
    public RecordLock lock(String object, UUID id, String reason) {
        throw new UnsupportedOperationException("the plugin locks no records");
    }

    @Override
    public void unlock(String object, UUID id) {
        throw new UnsupportedOperationException("the plugin unlocks no records");
    }

    @Override
    public Attachment attach(String object, UUID id, String fileName, String mediaType, byte[] content) {
        attached.put(fileName, content);
        return new Attachment(RecordIds.next(), fileName, mediaType, content.length, user().id(), now());
    }

    @Override
    public List<Attachment> attachments(String object, UUID id) {
        return List.of();
    }
}
