package dev.tenon.records.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprDependencies;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.Setting;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Whether two models compute a field in the same way. */
final class Computations {

    private Computations() {}

    static boolean same(CheckedModel compiled, String object, Field field, Model before) {
        Optional<Field> old = before.findObject(object).flatMap(o -> o.findField(field.name()));
        return old.isPresent()
                && sameComputation(field.type(), old.get().type())
                && sameSettings(compiled, object, field.type(), before);
    }

    /** Compares texts, not the places where they stand: a moved line computes the same. */
    private static boolean sameComputation(FieldType now, FieldType then) {
        return switch (now) {
            case FieldType.Formula formula ->
                then instanceof FieldType.Formula old
                        && formula.result().equals(old.result())
                        && formula.expression().text().equals(old.expression().text());
            case FieldType.RollUp rollUp ->
                then instanceof FieldType.RollUp old
                        && rollUp.object().equals(old.object())
                        && rollUp.via().equals(old.via())
                        && rollUp.function() == old.function()
                        && rollUp.field().equals(old.field())
                        && rollUp.filter()
                                .map(ExpressionText::text)
                                .equals(old.filter().map(ExpressionText::text));
            default -> true;
        };
    }

    private static boolean sameSettings(CheckedModel compiled, String object, FieldType type, Model before) {
        Optional<Expr> expression = switch (type) {
            case FieldType.Formula formula -> Optional.of(compiled.expression(object, formula.expression()));
            case FieldType.RollUp rollUp -> rollUp.filter().map(filter -> compiled.expression(rollUp.object(), filter));
            default -> Optional.empty();
        };
        return expression.stream()
                .flatMap(e -> ExprDependencies.of(e).variables().stream())
                .filter(name -> name.startsWith("settings."))
                .map(name -> name.substring("settings.".length()))
                .allMatch(name -> Objects.equals(value(compiled.model(), name), value(before, name)));
    }

    private static Optional<Object> value(Model model, String setting) {
        Map<String, Setting> settings = model.settings();
        return Optional.ofNullable(settings.get(setting)).map(Setting::value);
    }
}
