package dev.tenon.metadata.model;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * An attribute of an object.
 *
 * @param name global within the object: bare for the object's own package, {@code <namespace>__<name>} for others'
 * @param origin package (or {@code custom}) that adds it
 * @param required a value must be there on every save
 * @param index how values are found, and whether one may occur twice
 * @param defaultValue expression that gives the value of a new record when none is sent
 * @param help text for people who fill it
 * @param readOnly people and programs cannot write it; triggers can
 * @param system one of {@link SystemField}
 * @param hidden a layer hides it from people; its data stays
 * @param when conditions over the record under which it is shown, required, not to be changed
 * @param part what it is of a field of several values
 */
public record Field(
        String name,
        String origin,
        Label label,
        FieldType type,
        boolean required,
        Index index,
        Optional<ExpressionText> defaultValue,
        Optional<Label> help,
        boolean readOnly,
        boolean system,
        boolean hidden,
        When when,
        Optional<Part> part) {

    /** A field by itself. */
    public Field(
            String name,
            String origin,
            Label label,
            FieldType type,
            boolean required,
            Index index,
            Optional<ExpressionText> defaultValue,
            Optional<Label> help,
            boolean readOnly,
            boolean system,
            boolean hidden,
            When when) {
        this(
                name,
                origin,
                label,
                type,
                required,
                index,
                defaultValue,
                help,
                readOnly,
                system,
                hidden,
                when,
                Optional.empty());
    }

    /** A field without conditions. */
    public Field(
            String name,
            String origin,
            Label label,
            FieldType type,
            boolean required,
            boolean unique,
            Optional<ExpressionText> defaultValue,
            Optional<Label> help,
            boolean readOnly,
            boolean system,
            boolean hidden) {
        this(
                name,
                origin,
                label,
                type,
                required,
                unique ? Index.UNIQUE : Index.NONE,
                defaultValue,
                help,
                readOnly,
                system,
                hidden,
                When.ALWAYS_THE_SAME);
    }

    /**
     * @param unique no two records have the same value; empty values do not count
     * @param ignoreCase texts that differ only in case or width are the same value
     * @param indexed filters and sorts by it are fast; what is unique is so anyway
     */
    public record Index(boolean unique, boolean ignoreCase, boolean indexed) {
        public static final Index NONE = new Index(false, false, false);
        public static final Index UNIQUE = new Index(true, false, false);
    }

    public boolean unique() {
        return index.unique();
    }

    /**
     * What depends on the record's values. A condition that is not true does not apply.
     *
     * @param visible people are shown the field; absent: always
     * @param required a value must be there, as with {@link Field#required}
     * @param readOnly as {@link Field#readOnly}, told from the record before the change
     */
    public record When(
            Optional<ExpressionText> visible, Optional<ExpressionText> required, Optional<ExpressionText> readOnly) {

        public static final When ALWAYS_THE_SAME = new When(Optional.empty(), Optional.empty(), Optional.empty());

        public Stream<ExpressionText> expressions() {
            return Stream.of(visible, required, readOnly).flatMap(Optional::stream);
        }

        public boolean isEmpty() {
            return equals(ALWAYS_THE_SAME);
        }
    }

    /**
     * One value of a field that has several: a currency field's code, an address' city. No layer declares it; it comes,
     * goes and is permitted with its field.
     *
     * @param of name of the field
     */
    public record Part(String of, Role role) {}

    /** What a part says; its name is that of its field with {@link #suffix} behind it. */
    public enum Role {
        CURRENCY("Currency"),
        CONVERTED("Converted"),
        COUNTRY("Country"),
        STATE("State"),
        CITY("City"),
        DISTRICT("District"),
        STREET("Street"),
        POSTAL_CODE("PostalCode"),
        LATITUDE("Latitude"),
        LONGITUDE("Longitude"),
        /** One of the objects that a lookup may refer to; named by {@link Field#nameOfPart}. */
        TARGET("");

        private final String suffix;

        Role(String suffix) {
            this.suffix = suffix;
        }

        public String suffix() {
            return suffix;
        }
    }

    /**
     * The part of a lookup that refers to records of one of its objects: {@code aboutAccount}, and where that is another
     * package's than the field, {@code aboutCrmAccount}.
     */
    public static String nameOfPart(String object, String field, String target) {
        String own = (field.contains("__") ? field : object).replaceFirst("__.*", "");
        String namespace = target.replaceFirst("__.*", "");
        String local = target.substring(namespace.length()).replaceFirst("^__", "");
        return namespace.equals(own)
                ? field + local
                : field + Character.toUpperCase(namespace.charAt(0)) + namespace.substring(1) + local;
    }

    /** The field with another type, for a reader who is told less. */
    public Field withType(FieldType other) {
        return new Field(
                name, origin, label, other, required, index, defaultValue, help, readOnly, system, hidden, when, part);
    }

    /** Whether it is a lookup's part for one of its objects. */
    public boolean refersForAnother() {
        return part.filter(p -> p.role() == Role.TARGET).isPresent();
    }

    /** Name of the field that permission sets and layouts name: the whole of a part, else its own. */
    public String whole() {
        return part.map(Part::of).orElse(name);
    }

    /** Whether records keep a value of it; else it is told from others whenever it is asked. */
    public boolean stored() {
        return !(type instanceof FieldType.Derived || type instanceof FieldType.ManyToMany);
    }

    /**
     * No record lacks a value: one that is not shown is not demanded either. What a lookup to several objects tells of its
     * parts is empty for readers who may not see the record.
     */
    public boolean alwaysRequired() {
        return required && when.visible().isEmpty() && !(type instanceof FieldType.Formula);
    }
}
