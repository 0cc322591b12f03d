package dev.tenon.expression.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExpressionError;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A picklist's value is text, yet a constant beside it that is none of its keys can only be a mistake. */
final class Picklists {

    private final Model model;

    Picklists(Model model) {
        this.model = model;
    }

    void check(Expr picklist, Expr constant, int operand) {
        String key = Constants.asText(constant);
        if (key == null || !(picklist instanceof Expr.FieldRef ref)) {
            return;
        }
        Optional<Field> field = model.findObject(ref.owner()).flatMap(o -> o.findField(ref.field()));
        if (field.isEmpty() || !(valueType(field.get()) instanceof FieldType.Picklist list)) {
            return;
        }
        List<String> keys =
                list.values().stream().map(FieldType.Picklist.Value::key).toList();
        if (!keys.contains(key)) {
            throw new Mismatch(
                    ExpressionError.UNKNOWN_PICKLIST_VALUE,
                    Map.of("value", key, "field", ref.path(), "suggestion", Suggestions.similar(key, keys)),
                    operand);
        }
    }

    private static FieldType valueType(Field field) {
        return field.type() instanceof FieldType.Formula formula ? formula.result() : field.type();
    }
}
