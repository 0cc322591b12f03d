package dev.tenon.tenancy.internal;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.MatchedFields;
import dev.tenon.tenancy.port.SchemaEvolution;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which keys of duplicate rules a new version has to be followed by, by object. */
final class MatchKeysDue {

    private MatchKeysDue() {}

    /** What comes has to be made for existing records; what goes is no longer kept right and has to be forgotten. */
    static Map<String, Set<String>> of(SchemaEvolution schema, String tenant, Model before, Model next) {
        Map<String, Set<String>> had = MatchedFields.definitions(before);
        Map<String, Set<String>> has = MatchedFields.definitions(next);
        Set<String> objects = new TreeSet<>(before.objects().keySet());
        if (!objects.containsAll(has.keySet())) {
            // An object that comes back has its records.
            schema.kept(tenant).stream()
                    .filter(data -> data.field().isEmpty() && data.purgedAt().isEmpty())
                    .forEach(data -> objects.add(data.object()));
        }
        Map<String, Set<String>> due = new TreeMap<>();
        objects.forEach(object -> {
            Set<String> old = had.getOrDefault(object, Set.of());
            Set<String> now = has.getOrDefault(object, Set.of());
            Set<String> different = new TreeSet<>(old);
            different.addAll(now);
            different.removeIf(definition -> old.contains(definition) && now.contains(definition));
            if (!different.isEmpty()) {
                due.put(object, different);
            }
        });
        return due;
    }
}
