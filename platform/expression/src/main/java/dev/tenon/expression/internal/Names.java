package dev.tenon.expression.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExpressionError;
import dev.tenon.expression.Function;
import dev.tenon.expression.Scope;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a name or path means in a scope. What may not be read does not exist, also not in suggestions. */
final class Names {

    /** A path longer than this costs a join per step and is hardly ever meant. */
    static final int MOST_LOOKUPS = 5;

    private static final String SETTINGS = "settings";

    private final Scope scope;

    Names(Scope scope) {
        this.scope = scope;
    }

    /** The variable or field of that path. A fault's operand is the index of the part that is wrong. */
    Expr resolve(List<String> path) {
        String whole = String.join(".", path);
        ValueType variable = variable(whole);
        if (variable != null) {
            return new Expr.Variable(whole, variable);
        }
        if (path.size() == 2 && path.getFirst().equals(SETTINGS)) {
            return setting(path.getLast());
        }
        ValueType prefix = path.size() > 1 ? variable(path.getFirst()) : null;
        if (prefix != null) {
            throw notAReference(path.getFirst(), prefix, 1);
        }
        return fieldPath(path, whole);
    }

    private @Nullable ValueType variable(String name) {
        ValueType own = scope.variables().get(name);
        return own != null ? own : Scope.STANDARD_VARIABLES.get(name);
    }

    private Expr setting(String name) {
        Setting setting = scope.model().settings().get(name);
        if (setting == null) {
            String similar = Suggestions.similar(name, scope.model().settings().keySet());
            throw new Mismatch(ExpressionError.UNKNOWN_SETTING, Map.of("name", name, "suggestion", similar), 1);
        }
        return new Expr.Variable(SETTINGS + "." + name, ValueType.of(scope.model(), setting.type()));
    }

    private Expr fieldPath(List<String> path, String whole) {
        if (scope.object().isEmpty()) {
            throw unknown(path.getFirst(), Optional.empty(), 0);
        }
        if (path.size() - 1 > MOST_LOOKUPS) {
            throw new Mismatch(
                    ExpressionError.PATH_TOO_LONG, Map.of("path", whole, "limit", MOST_LOOKUPS), MOST_LOOKUPS + 1);
        }
        String start = scope.object().get();
        List<Expr.Hop> hops = new ArrayList<>();
        String owner = start;
        for (int i = 0; ; i++) {
            String name = i == 0 ? scope.aliases().getOrDefault(path.get(i), path.get(i)) : path.get(i);
            Optional<ObjectType> object = scope.model().findObject(owner);
            Field field = object.flatMap(o -> readable(o, name)).orElse(null);
            if (field == null) {
                throw unknown(name, object, i);
            }
            // A condition on candidates is about one of the records that may be linked.
            boolean one = !name.equals(path.get(i)) && field.type() instanceof FieldType.ManyToMany;
            ValueType type = one && field.type() instanceof FieldType.ManyToMany links
                    ? new ValueType.Reference(links.target())
                    : ValueType.of(scope.model(), field);
            if (i == path.size() - 1) {
                if (!one && !field.stored() && !scope.asked()) {
                    throw new Mismatch(ExpressionError.ONLY_IN_QUERIES, Map.of("name", name), i);
                }
                Expr named = new Expr.FieldRef(0, start, hops, name, type);
                // Tags are not what people mean by the text.
                return field.type() instanceof FieldType.RichText
                        ? new Expr.Call(Function.PLAIN_TEXT, List.of(named), type)
                        : named;
            }
            if (!(type instanceof ValueType.Reference reference)) {
                throw notAReference(name, type, i + 1);
            }
            hops.add(new Expr.Hop(name, reference.target()));
            owner = reference.target();
        }
    }

    private Optional<Field> readable(ObjectType object, String name) {
        return object.findField(name).filter(f -> scope.readable().test(object.name(), name));
    }

    private Mismatch unknown(String name, Optional<ObjectType> object, int part) {
        List<String> candidates = new ArrayList<>();
        object.ifPresent(o -> o.fields().keySet().stream()
                .filter(field -> readable(o, field).isPresent())
                .forEach(candidates::add));
        if (part == 0) {
            candidates.addAll(scope.aliases().keySet());
            candidates.addAll(scope.variables().keySet());
            candidates.addAll(Scope.STANDARD_VARIABLES.keySet());
        }
        return new Mismatch(
                ExpressionError.UNKNOWN_NAME,
                Map.of(
                        "name",
                        name,
                        "object",
                        object.map(ObjectType::name).orElse(""),
                        "suggestion",
                        Suggestions.similar(name, candidates)),
                part);
    }

    private static Mismatch notAReference(String name, ValueType type, int part) {
        return new Mismatch(ExpressionError.NOT_A_REFERENCE, Map.of("name", name, "type", type.describe()), part);
    }
}
