package dev.tenon.records.internal;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import java.util.Optional;

/** Fields that refer to records. */
final class References {

    private References() {}

    /** Which records a field may be given; any where it is no reference. */
    static FieldType.Candidates candidates(Field field) {
        return switch (field.type()) {
            case FieldType.Lookup lookup -> lookup.candidates();
            case FieldType.MasterDetail master -> master.candidates();
            default -> FieldType.Candidates.ANY;
        };
    }

    /** The object whose records a field refers to; absent for other fields. */
    static Optional<String> target(Field field) {
        return switch (field.type()) {
            case FieldType.Lookup lookup -> Optional.of(lookup.target());
            case FieldType.MasterDetail master -> Optional.of(master.target());
            default -> Optional.empty();
        };
    }

    /** Whether the platform computes the field's value, at every save or whenever it is asked. */
    static boolean computed(Field field) {
        return field.type() instanceof FieldType.Formula || field.type() instanceof FieldType.RollUp || !field.stored();
    }
}
