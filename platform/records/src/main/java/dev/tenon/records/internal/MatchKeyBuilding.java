package dev.tenon.records.internal;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.MatchedFields.Reached;
import dev.tenon.records.RecordsError;
import dev.tenon.records.port.MatchKeyStore;
import dev.tenon.records.port.MatchKeyStore.MatchKey;
import dev.tenon.records.port.RecordStore.LockedPage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Writes the keys of records that are older than a rule, a few at a time, each locked so that no save comes between. */
public final class MatchKeyBuilding {

    private static final int BATCH = 500;

    private final Ports ports;
    private final CheckedModel compiled;

    public MatchKeyBuilding(Ports ports, CheckedModel compiled) {
        this.ports = ports;
        this.compiled = compiled;
    }

    public long begin(String object, Set<String> definitions) {
        MatchKeyStore keys = ports.store().matchKeys();
        Model model = compiled.model();
        definitions.forEach(definition -> keys.forget(model.tenant(), definition));
        Set<String> used = MatchKeys.definitions(model).getOrDefault(object, Set.of());
        return definitions.stream().anyMatch(used::contains) ? keys.count(model, object) : 0;
    }

    public Reached next(String object, Optional<UUID> last) {
        Model model = compiled.model();
        MatchKeyStore store = ports.store().matchKeys();
        return ports.store().givingWay(model.tenant(), () -> {
            LockedPage page = ports.store().lockAfter(model, object, last, BATCH);
            Map<UUID, List<MatchKey>> keys = new LinkedHashMap<>();
            page.rows().forEach(row -> keys.put(row.id(), MatchKeyWriting.of(compiled.plan(object), row.values())));
            store.replace(model.tenant(), keys);
            if (!ports.store().holdModel(model)) {
                throw RecordsError.MODEL_CHANGED.error().build();
            }
            return new Reached(page.last(), page.rows().size());
        });
    }
}
