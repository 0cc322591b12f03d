package dev.tenon.approval.internal;

import dev.tenon.approval.ApprovalError;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.Attachment;
import dev.tenon.sdk.record.RecordClient;
import dev.tenon.sdk.record.RecordData;
import dev.tenon.sdk.record.RecordLock;
import dev.tenon.sdk.record.RecordQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records for code that finds approvers: it may be asked several times for one decision, so it must not write. */
record ReadOnlyClient(RecordClient client) implements RecordClient {

    @Override
    public Optional<RecordData> find(String object, UUID id) {
        return client.find(object, id);
    }

    @Override
    public List<RecordData> query(RecordQuery query) {
        return client.query(query);
    }

    @Override
    public long count(RecordQuery query) {
        return client.count(query);
    }

    @Override
    public RecordData create(String object, Map<String, @Nullable Object> values) {
        throw refused();
    }

    @Override
    public RecordData update(String object, UUID id, long version, Map<String, @Nullable Object> changes) {
        throw refused();
    }

    @Override
    public void delete(String object, UUID id, long version) {
        throw refused();
    }

    @Override
    public Optional<RecordLock> findLock(String object, UUID id) {
        return client.findLock(object, id);
    }

    @Override
    public RecordLock lock(String object, UUID id, String reason) {
        throw refused();
    }

    @Override
    public void unlock(String object, UUID id) {
        throw refused();
    }

    @Override
    public Attachment attach(String object, UUID id, String fileName, String mediaType, byte[] content) {
        throw refused();
    }

    @Override
    public List<Attachment> attachments(String object, UUID id) {
        return client.attachments(object, id);
    }

    private static PlatformException refused() {
        return ApprovalError.RESOLVER_READ_ONLY.error().build();
    }
}
