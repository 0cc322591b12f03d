package dev.tenon.store.schema;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import java.util.Locale;
import org.jooq.DataType;
import org.jooq.impl.SQLDataType;

/** What a column can hold, independent of the database. Its text is what the catalogue keeps. */
public sealed interface ColumnType {

    /** At most {@code length} code points. */
    record Text(int length) implements ColumnType {
        @Override
        public String toString() {
            return "text(" + length + ")";
        }
    }

    /** A text of at most {@code length} code points, sealed: what the column keeps is longer. */
    record Sealed(int length) implements ColumnType {

        /** Format, id of the key, nonce and tag around the text. */
        private static final int AROUND = 120;

        private static final int BYTES_OF_CHARACTER = 4;

        /** Characters of the column: what is sealed is written in Base64. */
        public int characters() {
            return AROUND + (length * BYTES_OF_CHARACTER + 2) / 3 * 4;
        }

        @Override
        public String toString() {
            return "sealed(" + length + ")";
        }
    }

    /** Exact; {@code scale} of the digits stand behind the point. */
    record Decimal(int precision, int scale) implements ColumnType {
        @Override
        public String toString() {
            return "decimal(" + precision + "," + scale + ")";
        }
    }

    /** Types without parameters. */
    enum Simple implements ColumnType {
        WHOLE(SQLDataType.BIGINT),
        BOOL(SQLDataType.BOOLEAN),
        DATE(SQLDataType.LOCALDATE),
        INSTANT(SQLDataType.INSTANT(6)),
        TIME(SQLDataType.LOCALTIME(6)),
        /** Several keys in one text, see {@link KeyList}. */
        KEYS(SQLDataType.VARCHAR(KeyList.MOST_CHARACTERS)),
        ID(SQLDataType.UUID);

        private final DataType<?> standard;

        Simple(DataType<?> standard) {
            this.standard = standard;
        }

        /** The type by its standard name, which both databases know. */
        public DataType<?> standard() {
            return standard;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Keys of picklists and numbers such as {@code OFF-00001}: longer than any that occurs. */
    Text SHORT_TEXT = new Text(255);

    /** The column of a field. */
    static ColumnType of(Model model, ObjectType object, Field field) {
        return switch (field.name()) {
            case SystemField.ID, SystemField.OWNER, SystemField.CREATED_BY, SystemField.UPDATED_BY -> Simple.ID;
            case SystemField.VERSION -> Simple.WHOLE;
            case SystemField.CREATED_AT, SystemField.UPDATED_AT -> Simple.INSTANT;
            default -> of(model, object, field.type());
        };
    }

    private static ColumnType of(Model model, ObjectType object, FieldType type) {
        return switch (type) {
            case FieldType.Text text -> new Text(text.maxLength());
            case FieldType.WholeNumber whole -> Simple.WHOLE;
            case FieldType.DecimalNumber decimal -> new Decimal(decimal.precision(), decimal.scale());
            case FieldType.Bool bool -> Simple.BOOL;
            case FieldType.DateOnly date -> Simple.DATE;
            case FieldType.DateTime time -> Simple.INSTANT;
            case FieldType.TimeOfDay time -> Simple.TIME;
            case FieldType.MultiPicklist list -> Simple.KEYS;
            case FieldType.RichText text -> new Text(text.maxLength());
            case FieldType.Json json -> new Text(json.maxLength());
            case FieldType.EncryptedText text -> new Sealed(text.maxLength());
            case FieldType.Picklist list -> SHORT_TEXT;
            case FieldType.AutoNumber number -> SHORT_TEXT;
            case FieldType.File file -> Simple.ID;
            case FieldType.Lookup lookup -> Simple.ID;
            case FieldType.MasterDetail master -> Simple.ID;
            case FieldType.Formula formula -> of(model, object, formula.result());
            case FieldType.Derived derived -> throw new IllegalArgumentException("no column keeps " + derived);
            case FieldType.ManyToMany links -> throw new IllegalArgumentException("no column keeps " + links);
            case FieldType.RollUp rollUp -> of(model, object, rollUp.result(model));
        };
    }

    /** Reads what {@link #toString} wrote. */
    static ColumnType parse(String text) {
        int open = text.indexOf('(');
        if (open < 0) {
            return Simple.valueOf(text.toUpperCase(Locale.ROOT));
        }
        String[] numbers = text.substring(open + 1, text.length() - 1).split(",", -1);
        int first = Integer.parseInt(numbers[0]);
        if (text.startsWith("sealed")) {
            return new Sealed(first);
        }
        return text.startsWith("text") ? new Text(first) : new Decimal(first, Integer.parseInt(numbers[1]));
    }

    /** The smallest type that keeps every value of both, or this one where there is none. */
    default ColumnType widenedFor(ColumnType other) {
        return switch (this) {
            case Text(int length) when other instanceof Text(int wanted) -> new Text(Math.max(length, wanted));
            case Decimal(int p, int s)
            when other instanceof Decimal(int wantedP, int wantedS) -> {
                int scale = Math.max(s, wantedS);
                yield new Decimal(Math.max(p - s, wantedP - wantedS) + scale, scale);
            }
            case Simple simple
            when simple == Simple.WHOLE && other instanceof Decimal(int wantedP, int wantedS) ->
                new Decimal(Math.max(wantedP, DIGITS_OF_LONG + wantedS), wantedS);
            case Sealed(int length) when other instanceof Sealed(int wanted) -> new Sealed(Math.max(length, wanted));
            case Text text -> this;
            case Sealed sealed -> this;
            case Decimal decimal -> this;
            case Simple simple -> this;
        };
    }

    /** Digits of the largest 64-bit number. */
    int DIGITS_OF_LONG = 19;

    /** Whether every value of the other type is also one of this type. */
    default boolean holds(ColumnType other) {
        return switch (this) {
            case Text(int length) -> other instanceof Text(int wanted) && length >= wanted;
            case Sealed(int length) -> other instanceof Sealed(int wanted) && length >= wanted;
            case Decimal(int p, int s) ->
                other instanceof Decimal(int wantedP, int wantedS) && s >= wantedS && p - s >= wantedP - wantedS;
            case Simple simple -> simple == other;
        };
    }

    /** Whether values of the other type are already stored as this one wants them, so that none has to be touched. */
    default boolean holdsAsStored(ColumnType other) {
        return holds(other)
                && (!(this instanceof Decimal(int p, int s)) || other instanceof Decimal(int q, int t) && s == t);
    }

    /** Java type of values: what plans, rows and expressions carry. */
    default DataType<?> valueType() {
        return switch (this) {
            case Text text -> SQLDataType.VARCHAR;
            case Sealed sealed -> SQLDataType.VARCHAR;
            case Decimal decimal -> SQLDataType.NUMERIC;
            case Simple simple -> simple.standard();
        };
    }
}
