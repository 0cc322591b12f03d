package dev.tenon.metadata.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /** Time of a day in no particular zone, with microseconds. */
    record TimeOfDay() implements FieldType {}

    /** HTML of the elements that people may format text with, at most so many characters with its tags. */
    record RichText(int maxLength) implements FieldType {}

    /** Any JSON value in its canonical text, at most so many characters. */
    record Json(int maxLength) implements FieldType {}

    /**
     * Text that is stored sealed and shown in full only to those who have the right; nothing compares or computes with it.
     *
     * @param maxLength of the plain text
     * @param mask what of the text others are shown
     */
    record EncryptedText(int maxLength, Mask mask) implements FieldType {

        /** What stays readable. */
        public enum Mask {
            /** Nothing. */
            ALL,
            /** The last four characters, where these are at most half of them. */
            LAST_FOUR
        }
    }

    /**
     * One of a list of values with stable keys.
     *
     * @param transitions by a value that a record has, those it may have next; empty: any may follow any. A value that is
     *     not a key is final
     * @param initial values that a record may begin with; empty: any
     * @param dependence on another field, whose value decides which of these a record may have
     * @param ofTypes on the record's type, where some types have only a choice of these
     */
    record Picklist(
            List<Value> values,
            Map<String, List<String>> transitions,
            List<String> initial,
            Optional<Dependence> dependence,
            Optional<Dependence> ofTypes)
            implements FieldType {
        public Picklist {
            values = List.copyOf(values);
            transitions = Collections.unmodifiableMap(new LinkedHashMap<>(transitions));
            initial = List.copyOf(initial);
        }

        /** Any value may follow any. */
        public Picklist(List<Value> values) {
            this(values, Map.of(), List.of(), Optional.empty(), Optional.empty());
        }

        /** Whether a record may have the value next. */
        public boolean allows(@Nullable String before, @Nullable String next) {
            if (Objects.equals(before, next)) {
                return true;
            }
            return before == null
                    ? initial.isEmpty() || next == null || initial.contains(next)
                    : transitions.isEmpty() || (next != null && next(before).contains(next));
        }

        /** Values that a record may have after the given one; null: at its beginning. */
        public List<String> next(@Nullable String before) {
            return before == null ? initial : transitions.getOrDefault(before, List.of());
        }

        /**
         * @param key stable, stored in records; {@code <namespace>__key} when another layer adds it
         * @param origin package (or {@code custom}) that adds it
         * @param active false: existing records keep it, new ones cannot take it
         */
        public record Value(String key, String origin, Label label, Optional<String> color, boolean active) {}
    }

    /** Any of a list of values with stable keys, each once and in the order of the list. */
    record MultiPicklist(List<Picklist.Value> values, Optional<Dependence> dependence, Optional<Dependence> ofTypes)
            implements FieldType {
        public MultiPicklist {
            values = List.copyOf(values);
        }

        /** Any values at any time. */
        public MultiPicklist(List<Picklist.Value> values) {
            this(values, Optional.empty(), Optional.empty());
        }
    }

    /**
     * Which values a record may have, by the value of another of its fields.
     *
     * @param field a picklist or boolean of the same object
     * @param allowed by its value, {@code true} and {@code false} for a boolean; none for a value without an entry
     */
    record Dependence(String field, Map<String, List<String>> allowed) {
        public Dependence {
            allowed = Collections.unmodifiableMap(new LinkedHashMap<>(allowed));
        }

        /** Values allowed beside the one of the other field, none beside an empty one. */
        public List<String> beside(@Nullable Object controlling) {
            return controlling == null ? List.of() : allowed.getOrDefault(controlling.toString(), List.of());
        }
    }

    /**
     * Reference to a record of another object, or to a user ({@code sys__User}).
     *
     * @param circles whether a record may refer, over others of its object, to itself
     */
    record Lookup(String target, Candidates candidates, boolean circles) implements FieldType {
        /** Any record. */
        public Lookup(String target) {
            this(target, Candidates.ANY, true);
        }
    }

    /**
     * Reference to the master record: required, deleted with it, access may follow it.
     *
     * @param reparent whether a record may be moved to another master
     */
    record MasterDetail(String target, Candidates candidates, boolean reparent) implements FieldType {
        /** Any record, also later. */
        public MasterDetail(String target) {
            this(target, Candidates.ANY, true);
        }
    }

    /**
     * Any number of records of another object, each once. No column keeps them: each link is a record of the object
     * {@code junction}, which the platform makes with the model and nobody writes by himself.
     *
     * @param inverse what the records that have the link are called together on the pages of the target
     */
    record ManyToMany(String target, String junction, Candidates candidates, Label inverse) implements FieldType {
        /** Field of the junction that refers to the record whose field this is. */
        public static final String SOURCE = "source";

        /** Field of the junction that refers to the record that is linked. */
        public static final String TARGET = "target";

        /** Name of the object whose records are the links of an object's field. */
        public static String junction(String object, String field) {
            return object + "_" + field;
        }
    }

    /**
     * Which records a reference may be given, and how they are shown to who chooses one.
     *
     * @param fields of the target, beside its title
     * @param filter over the record that refers, in which {@link #NAME} is the record referred to
     */
    record Candidates(List<String> fields, Optional<ExpressionText> filter) {

        public static final Candidates ANY = new Candidates(List.of(), Optional.empty());

        /** What a filter calls the record referred to. */
        public static final String NAME = "candidate";

        public Candidates {
            fields = List.copyOf(fields);
        }
    }

    /**
     * A file that was uploaded for the field; the value is its id.
     *
     * @param accepts media types as told from the content, {@code application/pdf} or {@code image/*}; empty: any
     * @param picture set for images: only those that browsers show, of a limited size
     */
    record File(long maxBytes, List<String> accepts, Optional<Picture> picture) implements FieldType {
        public File {
            accepts = List.copyOf(accepts);
        }

        /** Greatest width and height of an image in pixels. */
        public record Picture(int maxWidth, int maxHeight) {}

        public boolean accepts(String mediaType) {
            return accepts.isEmpty()
                    || accepts.stream()
                            .anyMatch(type -> type.endsWith("/*")
                                    ? mediaType.startsWith(type.substring(0, type.length() - 1))
                                    : type.equals(mediaType));
        }
    }

    /**
     * Number given at creation, for example {@code OFF-{yyyy}-{0000}}.
     *
     * @param format text with one counter and parts of the day
     * @param reset when the count begins again, in the tenant's zone
     * @param gapless no number is left out, at the price that saves of new records wait for each other
     */
    record AutoNumber(String format, Reset reset, boolean gapless) implements FieldType {
        /** Periods that have counts of their own. */
        public enum Reset {
            NEVER,
            YEAR,
            MONTH,
            DAY
        }

        /** One count for ever, fast. */
        public AutoNumber(String format) {
            this(format, Reset.NEVER, false);
        }
    }

    /** Computed from other fields; stored, kept right at every save. */
    record Formula(FieldType result, ExpressionText expression) implements FieldType {}

    /**
     * Computed over the records that refer to this one.
     *
     * @param object the referring object
     * @param via its lookup or master-detail field
     * @param field what is summed or compared, absent for COUNT
     */
    record RollUp(String object, String via, Function function, Optional<String> field, Optional<ExpressionText> filter)
            implements FieldType {
        /** How the values become one. */
        public enum Function {
            COUNT,
            SUM,
            MIN,
            MAX,
            AVG
        }

        /** Wide enough for the sum of any values of a field. */
        private static final int SUM_PRECISION = 38;

        private static final int FURTHER_DIGITS = 4;
        private static final int AVERAGE_SCALE = 10;
        private static final FieldType NUMBER = new WholeNumber(Optional.empty(), Optional.empty());

        /** What its value is: a number of records, or what comes of the field's values, which may be a roll-up's. */
        public FieldType result(Declared model) {
            return result(model, Set.of());
        }

        private FieldType result(Declared model, Set<RollUp> over) {
            Optional<FieldType> taken = field.flatMap(
                            name -> model.findObject(object).flatMap(o -> o.findField(name)))
                    .map(Field::type);
            // A circle is refused with its way when the model is checked.
            if (taken.isEmpty() || over.contains(this)) {
                return NUMBER;
            }
            FieldType type = switch (taken.get()) {
                case Formula formula -> formula.result();
                case RollUp rollUp -> {
                    Set<RollUp> further = new HashSet<>(over);
                    further.add(this);
                    yield rollUp.result(model, further);
                }
                default -> taken.get();
            };
            return result(function, type);
        }

        /** What comes of values of the type; an average has four digits behind the point more than they, at most ten. */
        public static FieldType result(Function function, FieldType taken) {
            int scale = taken instanceof DecimalNumber number ? number.scale() : 0;
            boolean percent = taken instanceof DecimalNumber number && number.percent();
            return switch (function) {
                case COUNT -> NUMBER;
                case SUM -> taken instanceof DecimalNumber ? new DecimalNumber(SUM_PRECISION, scale, percent) : NUMBER;
                case AVG ->
                    new DecimalNumber(
                            SUM_PRECISION, Math.max(scale, Math.min(scale + FURTHER_DIGITS, AVERAGE_SCALE)), percent);
                case MIN, MAX -> taken;
            };
        }
    }

    /**
     * Told from other fields of the same record whenever a query asks; nothing is stored, so it is right on every day.
     *
     * @param result type of its value
     */
    record Derived(Rule rule, FieldType result) implements FieldType {

        /** How the value comes about. */
        public sealed interface Rule {}

        /**
         * An amount in the tenant's corporate currency.
         *
         * @param amount field with the amount
         * @param currency field with its ISO 4217 code
         * @param day field with the day or time whose rate counts; absent: the day of the query
         */
        public record Conversion(String amount, String currency, Optional<String> day) implements Rule {}

        /** The parts of an address as one line. */
        public record AddressLine(
                String country, String state, String city, String district, String street, String postalCode)
                implements Rule {}

        /** Two coordinates as one text. */
        public record Coordinates(String latitude, String longitude) implements Rule {}
    }
}
