package dev.tenon.store.schema;

import dev.tenon.metadata.model.FieldType;

/** What the values of a field are, beside the type of their column: the same letters are a text, markup, or a number. */
final class Meaning {

    /** Of columns that were put aside before meanings were noted. */
    static final String UNKNOWN = "";

    static final String COMPUTED = "computed";

    private static final String PLAIN = "plain";
    private static final String KEYS = "keys";
    private static final String SEALED = "sealed";

    private Meaning() {}

    static String of(FieldType type) {
        return switch (type) {
            case FieldType.Formula formula -> COMPUTED;
            case FieldType.RollUp rollUp -> COMPUTED;
            case FieldType.Derived derived -> COMPUTED;
            case FieldType.Lookup lookup -> record(lookup.target());
            case FieldType.MasterDetail master -> record(master.target());
            case FieldType.ManyToMany links -> record(links.target());
            case FieldType.File file -> "file";
            case FieldType.RichText text -> "markup";
            case FieldType.Json json -> "json";
            case FieldType.AutoNumber number -> "number";
            case FieldType.EncryptedText text -> SEALED;
            case FieldType.Picklist list -> KEYS;
            case FieldType.MultiPicklist list -> KEYS;
            case FieldType.Text text -> PLAIN;
            case FieldType.WholeNumber number -> PLAIN;
            case FieldType.DecimalNumber number -> PLAIN;
            case FieldType.Bool bool -> PLAIN;
            case FieldType.DateOnly date -> PLAIN;
            case FieldType.DateTime time -> PLAIN;
            case FieldType.TimeOfDay time -> PLAIN;
        };
    }

    static String record(String object) {
        return "record of " + object;
    }

    /** What an administrator is told of values: where that is all, how they are stored. */
    static String inWords(String meaning, ColumnType type) {
        return meaning.equals(UNKNOWN) || open(meaning) ? type.toString() : meaning;
    }

    /** Whether values of every meaning can become such ones, as far as the types of the columns allow it. */
    static boolean open(String meaning) {
        return meaning.equals(PLAIN) || meaning.equals(KEYS) || meaning.equals(SEALED);
    }
}
