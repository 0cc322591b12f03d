package dev.tenon.records.internal;

import dev.tenon.access.Conditions;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType.ManyToMany;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Query;
import dev.tenon.records.RecordsError;
import dev.tenon.records.port.NamedValues;
import dev.tenon.records.port.QueryPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a selection asks of the store, and how the store's flat rows become records with parents. Safe for use by several
 * threads.
 */
final class RowShape {

    private final Query.Selection selection;
    private final String object;
    private final List<QueryPlan.Projection> projections;
    private final Map<String, Parent> parents = new LinkedHashMap<>();
    private final NamedValues.Names names;
    private final String[] sources;
    private final int size;
    /** Fields that are stored sealed; null where the value needs nothing. */
    private final @Nullable Field[] encrypted;

    private record Parent(String id, String version, RowShape shape) {}

    RowShape(Viewpoint viewpoint, Masking masking, String object, Query.Selection selection) {
        this(viewpoint, masking, object, object, List.of(), selection, new ArrayList<>());
    }

    private RowShape(
            Viewpoint viewpoint,
            Masking masking,
            String start,
            String object,
            List<Expr.Hop> hops,
            Query.Selection selection,
            List<QueryPlan.Projection> projections) {
        Limits.check("expand-depth", hops.size(), Limits.EXPAND_DEPTH);
        this.object = object;
        Map<String, String> fields = new LinkedHashMap<>();
        List<String> selected = selection.fields().isEmpty()
                ? QueryRunner.readableFields(viewpoint.type(object), viewpoint.access(object))
                : selection.fields();
        Map<String, Query.Children> linked = new LinkedHashMap<>();
        List<String> links = new ArrayList<>();
        Map<String, Field> sealed = new HashMap<>();
        for (String name : selected) {
            Field field = viewpoint.requireReadable(object, name);
            Optional<ManyToMany> link = References.links(field);
            if (link.isPresent()) {
                link.filter(l -> viewpoint.access(l.junction()).describable()).ifPresent(l -> linked.put(name, ids(l)));
                links.add(name);
                continue;
            }
            SealedFields.type(field).ifPresent(text -> sealed.put(name, field));
            fields.put(name, project(projections, masking.field(reference(viewpoint, start, hops, field))));
        }
        this.selection = linked.isEmpty() ? selection : with(selection, linked);
        selection.computed().forEach((name, value) -> {
            if (viewpoint.type(object).findField(name).isPresent()) {
                throw new IllegalArgumentException("a field has the name of what is computed: " + name);
            }
            if (value.type() == ValueType.Simple.ENCRYPTED_TEXT) {
                throw RecordsError.FIELD_ENCRYPTED.error().with("field", name).build();
            }
            fields.put(name, project(projections, masking.mask(Conditions.overHops(value, start, hops))));
        });
        selection.parents().forEach((name, below) -> {
            Field field = viewpoint.requireReadable(object, name);
            String target = References.target(field).orElseThrow(() -> viewpoint.unknownField(object, name));
            List<Expr.Hop> further = new ArrayList<>(hops);
            further.add(new Expr.Hop(name, target));
            String selectedId = fields.get(name);
            String id = selectedId == null
                    ? project(projections, masking.field(reference(viewpoint, start, hops, field)))
                    : selectedId;
            String version = project(
                    projections, new Expr.FieldRef(0, start, further, SystemField.VERSION, ValueType.Simple.INTEGER));
            parents.put(
                    name,
                    new Parent(
                            id,
                            version,
                            // Who may not even know the object gets an empty parent, as for any invisible record.
                            viewpoint.access(target).describable()
                                    ? new RowShape(viewpoint, masking, start, target, further, below, projections)
                                    : this));
        });
        this.sources = fields.values().toArray(String[]::new);
        this.encrypted = sealed.isEmpty()
                ? new @Nullable Field[0]
                : fields.keySet().stream().map(sealed::get).toArray(Field[]::new);
        links.addAll(0, fields.keySet());
        this.names = NamedValues.Names.of(links);
        this.size = links.size();
        // Of the outermost shape: those of the shapes below are among them.
        this.projections = List.copyOf(projections);
    }

    /** The ids of what is linked, read like other records around. */
    private static Query.Children ids(ManyToMany links) {
        return new Query.Children(
                links.junction(),
                ManyToMany.SOURCE,
                Query.Selection.of(ManyToMany.TARGET),
                Optional.empty(),
                List.of(),
                Limits.LINKS);
    }

    private static Query.Selection with(Query.Selection selection, Map<String, Query.Children> linked) {
        Map<String, Query.Children> children = new LinkedHashMap<>(selection.children());
        linked.forEach((name, ids) -> children.put(RowDraft.IDS + name, ids));
        return new Query.Selection(selection.fields(), selection.parents(), children, selection.computed());
    }

    List<QueryPlan.Projection> projections() {
        return projections;
    }

    /** @param viewpoint of who asks, who has the rights that the shape was made for */
    RowDraft draft(Viewpoint viewpoint, Map<String, @Nullable Object> row) {
        return draft(viewpoint, row, requireId(row, SystemField.ID), requireVersion(row, SystemField.VERSION));
    }

    private RowDraft draft(Viewpoint viewpoint, Map<String, @Nullable Object> row, UUID id, long version) {
        @Nullable Object[] values = new @Nullable Object[size];
        for (int i = 0; i < sources.length; i++) {
            values[i] = row.get(sources[i]);
        }
        for (int i = 0; i < encrypted.length; i++) {
            Field field = encrypted[i];
            if (field != null) {
                values[i] = viewpoint.shown(object, field, id, values[i]);
            }
        }
        // What is linked is read afterwards, where there is anything.
        Arrays.fill(values, sources.length, size, List.of());
        RowDraft draft = new RowDraft(object, id, version, names.row(values), selection);
        parents.forEach((name, parent) -> draft.parent(
                name,
                row.get(parent.id()) instanceof UUID parentId
                        ? parent.shape().draft(viewpoint, row, parentId, requireVersion(row, parent.version()))
                        : null));
        return draft;
    }

    /** Short names: a path can be longer than what databases take for a column's name. */
    private static String project(List<QueryPlan.Projection> projections, Expr value) {
        String name = "v" + projections.size();
        projections.add(new QueryPlan.Projection(name, value));
        return name;
    }

    private static Expr.FieldRef reference(Viewpoint viewpoint, String start, List<Expr.Hop> hops, Field field) {
        return new Expr.FieldRef(0, start, hops, field.name(), ValueType.of(viewpoint.model(), field));
    }

    private static UUID requireId(Map<String, @Nullable Object> row, String name) {
        if (row.get(name) instanceof UUID id) {
            return id;
        }
        throw new IllegalStateException("the store returned a row without " + name);
    }

    private static long requireVersion(Map<String, @Nullable Object> row, String name) {
        return row.get(name) instanceof Long version ? version : 0;
    }
}
