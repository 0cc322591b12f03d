package dev.tenon.records.internal;

import dev.tenon.expression.Evaluator;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Handler;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.metadata.model.Trigger;
import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.records.RecordsError;
import dev.tenon.records.internal.ObjectPlan.TriggerPlan;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.plugin.RecordTrigger;
import dev.tenon.sdk.record.RecordData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the triggers of one moment, plugins before scripts, each in the order of the layers. */
final class TriggerRunner {

    private final SaveContext context;
    private final Computation computation;

    TriggerRunner(SaveContext context) {
        this.context = context;
        this.computation = new Computation(context);
    }

    /** Whether code may run at the moment. */
    boolean any(Trigger.Moment moment, WorkingRecord record) {
        return record.plan().triggers().stream()
                .anyMatch(plan -> plan.trigger().on().contains(moment));
    }

    void run(Trigger.Moment moment, WorkingRecord record) {
        for (TriggerPlan plan : record.plan().triggers()) {
            Trigger trigger = plan.trigger();
            boolean applies = trigger.on().contains(moment)
                    && plan.condition()
                            .map(condition -> Evaluator.holds(condition, record))
                            .orElse(true);
            if (applies) {
                run(trigger, moment, record);
                // What the trigger changed, the next one's condition and the formulas it reads shall see.
                if (settable(moment)) {
                    computation.formulas(record);
                }
            }
        }
    }

    private void run(Trigger trigger, Trigger.Moment moment, WorkingRecord record) {
        String object = record.plan().name();
        String name = object + "/" + trigger.name();
        if (context.triggers().size() >= Limits.TRIGGER_DEPTH) {
            throw RecordsError.TRIGGER_RECURSION
                    .error()
                    .with("object", object)
                    .with("trigger", trigger.name())
                    .with("limit", Limits.TRIGGER_DEPTH)
                    .with("path", String.join(" → ", context.triggers()) + " → " + name)
                    .at(source(trigger))
                    .build();
        }
        Channel channel = switch (trigger.handler()) {
            case Handler.Script script -> Channel.SCRIPT;
            case Handler.Plugin plugin -> Channel.PLUGIN;
        };
        try {
            context.ports()
                    .code()
                    .runTrigger(
                            context.viewpoint().model(),
                            trigger.handler(),
                            moment,
                            new RecordChange(trigger, record, settable(moment)),
                            new CodeContext(GuardedSession.within(context.within(name, channel))));
        } catch (PlatformException told) {
            throw told;
        } catch (RuntimeException unexpected) {
            throw RecordsError.TRIGGER_FAILED
                    .error()
                    .with("object", object)
                    .with("trigger", trigger.name())
                    .with("reason", unexpected.getClass().getSimpleName())
                    .at(source(trigger))
                    .causedBy(unexpected)
                    .build();
        }
        context.refuseAfterFailure();
    }

    private static boolean settable(Trigger.Moment moment) {
        return switch (moment) {
            case BEFORE_CREATE, BEFORE_UPDATE -> true;
            case BEFORE_DELETE, AFTER_CREATE, AFTER_UPDATE, AFTER_DELETE -> false;
        };
    }

    private static ErrorSource source(Trigger trigger) {
        return switch (trigger.handler()) {
            case Handler.Script script -> new ErrorSource(script.origin(), script.file(), 0, 0);
            case Handler.Plugin plugin -> new ErrorSource(plugin.pluginId(), plugin.name(), 0, 0);
        };
    }

    /** The record as a trigger sees it: whole, for a trigger is part of the object's definition like its formulas; what is encrypted is masked. */
    private final class RecordChange implements RecordTrigger.Change {

        private final Trigger trigger;
        private final WorkingRecord record;
        private final boolean settable;
        private final SealedFields sealed = context.viewpoint().sealed();

        private RecordChange(Trigger trigger, WorkingRecord record, boolean settable) {
            this.trigger = trigger;
            this.record = record;
            this.settable = settable;
        }

        @Override
        public String object() {
            return record.plan().name();
        }

        @Override
        public Optional<RecordData> before() {
            return record.before()
                    .map(values -> SdkRecords.data(object(), record.id(), record.version(), fields(values)));
        }

        @Override
        public Map<String, @Nullable Object> values() {
            return fields(record.values());
        }

        @Override
        public void set(String name, @Nullable Object value) {
            Optional<Field> found = record.plan().type().findField(name);
            boolean allowed = settable
                    && found.filter(f -> !f.system() || name.equals(SystemField.OWNER))
                            .filter(f -> f.stored()
                                    && !References.computed(f)
                                    && !(f.type() instanceof FieldType.AutoNumber))
                            .isPresent();
            if (!allowed) {
                throw RecordsError.TRIGGER_SET_REFUSED
                        .error()
                        .with("object", object())
                        .with("trigger", trigger.name())
                        .with("field", name)
                        .at(source(trigger))
                        .build();
            }
            Object fit =
                    context.fitting().fit(found.get(), value, record.valueBefore(name), FieldValues.Digits.ROUNDED);
            if (!sealed.unchanged(object(), found.get(), record.id(), fit, record.value(name), false)) {
                SealedFields.requirePlain(found.get(), fit, context.fitting());
                record.override(name, fit);
            }
        }

        private Map<String, @Nullable Object> fields(Map<String, @Nullable Object> stored) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            Map<String, @Nullable Object> shown =
                    sealed.masked(object(), record.id(), record.plan().type().fields(), stored);
            for (String field : record.plan().type().fields().keySet()) {
                // Links are no values of the record; code asks for them where it needs them.
                if (References.links(record.plan().type().requireField(field)).isPresent()) {
                    continue;
                }
                if (!field.equals(SystemField.ID) && !field.equals(SystemField.VERSION)) {
                    values.put(field, shown.get(field));
                }
            }
            return values;
        }
    }
}
