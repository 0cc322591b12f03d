package dev.tenon.records.internal;

import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.internal.ObjectPlan.RollUpPlan;
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
        // With the digits of what is taken together, so that equal values are written equally.
        return switch (rollUp.type().result(model)) {
            case FieldType.WholeNumber number -> Computation.decimal(value).longValueExact();
            case FieldType.DecimalNumber number ->
                Computation.decimal(value).setScale(number.scale(), RoundingMode.HALF_UP);
            default -> value;
        };
    }
}
