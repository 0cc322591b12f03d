package dev.tenon.approval.internal;

import dev.tenon.approval.engine.Event;
import dev.tenon.approval.port.ApprovalChange.ChainedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Links events by hashes, so that a changed or missing one shows. */
public final class EventChain {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private EventChain() {}

    static List<ChainedEvent> link(UUID instance, String lastHash, List<Event> events) {
        List<ChainedEvent> chained = new ArrayList<>();
        String previous = lastHash;
        for (Event event : events) {
            String data = MAPPER.writeValueAsString(new TreeMap<>(event.data()));
            String hash = Hashes.of(previous + canonical(instance, event, data));
            chained.add(new ChainedEvent(event, previous, hash, data));
            previous = hash;
        }
        return chained;
    }

    private static String canonical(UUID instance, Event event, String data) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("instance", instance.toString());
        node.put("seq", event.seq());
        node.put("at", event.at().toString());
        node.put("kind", event.kind().name());
        node.put("actor", String.valueOf(event.actor()));
        node.put("run", String.valueOf(event.run()));
        node.put("step", String.valueOf(event.stepKey()));
        node.put("task", String.valueOf(event.task()));
        node.put("round", event.round());
        node.put("reason", String.valueOf(event.reason()));
        node.put("data", data);
        return MAPPER.writeValueAsString(node);
    }

    /** JSON of a flat map, keys in order. */
    static String json(Map<String, Object> values) {
        return MAPPER.writeValueAsString(new TreeMap<>(values));
    }
}
