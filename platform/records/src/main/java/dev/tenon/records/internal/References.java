package dev.tenon.records.internal;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.ObjectType;
import java.util.List;
import java.util.Optional;

/** Fields that refer to records. */
final class References {

    private References() {}

    /** Which records a field may be given; any where it is no reference. */
    static FieldType.Candidates candidates(Field field) {
        return switch (field.type()) {
            case FieldType.Lookup lookup -> lookup.candidates();
            case FieldType.MasterDetail master -> master.candidates();
            case FieldType.ManyToMany links -> links.candidates();
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

    /** The other parts of a lookup to several objects: a record refers to one record at a time. */
    static List<Field> others(ObjectType type, Field part) {
        return part.refersForAnother()
                ? type.partsOf(part.whole()).stream()
                        .filter(other -> !other.equals(part))
                        .toList()
                : List.of();
    }

    /** What a field links any number of records by; absent for other fields. */
    static Optional<FieldType.ManyToMany> links(Field field) {
        return field.type() instanceof FieldType.ManyToMany links ? Optional.of(links) : Optional.empty();
    }

    /** The object whose records a person chooses from for the field. */
    static Optional<String> chosenFrom(Field field) {
        return target(field).or(() -> links(field).map(FieldType.ManyToMany::target));
    }

    /** Whether the platform computes the field's value, at every save or whenever it is asked. */
    static boolean computed(Field field) {
        return field.type() instanceof FieldType.Formula
                || field.type() instanceof FieldType.RollUp
                || !(field.stored() || field.type() instanceof FieldType.ManyToMany);
    }
}
