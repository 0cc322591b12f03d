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
 * @param way what becomes of the values
 * @param keys of the picklist that the field has become
 * @param then what the values meant, see {@link Meaning}
 * @param now what they mean
 */
record Retype(Way way, List<String> keys, String then, String now) {

    /** What becomes of the values. */
    enum Way {
        /** They are what they were. */
        SAME,
        /** The field is as it was: every save has seen to it that values fit. */
        UNCHANGED,
        /** They are what they were, as plain text; but what they were cannot be told from that. */
        PLAIN,
        /** They become keys of a picklist. */
        KEYS,
        /** They are computed anew in any case. */
        COMPUTED,
        /** What people have entered gives way to computed values. */
        REPLACED,
        /** Computed values become what people enter; what they had entered before comes back. */
        RETURNED,
        /** No value can be taken over. */
        IMPOSSIBLE
    }

    Retype {
        keys = List.copyOf(keys);
    }

    boolean possible() {
        return way != Way.IMPOSSIBLE;
    }

    boolean computed() {
        return way == Way.COMPUTED;
    }

    boolean unchanged() {
        return way == Way.UNCHANGED;
    }

    /** Whether values have to be looked at although the column could keep them. */
    boolean convertsAll() {
        return switch (way) {
            case PLAIN, KEYS, REPLACED, RETURNED, IMPOSSIBLE -> true;
            case SAME, UNCHANGED, COMPUTED -> false;
        };
    }

    /** The same without anything that people have entered. */
    Retype withoutEntered() {
        return new Retype(Way.COMPUTED, List.of(), then, now);
    }

    static Retype of(TableData data, ObjectType object, String name) {
        // A record whose type is gone keeps the key of it until it is saved.
        if (name.equals(SystemField.ID) || name.equals(SystemField.VERSION) || name.equals(SystemField.RECORD_TYPE)) {
            return new Retype(Way.SAME, List.of(), Meaning.UNKNOWN, Meaning.UNKNOWN);
        }
        FieldType now = object.requireField(name).type();
        Optional<FieldType> known = known(data, object.name(), name);
        String then = known.map(Meaning::of).orElse(Meaning.UNKNOWN);
        String meaning = Meaning.of(now);
        return now instanceof FieldType.Picklist || now instanceof FieldType.MultiPicklist
                ? keys(data.before(), known, now, then, meaning)
                : new Retype(way(known, now, then, meaning), List.of(), then, meaning);
    }

    /** What the field was in the model before, or when it left the model. */
    private static Optional<FieldType> known(TableData data, String object, String field) {
        return Optional.ofNullable(data.departed().get(object + "/" + field))
                .or(() -> data.before()
                        .flatMap(m -> m.findObject(object))
                        .flatMap(o -> o.findField(field))
                        .map(Field::type));
    }

    private static Way way(Optional<FieldType> known, FieldType now, String then, String meaning) {
        boolean computed = then.equals(Meaning.COMPUTED);
        if (meaning.equals(Meaning.COMPUTED)) {
            return known.isEmpty() || computed ? Way.COMPUTED : Way.REPLACED;
        }
        if (known.equals(Optional.of(now))) {
            return Way.UNCHANGED;
        }
        if (computed) {
            return Way.RETURNED;
        }
        if (known.isEmpty() || then.equals(meaning)) {
            return Way.SAME;
        }
        // What was written as plain text is not safe as markup, nor is it JSON; nor is one record another one.
        return !Meaning.open(meaning) ? Way.IMPOSSIBLE : Meaning.open(then) ? Way.SAME : Way.PLAIN;
    }

    private static Retype keys(
            Optional<Model> before, Optional<FieldType> known, FieldType now, String then, String meaning) {
        boolean sameKind =
                known.map(FieldType::getClass).equals(Optional.<Class<? extends FieldType>>of(now.getClass()));
        if (before.isEmpty() || sameKind) {
            return new Retype(known.equals(Optional.of(now)) ? Way.UNCHANGED : Way.SAME, List.of(), then, meaning);
        }
        List<String> keys = keys(now);
        Way way = then.equals(Meaning.COMPUTED) ? Way.RETURNED : keys.isEmpty() ? Way.IMPOSSIBLE : Way.KEYS;
        return new Retype(way, keys, then, meaning);
    }

    private static List<String> keys(FieldType now) {
        List<FieldType.Picklist.Value> values = now instanceof FieldType.Picklist list
                ? list.values()
                : now instanceof FieldType.MultiPicklist several ? several.values() : List.of();
        return values.stream().map(FieldType.Picklist.Value::key).toList();
    }
}
