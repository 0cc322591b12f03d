package dev.tenon.web.odata;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.expression.Scope;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.olingo.server.api.uri.UriResource;
import org.apache.olingo.server.api.uri.UriResourceComplexProperty;
import org.apache.olingo.server.api.uri.UriResourceKind;
import org.apache.olingo.server.api.uri.UriResourceNavigation;
import org.apache.olingo.server.api.uri.UriResourcePrimitiveProperty;

/** Turns property paths of one object into references to fields. */
final class Paths {

    private final VisibleModel visible;
    private final String object;
    private final Function<String, Scope> scopes;
    private final ExprBuilder builder;
    /** Values that the request itself has given names to, with their ways where they have them. */
    private final Map<String, Expr> named;

    /** Whether there is nothing but what the request has named, as in groups. */
    private final boolean closed;

    /** @param scopes what may be named in an expression about a record of an object */
    Paths(VisibleModel visible, String object, Function<String, Scope> scopes) {
        this(visible, object, scopes, Map.of(), false);
    }

    private Paths(
            VisibleModel visible,
            String object,
            Function<String, Scope> scopes,
            Map<String, Expr> named,
            boolean closed) {
        this.visible = visible;
        this.object = object;
        this.scopes = scopes;
        this.builder = new ExprBuilder(scopes.apply(object));
        this.named = named;
        this.closed = closed;
    }

    /** The same where some values have names of their own. */
    Paths with(Map<String, Expr> values) {
        return new Paths(visible, object, scopes, Map.copyOf(values), closed);
    }

    /** Of what has these values and nothing else. */
    Paths only(Map<String, Expr> values) {
        return new Paths(visible, object, scopes, Map.copyOf(values), true);
    }

    /** The same for another object. */
    Paths of(String other) {
        return new Paths(visible, other, scopes);
    }

    /** The records behind a collection at the end of a path. */
    VisibleObject.Collection collection(List<String> names) {
        if (closed) {
            throw unsupported(String.join("/", names) + " of a group");
        }
        VisibleObject at = end(names.subList(0, names.size() - 1)).object();
        VisibleObject.Collection collection = at.children().get(names.getLast());
        if (collection == null) {
            throw unknown(at, names.getLast());
        }
        return collection;
    }

    /** Those of a collection that fulfil a condition, to look for or to count: records of an object, or links to them. */
    record Members(String object, Expr condition) {}

    /**
     * @param owner id of the record that has the collection, told inside of the condition
     * @param condition about a record of the collection
     */
    Members members(VisibleObject.Collection collection, Expr owner, Expr condition) {
        if (collection.links().isEmpty()) {
            Expr belongs = Expr.equal(of(collection.object()).reference(collection.via()), owner);
            return new Members(collection.object(), Expr.and(belongs, condition));
        }
        VisibleObject.Links links = collection.links().get();
        return new Members(
                links.junction(),
                Expr.and(
                        Expr.equal(end(links.junction(), collection.via()), owner),
                        dev.tenon.access.Conditions.overHops(
                                condition,
                                links.junction(),
                                List.of(new Expr.Hop(links.through(), collection.object())))));
    }

    /** Whether a record is in the collection of another one. */
    Expr belongs(VisibleObject.Collection collection, Expr owner) {
        if (collection.links().isEmpty()) {
            return Expr.equal(reference(collection.via()), owner);
        }
        VisibleObject.Links links = collection.links().get();
        Expr itself = new Expr.FieldRef(1, collection.object(), List.of(), SystemField.ID, ValueType.Simple.ID);
        return new Expr.Exists(
                links.junction(),
                Expr.and(
                        Expr.equal(end(links.junction(), collection.via()), owner),
                        Expr.equal(end(links.junction(), links.through()), itself)));
    }

    /** A junction's reference; the caller knows the junction by its collection only. */
    private Expr end(String junction, String name) {
        return new Expr.FieldRef(
                0,
                junction,
                List.of(),
                name,
                ValueType.of(
                        visible.model(), visible.model().requireObject(junction).requireField(name)));
    }

    ExprBuilder builder() {
        return builder;
    }

    String object() {
        return object;
    }

    VisibleModel visible() {
        return visible;
    }

    /** A reference of the object's own. */
    Expr reference(String field) {
        Field reference = visible.require(object).fields().get(field);
        return new Expr.FieldRef(
                0,
                object,
                List.of(),
                field,
                ValueType.of(visible.model(), java.util.Objects.requireNonNull(reference)));
    }

