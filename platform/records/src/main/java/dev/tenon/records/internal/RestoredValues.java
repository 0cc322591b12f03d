package dev.tenon.records.internal;

import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.RecordsError;
import dev.tenon.records.RecycleBin.Loss;
import dev.tenon.records.RecycleBin.Reason;
import dev.tenon.records.internal.Propagation.Target;
import dev.tenon.records.port.RecycleBinStore.KeptRecord;
import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.PlatformException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Makes records of today's model from the values that the recycle bin has kept, and tells what does not fit any more. */
final class RestoredValues {

    /** Limits that came after the value was saved: as in records that were never deleted, it stays. */
    private static final Set<ErrorCode> TOLERATED =
            Set.of(RecordsError.OUT_OF_RANGE, RecordsError.WRONG_FORMAT, RecordsError.NOT_A_PICKLIST_VALUE);

    private final SaveContext context;
    private final List<Loss> losses;

    RestoredValues(SaveContext context, List<Loss> losses) {
        this.context = context;
        this.losses = losses;
    }

    /** The records of a tree, a master before its parts. */
    Map<Target, WorkingRecord> records(List<KeptRecord> tree) {
        Map<Target, WorkingRecord> records = new LinkedHashMap<>();
        for (KeptRecord kept : tree) {
            if (context.viewpoint().model().findObject(kept.object()).isPresent()) {
                records.put(new Target(kept.object(), kept.id()), record(kept));
            } else {
                losses.add(new Loss(kept.object(), kept.id(), Optional.empty(), Reason.OBJECT_GONE, Optional.empty()));
            }
        }
        references(records);
        return records;
    }

    private WorkingRecord record(KeptRecord kept) {
        ObjectPlan plan = context.plan(kept.object());
        WorkingRecord record =
                WorkingRecord.restoring(plan, kept.id(), kept.version(), context.reader(), context.viewpoint());
        record.set(SystemField.ID, kept.id());
        Map<String, String> values = new TreeMap<>(kept.values());
        values.keySet().removeAll(kept.computed());
        values.forEach((name, text) -> plan.type()
                .findField(name)
                .ifPresentOrElse(
                        field -> set(record, field, text),
                        () -> lost(record, name, Reason.FIELD_GONE, Optional.empty())));
        RecordTypes.fillMissing(record);
        // Somebody who reads what has changed since yesterday must find it.
        record.set(SystemField.UPDATED_AT, context.viewpoint().now());
        record.set(SystemField.UPDATED_BY, context.viewpoint().identity().user().id());
        // Every field has its value, so that only the roll-ups are filled.
        new Computation(context).fillNew(record, record.values());
        return record;
    }

    private void set(WorkingRecord record, Field field, String text) {
        Optional<Object> value =
                KeptValues.read(field, text).filter(typed -> !References.computed(field) && fits(field, typed));
        if (value.isPresent()) {
            record.set(
                    field.name(),
                    context.viewpoint().sealed().kept(record.plan().name(), field, record.id(), value.get()));
        } else if (needed(record, field)) {
            throw refused(RecordsError.RESTORE_VALUE_UNFIT, record, field);
        } else {
            lost(record, field.name(), Reason.VALUE_UNFIT, Optional.of(text));
        }
    }

    private boolean fits(Field field, Object typed) {
        if (SealedFields.type(field).isPresent()) {
            return true;
        }
        try {
            context.fitting().fit(field, typed, typed, FieldValues.Digits.EXACT);
            return true;
        } catch (PlatformException fault) {
            return TOLERATED.contains(fault.code());
        }
    }

    /** Empties references to records that are gone. */
    private void references(Map<Target, WorkingRecord> records) {
        Map<String, Set<UUID>> asked = new TreeMap<>();
        eachReference(
                records,
                (record, field, target) -> asked.computeIfAbsent(target.object(), o -> new HashSet<>())
                        .add(target.id()));
        Map<String, Set<UUID>> found = new HashMap<>();
        // Whoever deletes one of them meanwhile has to see that it is referred to.
        asked.forEach((object, ids) -> found.put(object, context.queries().keeping(object, Expr.TRUE, ids)));
        Set<Target> loose = new TreeSet<>();
        eachReference(records, (record, field, target) -> {
            boolean gone = !found.getOrDefault(target.object(), Set.of()).contains(target.id());
            if (gone && record.plan().type().junction().isPresent() && needed(record, field)) {
                loose.add(new Target(record.plan().name(), record.id()));
            } else if (gone) {
                gone(record, field);
            }
        });
        loose.forEach(link -> unlinked(records, link));
    }

    /** A link does not come back without both of its records; who has the field is told. */
    private void unlinked(Map<Target, WorkingRecord> records, Target link) {
        WorkingRecord gone = records.remove(link);
        if (gone != null
                && gone.plan().type().junction().isPresent()
                && gone.value(FieldType.ManyToMany.SOURCE) instanceof UUID source) {
            ObjectType.Junction of = gone.plan().type().junction().get();
            losses.add(new Loss(of.object(), source, Optional.of(of.field()), Reason.REFERENCE_GONE, Optional.empty()));
        }
    }

    private interface Reference {
        void see(WorkingRecord record, Field field, Target target);
    }

    /** Every reference that leads out of the tree. */
    private static void eachReference(Map<Target, WorkingRecord> records, Reference reference) {
        for (WorkingRecord record : records.values()) {
            for (Field field : record.plan().type().fields().values()) {
                Optional<String> object = References.target(field);
                if (object.isPresent() && record.value(field.name()) instanceof UUID id) {
                    Target target = new Target(object.get(), id);
                    if (!records.containsKey(target)) {
                        reference.see(record, field, target);
                    }
                }
            }
        }
    }

    private void gone(WorkingRecord record, Field field) {
        if (needed(record, field)) {
            throw refused(RecordsError.RESTORE_REFERENCE_GONE, record, field);
        }
        // Without an owner nobody might reach it.
        boolean owner = field.name().equals(SystemField.OWNER);
        record.set(field.name(), owner ? context.viewpoint().identity().user().id() : null);
        lost(record, field.name(), Reason.REFERENCE_GONE, Optional.empty());
    }

    private static boolean needed(WorkingRecord record, Field field) {
        boolean asked = field.required()
                || field.refersForAnother()
                        && record.plan().type().requireField(field.whole()).required();
        return !field.system() && (asked || field.type() instanceof FieldType.MasterDetail);
    }

    private void lost(WorkingRecord record, String field, Reason reason, Optional<String> value) {
        losses.add(new Loss(record.plan().name(), record.id(), Optional.of(field), reason, value));
    }

    /** Names the field only to those who may know it. */
    private PlatformException refused(RecordsError code, WorkingRecord record, Field field) {
        String object = record.plan().name();
        boolean known = context.viewpoint().access(object).mayRead(field.name());
        return code.error()
                .with("object", object)
                .with("field", known ? context.fitting().label(field) : "–")
                .build();
    }
}
