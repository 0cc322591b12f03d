package dev.tenon.web.model;

import dev.tenon.access.ObjectAccess;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.RecordsError;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.error.Suggestions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An object as one caller may know it.
 *
 * @param fields the readable ones by name, without {@code id} and {@code version}, which every record has
 * @param links the readable many-to-many ones by name; the records behind them are in a collection of that name
 * @param children collections of records that refer to this object's or are linked with them, by the name of the collection
 */
public record VisibleObject(
        ObjectType type,
        ObjectAccess access,
        Map<String, Field> fields,
        Map<String, Field> links,
        Map<String, Collection> children) {

    /** What the property of a reference adds to the field's name; the name itself is the way to the record. */
    public static final String ID_SUFFIX = "_id";

    public VisibleObject {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        links = Collections.unmodifiableMap(new LinkedHashMap<>(links));
        children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }

    /**
     * Records of {@code object} whose field {@code via} refers to a record of this object.
     *
     * @param links set where they are linked: then {@code via} is the junction's reference to this object
     */
    public record Collection(String name, String object, String via, Optional<Links> links) {}

    /**
     * A many-to-many field behind a collection.
     *
     * @param through the junction's reference to the records of the collection
     * @param inverse whether those have the field, and not this object
     */
    public record Links(String junction, String through, String field, boolean inverse) {}

    /** A field that the caller may read, as people know it, whatever it holds. */
    public Optional<Field> described(String field) {
        return Optional.ofNullable(fields.getOrDefault(field, links.get(field)));
    }

    /** The object whose records a person chooses from for the field. */
    public static Optional<String> chosenFrom(Field field) {
        return field.type() instanceof FieldType.ManyToMany links ? Optional.of(links.target()) : target(field);
    }

    public String name() {
        return type.name();
    }

    /** The object that a field refers to, if it refers to one. */
    public static Optional<String> target(Field field) {
        return switch (field.type()) {
            case FieldType.Lookup lookup -> Optional.of(lookup.target());
            case FieldType.MasterDetail master -> Optional.of(master.target());
            default -> Optional.empty();
        };
    }

    /** Which records a field may be given; any where it is no reference. */
    public static FieldType.Candidates candidates(Field field) {
        return switch (field.type()) {
            case FieldType.Lookup lookup -> lookup.candidates();
            case FieldType.MasterDetail master -> master.candidates();
            case FieldType.ManyToMany links -> links.candidates();
            default -> FieldType.Candidates.ANY;
        };
    }

    /** Name of the property that holds the field's value. */
    public static String property(Field field) {
        return target(field).isPresent() ? field.name() + ID_SUFFIX : field.name();
    }

    /** The field behind a property; absent for {@code id} and {@code version}. */
    public Optional<Field> fieldOf(String property) {
        Field same = fields.get(property);
        if (same != null && property(same).equals(property)) {
            return Optional.of(same);
        }
        if (property.endsWith(ID_SUFFIX)) {
            Field reference = fields.get(property.substring(0, property.length() - ID_SUFFIX.length()));
            if (reference != null && target(reference).isPresent()) {
                return Optional.of(reference);
            }
        }
        return Optional.empty();
    }

    /** A field that the caller may read; {@code records.unknown-field} for any other. */
    public Field require(String field) {
        Field known = fields.get(field);
        if (known == null) {
            throw unknown(field);
        }
        return known;
    }

    /** The object that a reference refers to. */
    public String requireTarget(String reference) {
        return target(require(reference)).orElseThrow(() -> unknown(reference));
    }

    public Collection requireCollection(String name) {
        Collection known = children.get(name);
        if (known == null) {
            throw unknown(name);
        }
        return known;
    }

    /** {@code records.unknown-field}, with the property that was probably meant. */
    public PlatformException unknown(String property) {
        return RecordsError.UNKNOWN_FIELD
                .error()
                .with("object", name())
                .with("field", property)
                .with("suggestion", nearest(property))
                .build();
    }

    /** The property that was probably meant; empty when none is similar. */
    public String nearest(String property) {
        return Suggestions.nearest(
                property, fields.values().stream().map(VisibleObject::property).toList());
    }

    static boolean isKey(String field) {
        return field.equals(SystemField.ID) || field.equals(SystemField.VERSION);
    }
}
