package dev.tenon.records.internal;

import dev.tenon.metadata.model.DuplicateRule;
import dev.tenon.metadata.model.DuplicateRule.Alternative;
import dev.tenon.metadata.model.DuplicateRule.Criterion;
import dev.tenon.metadata.model.DuplicateRule.Measure;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.records.internal.Likeness.Kind;
import dev.tenon.records.internal.Likeness.Words;
import dev.tenon.records.port.MatchKeyStore.MatchKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one alternative of a rule. Where values have to be the same, one hash of them; else the beginning and the
 * end of the text that has to be alike, as it stands and with its words in order.
 */
public final class MatchKeys {

    private static final double SAME = 100;
    private static final int DEFINITION_DIGITS = 12;
    private static final int VALUE_DIGITS = 20;

    /** Of names with at most so many letters a few are looked at, of longer ones more. */
    private static final int SHORT_NAME = 5;

    private static final int PART_OF_LONG = 4;
    private static final int PART_OF_SHORT = 3;
    private static final int PART_OF_SHORT_IDEOGRAPHS = 2;

    private final Alternative alternative;
    private final Map<Criterion, Kind> kinds;
    private final String definition;

    private MatchKeys(ObjectType object, Alternative alternative) {
        this.alternative = alternative;
        this.kinds = new LinkedHashMap<>();
        for (Criterion criterion : alternative.all()) {
            kinds.put(criterion, Likeness.kind(object.requireField(criterion.field()), criterion));
        }
        // A threshold decides about what was found, not about where it is looked for.
        String made = blocking().stream()
                .map(c -> c.field() + " " + kinds.get(c))
                .collect(Collectors.joining(", ", object.name() + ": ", ""));
        this.definition = hash(made).substring(0, DEFINITION_DIGITS);
    }

    static MatchKeys of(ObjectType object, Alternative alternative) {
        return new MatchKeys(object, alternative);
    }

    /** By object, for all active rules. */
    public static Map<String, Set<String>> definitions(Model model) {
        Map<String, Set<String>> definitions = new TreeMap<>();
        for (ObjectType object : model.objects().values()) {
            object.duplicateRules().stream()
                    .filter(DuplicateRule::active)
                    .flatMap(rule -> rule.match().stream())
                    .forEach(alternative -> definitions
                            .computeIfAbsent(object.name(), o -> new TreeSet<>())
                            .add(of(object, alternative).definition));
        }
        return definitions;
    }

    String definition() {
        return definition;
    }

    Set<String> fields() {
        return alternative.all().stream().map(Criterion::field).collect(Collectors.toUnmodifiableSet());
    }

    /** The criteria that keys are made of: what has to be the same, else the text that has to be most alike. */
    private List<Criterion> blocking() {
        List<Criterion> same = alternative.all().stream()
                .filter(c -> c.measure() != Measure.FUZZY)
                .toList();
        return same.isEmpty()
                ? alternative.all().stream()
                        .max(Comparator.comparingInt(Criterion::threshold)
                                .thenComparing(Criterion::field, Comparator.reverseOrder()))
                        .stream()
                        .toList()
                : same;
    }

    /** Keys of a record; none where a value is missing: nothing is no sign of being the same. */
    Set<MatchKey> keys(Map<String, @Nullable Object> values) {
        if (forms(values).isEmpty()) {
            return Set.of();
        }
        List<Criterion> blocking = blocking();
        List<String> forms = new ArrayList<>();
        for (Criterion criterion : blocking) {
            form(criterion, values).ifPresent(forms::add);
        }
        Set<String> parts = blocking.getFirst().measure() == Measure.FUZZY
                ? ends(forms.getFirst())
                : Set.of(String.join("\u0000", forms));
        return parts.stream()
                .map(part -> new MatchKey(definition + hash(definition + part).substring(0, VALUE_DIGITS)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> ends(String words) {
        Set<String> ends = new LinkedHashSet<>();
        ends(ends, Likeness.joined(words));
        ends(ends, Likeness.joined(Likeness.sorted(words)));
        return ends;
    }

    private static void ends(Set<String> ends, String letters) {
        int length = letters.codePointCount(0, letters.length());
        boolean ideographs = letters.codePoints().anyMatch(Character::isIdeographic);
        if (length <= SHORT_NAME) {
            ends(ends, letters, Math.min(length, ideographs ? PART_OF_SHORT_IDEOGRAPHS : PART_OF_SHORT));
        }
        if (length >= PART_OF_LONG) {
            ends(ends, letters, PART_OF_LONG);
        }
    }

    private static void ends(Set<String> ends, String letters, int part) {
        ends.add("begins " + letters.substring(0, letters.offsetByCodePoints(0, part)));
        ends.add("ends " + letters.substring(letters.offsetByCodePoints(letters.length(), -part)));
    }

    /** Whether all values have to be the same: then a key says already what is found. */
    boolean same() {
        return alternative.all().stream().noneMatch(c -> c.measure() == Measure.FUZZY);
    }

    /** Looks for what is like a record, by the measure itself, whatever the keys say. */
    Sought sought(Map<String, @Nullable Object> values) {
        return new Sought(forms(values).orElse(List.of()));
    }

    /** A record's forms, made ready once for many comparisons. */
    final class Sought {

        private final List<String> forms;
        private final List<Words> words;

        private Sought(List<String> forms) {
            this.forms = forms;
            this.words = forms.stream().map(Words::of).toList();
        }

        boolean found(Map<String, @Nullable Object> other) {
            return forms(other).filter(this::alike).isPresent();
        }

        /** The same for another one's forms. */
        boolean alike(List<String> others) {
            return likeness(others) > 0;
        }

        /** How alike the least alike of the values are, 100 for the same; 0 where a criterion does not hold. */
        double likeness(List<String> others) {
            List<Criterion> all = alternative.all();
            double least = forms.isEmpty() ? 0 : SAME;
            for (int i = 0; i < all.size() && least > 0; i++) {
                least = Math.min(least, likeness(i, all.get(i), others.get(i)));
            }
            return least;
        }

        private double likeness(int place, Criterion criterion, String other) {
            if (forms.get(place).equals(other)) {
                return SAME;
            }
            if (criterion.measure() != Measure.FUZZY) {
                return 0;
            }
            double likeness = Likeness.between(words.get(place), Words.of(other));
            return likeness >= criterion.threshold() ? likeness : 0;
        }
    }

    /** The values in the forms that are compared, in the order of the criteria; absent where one is missing. */
    Optional<List<String>> forms(Map<String, @Nullable Object> values) {
        List<String> forms = new ArrayList<>();
        for (Criterion criterion : alternative.all()) {
            Optional<String> form = form(criterion, values);
            if (form.isEmpty()) {
                return Optional.empty();
            }
            forms.add(form.get());
        }
        return Optional.of(forms);
    }

    private Optional<String> form(Criterion criterion, Map<String, @Nullable Object> values) {
        return Likeness.form(kinds.getOrDefault(criterion, Kind.EXACT), values.get(criterion.field()));
    }

    static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
