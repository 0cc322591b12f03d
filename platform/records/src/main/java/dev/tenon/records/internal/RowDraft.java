package dev.tenon.records.internal;

import dev.tenon.metadata.model.FieldType;
import dev.tenon.records.Query;
import dev.tenon.records.Row;
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
    private final Map<String, @Nullable Object> values;
    private final Query.Selection selection;
    private final Map<String, @Nullable RowDraft> parents = new LinkedHashMap<>();
    private final Map<String, List<RowDraft>> children = new LinkedHashMap<>();

    RowDraft(String object, UUID id, long version, Map<String, @Nullable Object> values, Query.Selection selection) {
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
        parents.put(name, parent);
    }

    void children(String name, List<RowDraft> rows) {
        if (name.startsWith(IDS)) {
            values.put(
                    name.substring(IDS.length()),
                    rows.stream()
                            .map(link -> link.values.get(FieldType.ManyToMany.TARGET))
                            .toList());
        } else {
            children.put(name, rows);
        }
    }

    /** The record that this one refers to; itself where no reference is named. */
    RowDraft behind(Optional<String> reference) {
        return reference.map(parents::get).orElse(this);
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
        Map<String, @Nullable Row> finishedParents = new LinkedHashMap<>();
        parents.forEach((name, parent) -> finishedParents.put(name, parent == null ? null : parent.finish()));
        Map<String, List<Row>> finishedChildren = new LinkedHashMap<>();
        children.forEach((name, rows) ->
                finishedChildren.put(name, rows.stream().map(RowDraft::finish).toList()));
        return new Row(object, id, version, values, finishedParents, finishedChildren);
    }
}
