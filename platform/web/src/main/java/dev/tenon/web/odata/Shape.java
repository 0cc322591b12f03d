package dev.tenon.web.odata;

import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Query;
import dev.tenon.web.model.VisibleObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of each record is answered.
 *
 * @param properties names as in the metadata, in order
 * @param selected whether the caller named them; else they are all there are
 * @param parents by the name of the reference
 * @param children by the name of the collection
 * @param computed values that no field holds: properties that the request defined, numbers of collections
 */
record Shape(
        VisibleObject object,
        List<String> properties,
        boolean selected,
        Map<String, Shape> parents,
        Map<String, Children> children,
        Map<String, Expr> computed) {

    Shape {
        properties = List.copyOf(properties);
        parents = Collections.unmodifiableMap(new LinkedHashMap<>(parents));
        children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
        computed = Collections.unmodifiableMap(new LinkedHashMap<>(computed));
    }

    private static final String COUNT = "@odata.count";

    /** The name of the number of a collection's records. */
    static String count(String collection) {
        return collection + COUNT;
    }

    /** The names of the numbers of collections. */
    List<String> counts() {
        return computed.keySet().stream().filter(name -> name.endsWith(COUNT)).toList();
    }

    /**
     * An expanded collection with what its query asks.
     *
     * @param rows most that are shown of each record's; where the query finds one more, there are further ones
     */
    record Children(Shape shape, Query.Children query, int rows, Optional<Further> further) {

        /** All that the query finds. */
        Children(Shape shape, Query.Children query) {
            this(shape, query, query.limit(), Optional.empty());
        }
    }

    /** Everything of the object itself. */
    static Shape all(VisibleObject object) {
        return new Shape(object, allProperties(object), false, Map.of(), Map.of(), Map.of());
    }

    static List<String> allProperties(VisibleObject object) {
        return Stream.concat(
                        Stream.of(SystemField.ID, SystemField.VERSION),
                        object.fields().values().stream().map(VisibleObject::property))
                .toList();
    }

    /** The same in the words of the records room. */
    Query.Selection selection() {
        List<String> fields = new ArrayList<>();
        properties.forEach(p -> object.fieldOf(p).map(Field::name).ifPresent(fields::add));
        if (fields.isEmpty()) {
            // Id and version come with every row, but an empty list would mean all fields.
            object.fields().keySet().stream().findFirst().ifPresent(fields::add);
        }
        Map<String, Query.Selection> above = new LinkedHashMap<>();
        parents.forEach((name, shape) -> above.put(name, shape.selection()));
        Map<String, Query.Children> below = new LinkedHashMap<>();
        children.forEach((name, child) -> below.put(name, child.query()));
        return new Query.Selection(fields, above, below, computed);
    }

    /** What a context address says of it in parentheses: nothing, or the selected names and expanded ways. */
    String context() {
        List<String> parts = new ArrayList<>();
        if (selected) {
            parts.addAll(properties);
        }
        parents.forEach((name, shape) -> parts.add(name + "(" + shape.inner() + ")"));
        children.forEach((name, child) -> parts.add(name + "(" + child.shape().inner() + ")"));
        return parts.isEmpty() ? "" : "(" + String.join(",", parts) + ")";
    }

    private String inner() {
        String context = context();
        return context.isEmpty() ? "" : context.substring(1, context.length() - 1);
    }
}
