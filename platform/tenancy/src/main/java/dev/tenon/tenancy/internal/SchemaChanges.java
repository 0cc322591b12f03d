package dev.tenon.tenancy.internal;

import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.tenancy.KeptData;
import dev.tenon.tenancy.SchemaChange;
import dev.tenon.tenancy.TenancyError;
import dev.tenon.tenancy.port.SchemaEvolution;
import dev.tenon.tenancy.port.TenancyStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Changes of large tables, as those who customize see them. */
final class SchemaChanges {

    /** More than a tenant makes in years. */
    private static final int ALL = 10_000;

    private final SchemaEvolution schema;
    private final TenancyStore store;

    SchemaChanges(SchemaEvolution schema, TenancyStore store) {
        this.schema = schema;
        this.store = store;
    }

    List<SchemaChange> list(String tenant, int limit) {
        // Asked first: a publication that ends in between is then told as still ending, never as done too early.
        boolean publishing = store.intents().contains(tenant);
        List<SchemaChange> changes = schema.changes(tenant, limit);
        if (!publishing
                || changes.isEmpty()
                || changes.getFirst().state() != SchemaChange.State.DONE
                || changes.getFirst().phase() == SchemaChange.Phase.MATCHING) {
            return changes;
        }
        return Stream.concat(
                        Stream.of(changes.getFirst().switching()),
                        changes.stream().skip(1))
                .toList();
    }

    SchemaChange find(String tenant, UUID id) {
        return list(tenant, ALL).stream()
                .filter(change -> change.id().equals(id))
                .findFirst()
                .orElseThrow(() -> TenancyError.UNKNOWN_SCHEMA_CHANGE
                        .error()
                        .with("id", id)
                        .build());
    }

    List<KeptData> kept(String tenant) {
        return schema.kept(tenant);
    }

    /**
     * What a version took out of the model can only come back with its data while that is kept.
     *
     * @param changes what the undo does, in its words
     */
    void requireData(String tenant, long version, List<String> changes) {
        List<KeptData> all = schema.kept(tenant);
        Set<String> present = all.stream()
                .filter(data -> data.purgedAt().isEmpty() && !data.former())
                .map(KeptData::element)
                .collect(Collectors.toSet());
        // It may have come back since, and have left again: then the data of that time are gone.
        List<ErrorDetail> gone = all.stream()
                .filter(data -> data.purgedAt().isPresent()
                        && (data.version() == version
                                || data.version() > version && changes.contains("add " + data.element()))
                        && !present.contains(data.element()))
                .map(data -> new ErrorDetail(
                        TenancyError.UNDO_DATA_GONE,
                        "/" + data.element(),
                        Map.of(
                                "element",
                                data.element(),
                                "at",
                                data.purgedAt().get().toString())))
                .distinct()
                .toList();
        if (!gone.isEmpty()) {
            throw TenancyError.UNDO_DATA_PURGED
                    .error()
                    .with("version", version)
                    .details(gone)
                    .build();
        }
    }

    void cancel(String tenant, UUID id) {
        SchemaChange change = find(tenant, id);
        if (!schema.cancel(tenant, id)) {
            throw TenancyError.SCHEMA_CHANGE_DECIDED
                    .error()
                    .with("id", id)
                    .with("state", change.state())
                    .build();
        }
    }
}
