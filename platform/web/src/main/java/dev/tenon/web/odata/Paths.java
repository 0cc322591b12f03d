package dev.tenon.web.odata;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.expression.Scope;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleObject;
import java.util.ArrayList;
import java.util.List;
import org.apache.olingo.server.api.uri.UriResource;
import org.apache.olingo.server.api.uri.UriResourceKind;
import org.apache.olingo.server.api.uri.UriResourceNavigation;
import org.apache.olingo.server.api.uri.UriResourcePrimitiveProperty;

/** Turns property paths of one object into references to fields. */
final class Paths {

    private final VisibleModel visible;
    private final String object;
    private final ExprBuilder builder;

    Paths(VisibleModel visible, String object, Scope scope) {
        this.visible = visible;
        this.object = object;
        this.builder = new ExprBuilder(scope);
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

    /** A path as Olingo has read it: navigation properties, then a property. */
    Expr resolve(List<UriResource> parts) {
        List<String> names = new ArrayList<>();
        for (UriResource part : parts) {
            switch (part) {
                case UriResourceNavigation way
                when !way.isCollection() -> names.add(way.getProperty().getName());
                case UriResourcePrimitiveProperty property ->
                    names.add(property.getProperty().getName());
                default -> throw unsupported(part);
            }
        }
        return resolveNames(names);
    }

    private static PlatformException unsupported(UriResource part) {
        String what = part.getKind() == UriResourceKind.navigationProperty
                ? "a condition on the collection " + part.getSegmentValue()
                : part.getSegmentValue();
        return WebError.ODATA_NOT_SUPPORTED.error().with("what", what).build();
    }

    /** A path of names, the last one a property. */
    Expr resolveNames(List<String> names) {
        VisibleObject at = visible.require(object);
        List<Expr.Hop> hops = new ArrayList<>();
        List<String> path = new ArrayList<>();
        for (String way : names.subList(0, names.size() - 1)) {
            Field field = at.fields().get(way);
            String target = field == null ? null : VisibleObject.target(field).orElse(null);
            if (target == null) {
                throw unknown(at, way);
            }
            hops.add(new Expr.Hop(way, target));
            path.add(way);
            at = visible.require(target);
        }
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
        VisibleObject owner = at;
        path.add(owner.fieldOf(last).map(Field::name).orElseThrow(() -> unknown(owner, last)));
        return builder.field(String.join(".", path));
    }

    private static PlatformException unknown(VisibleObject object, String name) {
        return object.unknown(name);
    }
}
