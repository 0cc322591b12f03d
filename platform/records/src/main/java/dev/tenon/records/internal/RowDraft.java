package dev.tenon.records.internal;

import dev.tenon.metadata.model.FieldType;
import dev.tenon.records.Query;
import dev.tenon.records.Row;
import dev.tenon.records.port.NamedValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row whose children are still being read. */
final class RowDraft {

    /** Before the name of a field: the links that are read for its value. */
    static final String IDS = "ids of ";

    private final String object;
    private final UUID id;
    private final long version;
    private final NamedValues values;
    private final Query.Selection selection;
    /** Most rows have none, and there are many rows. */
    private Map<String, @Nullable RowDraft> parents = Map.of();

    private Map<String, List<RowDraft>> children = Map.of();

    /** Ids by field. */
    private Map<String, List<?>> linked = Map.of();

    RowDraft(String object, UUID id, long version, NamedValues values, Query.Selection selection) {
        this.object = object;
        this.id = id;
        this.version = version;
        this.values = values;
        this.selection = selection;
    }

    String object() {
        return object;
    }

    UUID id() {
        return id;
    }

    void parent(String name, @Nullable RowDraft parent) {
        if (parents.isEmpty()) {
            parents = new LinkedHashMap<>();
        }
        parents.put(name, parent);
    }

    void children(String name, List<RowDraft> rows) {
        if (name.startsWith(IDS)) {
            List<UUID> ids = new ArrayList<>();
            for (RowDraft link : rows) {
                if (link.values.get(FieldType.ManyToMany.TARGET) instanceof UUID id) {
                    ids.add(id);
                }
            }
            if (linked.isEmpty()) {
                linked = new LinkedHashMap<>();
            }
            linked.put(name.substring(IDS.length()), List.copyOf(ids));
            return;
        }
        if (children.isEmpty()) {
            children = new LinkedHashMap<>();
        }
        children.put(name, rows);
    }

    /** The record that this one refers to; itself where no reference is named. */
    RowDraft behind(Optional<String> reference) {
        RowDraft parent = reference.isPresent() ? parents.get(reference.get()) : null;
        return parent == null ? this : parent;
    }

    /** Adds this draft and its parents to those that have the same children to read. */
    void collect(Map<Query.Selection, Map<String, List<RowDraft>>> bySelection) {
        if (!selection.children().isEmpty()) {
            bySelection
                    .computeIfAbsent(selection, s -> new LinkedHashMap<>())
                    .computeIfAbsent(object, o -> new ArrayList<>())
                    .add(this);
        }
        for (RowDraft parent : parents.values()) {
            if (parent != null) {
                parent.collect(bySelection);
            }
        }
    }

    Row finish() {
        return new Row(object, id, version, finishedValues(), finishedParents(), finishedChildren());
    }

    private Map<String, @Nullable Object> finishedValues() {
        if (linked.isEmpty()) {
            return values;
        }
        Map<String, @Nullable Object> finished = new LinkedHashMap<>(values);
        finished.putAll(linked);
        return finished;
    }

    private Map<String, @Nullable Row> finishedParents() {
        if (parents.isEmpty()) {
            return Map.of();
        }
        Map<String, @Nullable Row> finished = LinkedHashMap.newLinkedHashMap(parents.size());
        parents.forEach((name, parent) -> finished.put(name, parent == null ? null : parent.finish()));
        return finished;
    }

    private Map<String, List<Row>> finishedChildren() {
        if (children.isEmpty()) {
            return Map.of();
        }
        Map<String, List<Row>> finished = new LinkedHashMap<>();
        children.forEach((name, rows) ->
                finished.put(name, rows.stream().map(RowDraft::finish).toList()));
        return finished;
    }
}