    /** The names of navigation properties. */
    static List<String> names(List<UriResource> ways) {
        return ways.stream()
                .map(way -> switch (way) {
                    case UriResourceNavigation navigation ->
                        navigation.getProperty().getName();
                    default -> throw unsupported(way);
                })
                .toList();
    }

    /** A path as Olingo has read it: navigation properties, then a property. */
    Expr resolve(List<UriResource> parts) {
        List<String> names = new ArrayList<>();
        for (UriResource part : parts) {
            switch (part) {
                case UriResourceNavigation way
                when !way.isCollection() -> names.add(way.getProperty().getName());
                case UriResourcePrimitiveProperty property ->
                    names.add(property.getProperty().getName());
                // A file as a whole; what is known of it is not in the record.
                case UriResourceComplexProperty file
                when part.equals(parts.getLast()) ->
                    names.add(file.getProperty().getName());
                default -> throw unsupported(part);
            }
        }
        return resolveNames(names);
    }

    /** Every value that the list at the end of the path may hold. */
    List<String> keys(List<UriResource> parts) {
        VisibleObject owner = end(names(parts.subList(0, parts.size() - 1))).object();
        UriResource last = parts.getLast();
        return owner
                .fieldOf(last.getSegmentValue())
                .map(Field::type)
                .map(type -> type instanceof FieldType.MultiPicklist list ? list : null)
                .orElseThrow(() -> unsupported(last))
                .values()
                .stream()
                .map(FieldType.Picklist.Value::key)
                .toList();
    }

    /** An expression whose values can be compared, to sort or to group by. */
    Expr comparable(Expr expr) {
        if (!expr.type().comparable() || isFile(expr)) {
            throw WebError.ODATA_NOT_SUPPORTED
                    .error()
                    .with(
                            "what",
                            "sorting or grouping by a "
                                    + (isFile(expr) ? "file" : expr.type().describe()))
                    .build();
        }
        return expr;
    }

    /** A file is stored as its id, whose order says nothing. */
    private boolean isFile(Expr expr) {
        return expr instanceof Expr.FieldRef ref
                && visible.model()
                        .findObject(ref.owner())
                        .flatMap(owner -> owner.findField(ref.field()))
                        .filter(field -> field.type() instanceof FieldType.File)
                        .isPresent();
    }

    private static PlatformException unsupported(UriResource part) {
        return unsupported(what(part));
    }

    private static PlatformException unsupported(String what) {
        return WebError.ODATA_NOT_SUPPORTED.error().with("what", what).build();
    }

    private static String what(UriResource part) {
        return part.getKind() == UriResourceKind.navigationProperty
                ? "a condition on the collection " + part.getSegmentValue()
                : part.getSegmentValue();
    }

    /** A path of names, the last one a property. */
    Expr resolveNames(List<String> names) {
        Expr known = named.get(String.join("/", names));
        if (known != null) {
            return known;
        }
        if (closed) {
            throw unknown(visible.require(object), String.join("/", names));
        }
        List<String> path = new ArrayList<>(names.subList(0, names.size() - 1));
        End end = end(path);
        List<Expr.Hop> hops = end.hops();
        String last = names.getLast();
        if (last.equals(SystemField.ID)) {
            return hops.isEmpty()
                    ? new Expr.FieldRef(0, object, List.of(), SystemField.ID, ValueType.Simple.ID)
                    // The id of the record referred to is the value of the reference itself.
                    : builder.field(String.join(".", path));
        }
        if (last.equals(SystemField.VERSION)) {
            return new Expr.FieldRef(0, object, hops, SystemField.VERSION, ValueType.Simple.INTEGER);
        }
        VisibleObject owner = end.object();
        path.add(owner.fieldOf(last).map(Field::name).orElseThrow(() -> unknown(owner, last)));
        return builder.field(String.join(".", path));
    }

    /** Where a path over references leads. */
    private record End(VisibleObject object, List<Expr.Hop> hops) {}

    private End end(List<String> ways) {
        VisibleObject at = visible.require(object);
        List<Expr.Hop> hops = new ArrayList<>();
        for (String way : ways) {
            Field field = at.fields().get(way);
            String target = field == null ? null : VisibleObject.target(field).orElse(null);
            if (target == null) {
                throw unknown(at, way);
            }
            hops.add(new Expr.Hop(way, target));
            at = visible.require(target);
        }
        return new End(at, hops);
    }

    private static PlatformException unknown(VisibleObject object, String name) {
        return object.unknown(name);
    }
}
