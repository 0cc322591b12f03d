package dev.tenon.expression;

import dev.tenon.metadata.model.Declared;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.SystemField;
import java.util.Locale;

/** Type of an expression's value. Every type has the additional value null. */
public sealed interface ValueType {

    /** Types without parameters. */
    enum Simple implements ValueType {
        /** Java {@link String} of valid Unicode without U+0000, compared by code point. */
        TEXT,
        /** Java {@link Long}. */
        INTEGER,
        /** Java {@link java.math.BigDecimal}, exact, compared by value: 1.0 equals 1.00. */
        DECIMAL,
        /** Java {@link Boolean}. */
        BOOLEAN,
        /** Java {@link java.time.LocalDate}, years 1 to 9999. */
        DATE,
        /** Java {@link java.time.Instant}, microseconds. */
        DATE_TIME,
        /** Java {@link java.time.LocalTime}, microseconds. */
        TIME,
        /** Java {@link java.util.UUID}. */
        ID,
        /** Java {@link String} of canonical JSON; all that can be asked is whether there is any. */
        JSON,
        /** Java {@link String} as it is stored, sealed; all that can be asked is whether there is any. */
        ENCRYPTED_TEXT,
        /** The literal null, before it takes the other side's type. */
        NULL
    }

    /** A reference to a record of {@code target}: an id whose fields can be read through a path. */
    record Reference(String target) implements ValueType {}

    /** A list of values of one type; Java {@link java.util.List}. */
    record ListOf(ValueType element) implements ValueType {}

    /** The name of the type in messages and documents, for example {@code date-time} or {@code reference to x__Y}. */
    default String describe() {
        return switch (this) {
            case Simple simple -> simple.name().toLowerCase(Locale.ROOT).replace('_', '-');
            case Reference reference -> "reference to " + reference.target();
            case ListOf list -> "list of " + list.element().describe();
        };
    }

    /** Whether values of the type are compared, sorted and grouped; lists, JSON and what is sealed are not. */
    default boolean comparable() {
        return this != Simple.JSON && this != Simple.ENCRYPTED_TEXT && !(this instanceof ListOf);
    }

    /** The type of a field's value; {@code id} is an {@link Simple#ID}. */
    static ValueType of(Declared model, Field field) {
        return field.name().equals(SystemField.ID) ? Simple.ID : of(model, field.type());
    }

    /** The type of the values of a field type. A picklist's values are the texts of its keys, of rich text its HTML. */
    static ValueType of(Declared model, FieldType type) {
        return switch (type) {
            case FieldType.Text text -> Simple.TEXT;
            case FieldType.WholeNumber number -> Simple.INTEGER;
            case FieldType.DecimalNumber number -> Simple.DECIMAL;
            case FieldType.Bool bool -> Simple.BOOLEAN;
            case FieldType.DateOnly date -> Simple.DATE;
            case FieldType.DateTime dateTime -> Simple.DATE_TIME;
            case FieldType.TimeOfDay time -> Simple.TIME;
            case FieldType.MultiPicklist picklist -> new ListOf(Simple.TEXT);
            case FieldType.RichText text -> Simple.TEXT;
            case FieldType.Json json -> Simple.JSON;
            case FieldType.EncryptedText text -> Simple.ENCRYPTED_TEXT;
            case FieldType.Picklist picklist -> Simple.TEXT;
            case FieldType.File file -> Simple.ID;
            case FieldType.Lookup lookup -> new Reference(lookup.target());
            case FieldType.MasterDetail master -> new Reference(master.target());
            case FieldType.ManyToMany links -> new ListOf(new Reference(links.target()));
            case FieldType.AutoNumber number -> Simple.TEXT;
            case FieldType.Formula formula -> of(model, formula.result());
            case FieldType.Derived derived -> of(model, derived.result());
            case FieldType.RollUp rollUp -> of(model, rollUp.result(model));
        };
    }
}
