package dev.tenon.metadata.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A configurable record type.
 *
 * @param name global name, {@code <namespace>__<Name>}
 * @param origin name of the package (or {@code custom}) that defines it
 * @param titleField the field that names a record to people
 * @param fields by name, in display order, system fields ({@link SystemField}) included
 * @param baseline who sees records of it without any grant
 * @param recordTypes kinds of its records in their order; empty: all are alike
 * @param defaultRecordType of a new record for which none is said; absent where there are none to have
 * @param hidden true when a layer hides it from people; its data stays
 * @param junction set where its records are the links of a many-to-many field
 */
public record ObjectType(
        String name,
        String origin,
        Label label,
        Label pluralLabel,
        String titleField,
        Baseline baseline,
        boolean hidden,
        Map<String, Field> fields,
        List<ValidationRule> rules,
        List<Trigger> triggers,
        List<Action> actions,
        List<ListView> views,
        Layout layout,
        List<UniqueKey> uniqueKeys,
        List<DuplicateRule> duplicateRules,
        List<RecordType> recordTypes,
        Optional<String> defaultRecordType,
        Optional<Junction> junction) {

    /** An object of records that people know, all alike and without duplicate rules. */
    public ObjectType(
            String name,
            String origin,
            Label label,
            Label pluralLabel,
            String titleField,
            Baseline baseline,
            boolean hidden,
            Map<String, Field> fields,
            List<ValidationRule> rules,
            List<Trigger> triggers,
            List<Action> actions,
            List<ListView> views,
            Layout layout,
            List<UniqueKey> uniqueKeys) {
        this(
                name,
                origin,
                label,
                pluralLabel,
                titleField,
                baseline,
                hidden,
                fields,
                rules,
                triggers,
                actions,
                views,
                layout,
                uniqueKeys,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** Package of what the platform itself brings. */
    private static final String PLATFORM = "system";

    public ObjectType {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        rules = List.copyOf(rules);
        triggers = List.copyOf(triggers);
        actions = List.copyOf(actions);
        views = List.copyOf(views);
        uniqueKeys = List.copyOf(uniqueKeys);
        duplicateRules = List.copyOf(duplicateRules);
        recordTypes = List.copyOf(recordTypes);
    }

    /**
     * Whose links the records are: what may be done with them follows from the rights on that field and on both records.
     *
     * @param object that has the field
     */
    public record Junction(String object, String field) {}

    /** Default visibility of records (organization-wide default). */
    public enum Baseline {
        PRIVATE,
        PUBLIC_READ,
        PUBLIC_READ_WRITE,
        /** As the record of the object's one master-detail field. */
        CONTROLLED_BY_PARENT
    }

    /**
     * Values of these fields together occur once; a record in which one of them is empty does not count.
     *
     * @param ignoreCase texts that differ only in case or width are the same value
     */
    public record UniqueKey(String name, List<String> fields, boolean ignoreCase) {
        public UniqueKey {
            fields = List.copyOf(fields);
        }
    }

    /** The type of a record by its value; the default one where it has none, or one that is not there any more. */
    public Optional<String> recordTypeOf(@Nullable Object value) {
        return recordTypes.stream()
                .map(RecordType::key)
                .filter(key -> key.equals(value))
                .findFirst()
                .or(() -> defaultRecordType);
    }

    /** Every combination of fields whose values occur once: the declared keys, then single fields. */
    public List<UniqueKey> allKeys() {
        return Stream.concat(
                        uniqueKeys.stream(),
                        fields.values().stream()
                                .filter(Field::unique)
                                .map(f -> new UniqueKey(
                                        f.name(), List.of(f.name()), f.index().ignoreCase())))
                .toList();
    }

    /** Whether the field's values are compared in the key as {@code Operations.fold} makes them. */
    public boolean folded(UniqueKey key, String field) {
        return key.ignoreCase() && requireField(field).type() instanceof FieldType.Text;
    }

    public Optional<Field> findField(String fieldName) {
        return Optional.ofNullable(fields.get(fieldName));
    }

    public Field requireField(String fieldName) {
        Field found = fields.get(fieldName);
        if (found == null) {
            throw new IllegalArgumentException("no field " + fieldName + " in " + name);
        }
        return found;
    }

    /** The parts of a field in order; empty for a field of one value. */
    public List<Field> partsOf(String fieldName) {
        return fields.values().stream()
                .filter(f ->
                        f.part().filter(part -> part.of().equals(fieldName)).isPresent())
                .toList();
    }

    /** The field of people and units that tells whether they may still be chosen; absent for other objects. */
    public Optional<Field> inUseField() {
        return findField("active").filter(f -> f.origin().equals(PLATFORM) && f.type() instanceof FieldType.Bool);
    }

    /** The field that makes this object a detail of another, if it has one. */
    public Optional<Field> masterField() {
        return fields.values().stream()
                .filter(f -> f.type() instanceof FieldType.MasterDetail)
                .findFirst();
    }
}
