package dev.tenon.records.internal;

import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.internal.ObjectPlan.RollUpPlan;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Brings the database's answer to a roll-up into the Java type of the roll-up's field. */
final class RollUpValues {

    private RollUpValues() {}

    static @Nullable Object of(Model model, RollUpPlan rollUp, @Nullable Object answer) {
        boolean adds = rollUp.type().function() == FieldType.RollUp.Function.COUNT
                || rollUp.type().function() == FieldType.RollUp.Function.SUM;
        Object value = answer == null && adds ? Long.valueOf(0) : answer;
        if (value == null) {
            return null;
        }
        ValueType type = ValueType.of(model, rollUp.field());
        if (type == ValueType.Simple.INTEGER) {
            return Computation.decimal(value).longValueExact();
        }
        return type == ValueType.Simple.DECIMAL && rollUp.type().function() != FieldType.RollUp.Function.AVG
                ? scaled(model, rollUp, Computation.decimal(value))
                : value;
    }

    /** With the digits of the field that is summed, so that equal sums are written equally. */
    private static BigDecimal scaled(Model model, RollUpPlan rollUp, BigDecimal value) {
        return rollUp.type()
                .field()
                .flatMap(name -> model.requireObject(rollUp.counted()).findField(name))
                .map(Field::type)
                .map(t -> t instanceof FieldType.Formula formula ? formula.result() : t)
                .map(t -> t instanceof FieldType.DecimalNumber number
                        ? value.setScale(number.scale(), RoundingMode.HALF_UP)
                        : value)
                .orElse(value);
    }
}
