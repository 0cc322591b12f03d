package dev.tenon.records.internal;

import dev.tenon.records.internal.ObjectPlan.DuplicatePlan;
import dev.tenon.records.port.MatchKeyStore.MatchKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps the keys of duplicate rules with the records, whatever way these are written. */
final class MatchKeyWriting {

    private final SaveContext context;

    MatchKeyWriting(SaveContext context) {
        this.context = context;
    }

    /** All keys of a record under the rules of its object. */
    static List<MatchKey> of(ObjectPlan plan, Map<String, @Nullable Object> values) {
        Set<MatchKey> keys = new LinkedHashSet<>();
        for (DuplicatePlan rule : plan.duplicates()) {
            rule.match().forEach(alternative -> keys.addAll(alternative.keys(values)));
        }
        return List.copyOf(keys);
    }

    /** @param records of one object, new ones or such that came back */
    void inserted(Collection<WorkingRecord> records) {
        Map<UUID, List<MatchKey>> keys = new LinkedHashMap<>();
        for (WorkingRecord record : records) {
            if (!record.plan().duplicates().isEmpty()) {
                keys.put(record.id(), of(record.plan(), record.values()));
            }
        }
        if (!keys.isEmpty()) {
            context.ports().store().matchKeys().add(tenant(), keys);
        }
    }

    void updated(WorkingRecord record) {
        Set<String> changed = record.changed();
        boolean concerned = record.plan().duplicates().stream()
                .flatMap(rule -> rule.match().stream())
                .anyMatch(alternative -> alternative.fields().stream().anyMatch(changed::contains));
        if (concerned) {
            context.ports()
                    .store()
                    .matchKeys()
                    .replace(tenant(), Map.of(record.id(), of(record.plan(), record.values())));
        }
    }

    void deleted(WorkingRecord record) {
        if (!record.plan().duplicates().isEmpty()) {
            context.ports().store().matchKeys().remove(tenant(), List.of(record.id()));
        }
    }

    private String tenant() {
        return context.viewpoint().identity().tenant();
    }
}
