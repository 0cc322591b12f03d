package dev.tenon.records.internal;

import dev.tenon.expression.Evaluator;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.RecordsError;
import dev.tenon.records.internal.ObjectPlan.FormulaPlan;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the platform fills in: defaults, stored formulas. */
final class Computation {

    private final SaveContext context;

    Computation(SaveContext context) {
        this.context = context;
    }

    /** Fills what was not sent: owner and times, defaults in display order, empty roll-ups. */
    void fillNew(WorkingRecord record, Map<String, @Nullable Object> sent) {
        Viewpoint viewpoint = context.viewpoint();
        UUID me = viewpoint.identity().user().id();
        fill(record, sent, SystemField.OWNER, me);
        fill(record, sent, SystemField.CREATED_BY, me);
        fill(record, sent, SystemField.UPDATED_BY, me);
        fill(record, sent, SystemField.CREATED_AT, viewpoint.now());
        fill(record, sent, SystemField.UPDATED_AT, viewpoint.now());
        record.plan().rollUps().forEach(r -> record.set(r.field().name(), emptyRollUp(r)));
        fill(
                record,
                sent,
                SystemField.RECORD_TYPE,
                new RecordTypes(context).initial(record.plan().type()));
        for (Map.Entry<String, Expr> byDefault :
                record.plan().defaultsOf(record.value(SystemField.RECORD_TYPE)).entrySet()) {
            if (!sent.containsKey(byDefault.getKey()) && !byDefault.getKey().equals(SystemField.RECORD_TYPE)) {
                Field field = record.plan().type().requireField(byDefault.getKey());
                Object evaluated = Evaluator.evaluate(byDefault.getValue(), record);
                Object value = fitted(record, field, context.fitting().offered(field, evaluated));
                // A default for all types is none for a type that does not leave it.
                record.fill(field.name(), RecordTypes.leaves(record, field, value) ? value : null);
            }
        }
    }

    private static void fill(
            WorkingRecord record, Map<String, @Nullable Object> sent, String field, @Nullable Object value) {
        if (!sent.containsKey(field) && record.plan().type().findField(field).isPresent()) {
            record.set(field, value);
        }
    }

    /** Computes all formulas, each after the ones it uses. */
    void formulas(WorkingRecord record) {
        for (FormulaPlan formula : record.plan().formulas()) {
            record.set(formula.field().name(), computed(record, formula));
        }
    }

    @Nullable
    Object computed(WorkingRecord record, FormulaPlan formula) {
        return fitted(record, formula.field(), Evaluator.evaluate(formula.expression(), record));
    }

    private @Nullable Object fitted(WorkingRecord record, Field field, @Nullable Object value) {
        try {
            return context.fitting().fit(field, value, null, FieldValues.Digits.ROUNDED);
        } catch (PlatformException doesNotFit) {
            throw RecordsError.EXPRESSION_FAILED
                    .error()
                    .with("object", record.plan().name())
                    .with("element", field.name())
                    .with(
                            "reason",
                            ErrorTexts.render(
                                    doesNotFit.code(),
                                    doesNotFit.args(),
                                    context.viewpoint().identity().user().locale()))
                    .causedBy(doesNotFit)
                    .build();
        }
    }

    /** What a roll-up is over no records: nothing counted is 0, the least of nothing is nothing. */
    private @Nullable Object emptyRollUp(ObjectPlan.RollUpPlan rollUp) {
        return RollUpValues.of(context.viewpoint().model(), rollUp, null);
    }

    /** Whether a value is a number the database may have answered in another Java type. */
    static BigDecimal decimal(Object number) {
        return number instanceof BigDecimal exact ? exact : new BigDecimal(number.toString());
    }
}
