package dev.tenon.metadata.model;

import java.util.List;
import java.util.Optional;

/** What a field holds. The Java type of a value is documented at {@code dev.tenon.sdk.record.RecordData}. */
public sealed interface FieldType {

    /** Text of one line, or of several when {@code multiline}; {@code format} adds a check. */
    record Text(int maxLength, boolean multiline, Format format) implements FieldType {
        /** What the text must look like. */
        public enum Format {
            PLAIN,
            EMAIL,
            PHONE,
            URL
        }
    }

    /** Whole number, 64 bits. */
    record WholeNumber(Optional<Long> min, Optional<Long> max) implements FieldType {}

    /** Exact decimal: at most {@code precision} digits, {@code scale} of them behind the point. */
    record DecimalNumber(int precision, int scale, boolean percent) implements FieldType {}

    record Bool() implements FieldType {}

    record DateOnly() implements FieldType {}

    /** Instant, stored in UTC with microseconds. */
    record DateTime() implements FieldType {}

    /** One of a list of values with stable keys. */
    record Picklist(List<Value> values) implements FieldType {
        public Picklist {
            values = List.copyOf(values);
        }

        /**
         * @param key stable, stored in records; {@code <namespace>__key} when another layer adds it
         * @param origin package (or {@code custom}) that adds it
         * @param active false: existing records keep it, new ones cannot take it
         */
        public record Value(String key, String origin, Label label, Optional<String> color, boolean active) {}
    }

    /** Reference to a record of another object, or to a user ({@code sys__User}). */
    record Lookup(String target) implements FieldType {}

    /** Reference to the master record: required, deleted with it, access may follow it. */
    record MasterDetail(String target) implements FieldType {}

    /** Number given at creation, for example {@code OFF-{0000}}. */
    record AutoNumber(String format) implements FieldType {}

    /** Computed from other fields; stored, kept right at every save. */
    record Formula(FieldType result, ExpressionText expression) implements FieldType {}

    /**
     * Computed over the records that refer to this one.
     *
     * @param object the referring object
     * @param via its lookup or master-detail field
     * @param field what is summed, absent for COUNT
     */
    record RollUp(String object, String via, Function function, Optional<String> field, Optional<ExpressionText> filter)
            implements FieldType {
        /** How the values become one. */
        public enum Function {
            COUNT,
            SUM,
            MIN,
            MAX
        }
    }
}
