package dev.tenon.expression.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprText;
import dev.tenon.expression.ExpressionError;
import dev.tenon.expression.Function;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Declared;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A picklist's value is text, yet a constant beside it that is none of its keys can only be a mistake. */
final class Picklists {

    private final Declared model;

    Picklists(Declared model) {
        this.model = model;
    }

    void check(Expr picklist, Expr constant, int operand) {
        String key = Constants.asText(constant);
        if (key == null) {
            return;
        }
        List<String> keys = valueType(picklist).map(Picklists::keys).orElse(List.of());
        if (!keys.isEmpty() && !keys.contains(key)) {
            throw new Mismatch(
                    ExpressionError.UNKNOWN_PICKLIST_VALUE,
                    Map.of("value", key, "field", ExprText.of(picklist), "suggestion", Suggestions.similar(key, keys)),
                    operand);
        }
    }

    /** A key's label: behind the key and the language, all keys that the field has, each with its label. */
    Expr label(List<Expr> arguments) {
        Expr key = arguments.getFirst();
        FieldType.Picklist list = of(key).orElseThrow(
                        () -> Types.mismatch("picklist field", key.type()).atOperand(0));
        String tag = arguments.size() == 1 ? Label.DEFAULT_LANGUAGE : Constants.asText(arguments.get(1));
        if (tag == null) {
            throw new Mismatch(
                    ExpressionError.CONSTANT_NEEDED,
                    Map.of("function", Function.LABEL.text(), "expected", "language like zh-CN"),
                    1);
        }
        List<Expr> parts = new ArrayList<>();
        parts.add(key);
        parts.add(Constants.of(tag));
        for (FieldType.Picklist.Value value : list.values()) {
            parts.add(Constants.of(value.key()));
            parts.add(Constants.of(value.label().in(Locale.forLanguageTag(tag))));
        }
        return new Expr.Call(Function.LABEL, parts, ValueType.Simple.TEXT);
    }

    private static List<String> keys(FieldType type) {
        List<FieldType.Picklist.Value> values = switch (type) {
            case FieldType.Picklist list -> list.values();
            case FieldType.MultiPicklist list -> list.values();
            default -> List.of();
        };
        return values.stream().map(FieldType.Picklist.Value::key).toList();
    }

    private Optional<FieldType.Picklist> of(Expr expr) {
        return valueType(expr).filter(FieldType.Picklist.class::isInstance).map(FieldType.Picklist.class::cast);
    }

    private Optional<FieldType> valueType(Expr expr) {
        return Optional.of(expr)
                .filter(Expr.FieldRef.class::isInstance)
                .map(Expr.FieldRef.class::cast)
                .flatMap(ref -> model.findObject(ref.owner()).flatMap(o -> o.findField(ref.field())))
                .map(Picklists::valueType);
    }

    private static FieldType valueType(Field field) {
        return field.type() instanceof FieldType.Formula formula ? formula.result() : field.type();
    }
}
