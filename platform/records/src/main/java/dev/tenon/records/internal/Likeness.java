package dev.tenon.records.internal;

import dev.tenon.expression.Operations;
import dev.tenon.metadata.model.DuplicateRule.Criterion;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.jspecify.annotations.Nullable;

/** How duplicate rules compare values. What is said here is said in the administrators' guide. */
final class Likeness {

    private static final JaroWinklerSimilarity JARO_WINKLER = new JaroWinklerSimilarity();
    private static final int ASCII = 128;
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern NO_DIGITS = Pattern.compile("[^0-9+]");

    private Likeness() {}

    /** How a criterion looks at its field; values of another kind are not comparable with it. */
    enum Kind {
        EXACT,
        TEXT,
        PHONE,
        FUZZY
    }

    static Kind kind(Field field, Criterion criterion) {
        return switch (criterion.measure()) {
            case EXACT -> Kind.EXACT;
            case NORMALIZED ->
                field.type() instanceof FieldType.Text text && text.format() == FieldType.Text.Format.PHONE
                        ? Kind.PHONE
                        : Kind.TEXT;
            case FUZZY -> Kind.FUZZY;
        };
    }

    /** The form in which values are the same or not; empty for no value. */
    static Optional<String> form(Kind kind, @Nullable Object value) {
        if (value == null) {
            return Optional.empty();
        }
        String form = switch (kind) {
            case EXACT ->
                value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString() : value.toString();
            case TEXT -> SPACES.matcher(Operations.fold(value.toString())).replaceAll("");
            case PHONE -> phone(value.toString());
            case FUZZY -> words(value.toString());
        };
        return form.isEmpty() ? Optional.empty() : Optional.of(form);
    }

    /** Digits, with the country's code in front of those that are not in China. */
    private static String phone(String text) {
        String wide = Normalizer.normalize(text, Normalizer.Form.NFKC);
        boolean abroad = wide.strip().startsWith("+");
        String digits = NO_DIGITS.matcher(wide).replaceAll("").replace("+", "");
        if (!abroad && digits.startsWith("00")) {
            abroad = true;
            digits = digits.substring(2);
        }
        if (!abroad) {
            return digits;
        }
        return digits.startsWith("86") ? digits.substring(2) : "+" + digits;
    }

    /** Words without case, width, accents and punctuation. */
    private static String words(String text) {
        return text.chars().allMatch(letter -> letter < ASCII) ? asciiWords(text) : anyWords(text);
    }

    /** The same for most names of half the world, many times as fast: hundreds are compared in a save. */
    private static String asciiWords(String text) {
        StringBuilder words = new StringBuilder(text.length());
        boolean between = false;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (Character.isLetterOrDigit(letter)) {
                if (between && !words.isEmpty()) {
                    words.append(' ');
                }
                words.append(Character.toLowerCase(letter));
            }
            between = !Character.isLetterOrDigit(letter);
        }
        return words.toString();
    }

    private static String anyWords(String text) {
        String plain = Normalizer.normalize(Operations.fold(text), Normalizer.Form.NFD);
        return BETWEEN_WORDS
                .matcher(Normalizer.normalize(MARKS.matcher(plain).replaceAll(""), Normalizer.Form.NFC))
                .replaceAll(" ")
                .strip();
    }

    /** The same words in the order of the alphabet. */
    static String sorted(String words) {
        if (words.indexOf(' ') < 0) {
            return words;
        }
        String[] parts = words.split(" ");
        Arrays.sort(parts);
        return String.join(" ", parts);
    }

    static String joined(String words) {
        return words.replace(" ", "");
    }

    /** A text as it is compared: its words in the order of the alphabet, and its letters as they stand. */
    record Words(String sorted, String joined) {
        static Words of(String form) {
            return new Words(Likeness.sorted(form), Likeness.joined(form));
        }
    }

    /** 0 for nothing in common, 100 for the same: the better of the words in order and the letters as they stand. */
    static double between(Words one, Words other) {
        return 100
                * Math.max(
                        JARO_WINKLER.apply(one.sorted(), other.sorted()),
                        JARO_WINKLER.apply(one.joined(), other.joined()));
    }
}
