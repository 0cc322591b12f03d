package dev.tenon.store.schema;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import java.util.List;
import java.util.Optional;

/**
 * What a change of a field's type means for values beside the type of the column: a text is not yet a value of a
 * picklist, and no formatted text.
 *
 * @param keys of the picklist that the field has become
 * @param possible false where no value can be taken over
 * @param computed values are computed anew in any case
 * @param unchanged every save has seen to it that values fit
 */
record Retype(List<String> keys, boolean possible, boolean computed, boolean unchanged) {

    private static final Retype SAME = new Retype(List.of(), true, false, false);
    private static final Retype UNCHANGED = new Retype(List.of(), true, false, true);
    private static final Retype COMPUTED = new Retype(List.of(), true, true, false);
    private static final Retype IMPOSSIBLE = new Retype(List.of(), false, false, false);

    /** Whether values have to be looked at although the column could keep them. */
    boolean convertsAll() {
        return !keys.isEmpty() || !possible;
    }

    static Retype of(Optional<Model> before, ObjectType object, String name) {
        // A record whose type is gone keeps the key of it until it is saved.
        if (name.equals(SystemField.ID) || name.equals(SystemField.VERSION) || name.equals(SystemField.RECORD_TYPE)) {
            return SAME;
        }
        FieldType now = object.requireField(name).type();
        if (now instanceof FieldType.Formula || now instanceof FieldType.RollUp) {
            return COMPUTED;
        }
        if (before.isEmpty()) {
            return SAME;
        }
        Optional<FieldType> known = before.flatMap(m -> m.findObject(object.name()))
                .flatMap(o -> o.findField(name))
                .map(Field::type);
        if (known.equals(Optional.of(now))) {
            return UNCHANGED;
        }
        Optional<Class<?>> then = known.map(FieldType::getClass);
        if (then.equals(Optional.of(now.getClass()))) {
            return SAME;
        }
        return switch (now) {
            case FieldType.Picklist list -> keys(list.values());
            case FieldType.MultiPicklist list -> keys(list.values());
            // What was written as plain text is not safe as markup, nor is it JSON.
            case FieldType.RichText text -> then.isPresent() ? IMPOSSIBLE : SAME;
            case FieldType.Json json -> then.isPresent() ? IMPOSSIBLE : SAME;
            case FieldType.AutoNumber number -> then.isPresent() ? IMPOSSIBLE : SAME;
            default -> SAME;
        };
    }

    private static Retype keys(List<FieldType.Picklist.Value> values) {
        List<String> keys = values.stream().map(FieldType.Picklist.Value::key).toList();
        return keys.isEmpty() ? IMPOSSIBLE : new Retype(keys, true, false, false);
    }
}
