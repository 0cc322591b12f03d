package dev.tenon.plugin.internal;

import dev.tenon.plugin.PluginError;
import dev.tenon.plugin.Scope;
import dev.tenon.sdk.plugin.CallContext;
import dev.tenon.sdk.record.Attachment;
import dev.tenon.sdk.record.RecordClient;
import dev.tenon.sdk.record.RecordData;
import dev.tenon.sdk.record.RecordLock;
import dev.tenon.sdk.record.RecordQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The record client as far as the plugin declared that it uses it. */
final class ScopedRecords implements RecordClient {

    private final LoadedPlugin plugin;
    private final GuardedCall call;
    private final CallContext given;

    ScopedRecords(LoadedPlugin plugin, GuardedCall call, CallContext given) {
        this.plugin = plugin;
        this.call = call;
        this.given = given;
    }

    private <T> T with(Scope scope, String operation, Supplier<T> work) {
        if (!plugin.manifest().scopes().contains(scope)) {
            throw plugin.error(PluginError.SCOPE_MISSING, operation)
                    .with("operation", operation)
                    .with("scope", scope.text())
                    .with(
                            "scopes",
                            plugin.manifest().scopes().isEmpty()
                                    ? "-"
                                    : plugin.manifest().scopes().stream()
                                            .map(Scope::text)
                                            .sorted()
                                            .collect(Collectors.joining(", ")))
                    .build();
        }
        return call.inPlatform(work);
    }

    @Override
    public Optional<RecordData> find(String object, UUID id) {
        return with(Scope.RECORDS_READ, "find", () -> given.records().find(object, id));
    }

    @Override
    public List<RecordData> query(RecordQuery query) {
        return with(Scope.RECORDS_READ, "query", () -> given.records().query(query));
    }

    @Override
    public long count(RecordQuery query) {
        return with(Scope.RECORDS_READ, "count", () -> given.records().count(query));
    }

    @Override
    public RecordData create(String object, Map<String, @Nullable Object> values) {
        return with(Scope.RECORDS_WRITE, "create", () -> given.records().create(object, values));
    }

    @Override
    public RecordData update(String object, UUID id, long version, Map<String, @Nullable Object> changes) {
        return with(Scope.RECORDS_WRITE, "update", () -> given.records().update(object, id, version, changes));
    }

    @Override
    public void delete(String object, UUID id, long version) {
        with(Scope.RECORDS_WRITE, "delete", () -> {
            given.records().delete(object, id, version);
            return true;
        });
    }

    @Override
    public Optional<RecordLock> findLock(String object, UUID id) {
        return with(Scope.RECORDS_READ, "findLock", () -> given.records().findLock(object, id));
    }

    @Override
    public RecordLock lock(String object, UUID id, String reason) {
        return with(Scope.RECORDS_WRITE, "lock", () -> given.records().lock(object, id, reason));
    }

    @Override
    public void unlock(String object, UUID id) {
        with(Scope.RECORDS_WRITE, "unlock", () -> {
            given.records().unlock(object, id);
            return true;
        });
    }

    @Override
    public Attachment attach(String object, UUID id, String fileName, String mediaType, byte[] content) {
        return with(
                Scope.ATTACHMENTS, "attach", () -> given.records().attach(object, id, fileName, mediaType, content));
    }

    @Override
    public List<Attachment> attachments(String object, UUID id) {
        return with(Scope.ATTACHMENTS, "attachments", () -> given.records().attachments(object, id));
    }
}
