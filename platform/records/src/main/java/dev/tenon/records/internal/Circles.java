package dev.tenon.records.internal;

import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.records.port.RecordStore.StoredRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lookups to the own object that must not lead a record, over others, back to itself. */
final class Circles {

    /** Stands for a record that is not the caller's to see. */
    private static final String UNSEEN = "…";

    private final SaveContext context;

    Circles(SaveContext context) {
        this.context = context;
    }

    /** The way back to the record by names, as far as the caller may know them; absent where there is none. */
    Optional<String> through(WorkingRecord record, Field field) {
        boolean concerned = field.type() instanceof FieldType.Lookup lookup && !lookup.circles() && !record.isNew();
        if (!concerned || !record.changed().contains(field.name())) {
            return Optional.empty();
        }
        Map<UUID, Map<String, @Nullable Object>> passed = new HashMap<>();
        Set<UUID> way = new LinkedHashSet<>();
        way.add(record.id());
        passed.put(record.id(), record.values());
        @Nullable Object at = record.value(field.name());
        while (at instanceof UUID next && way.add(next)) {
            // Locked, so that nobody else closes the circle at the same moment from its other side.
            Optional<StoredRow> row = context.ports()
                    .store()
                    .lock(context.viewpoint().model(), record.plan().name(), next);
            at = row.map(r -> r.values().get(field.name())).orElse(null);
            row.ifPresent(r -> passed.put(next, r.values()));
        }
        return record.id().equals(at) ? Optional.of(names(record.plan(), way, passed)) : Optional.empty();
    }

    private String names(ObjectPlan plan, Set<UUID> way, Map<UUID, Map<String, @Nullable Object>> passed) {
        ObjectAccess access = context.viewpoint().access(plan.name());
        String title = plan.type().titleField();
        boolean told = access.mayRead(title) && !access.conditions().containsKey(title);
        Expr read = access.read();
        Set<UUID> seen = told ? context.queries().matchingAll(plan.name(), read, way) : Set.of();
        List<UUID> all = new ArrayList<>(way);
        all.add(all.getFirst());
        return all.stream()
                .map(id -> {
                    @Nullable Object name = passed.getOrDefault(id, Map.of()).get(title);
                    return name == null || !seen.contains(id) ? UNSEEN : name.toString();
                })
                .collect(Collectors.joining(" → "));
    }
}
