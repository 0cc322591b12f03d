package dev.tenon.metadata.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says which records are probably the same thing, and what happens to a save that would make a second one.
 *
 * @param message told to whoever saves
 * @param condition only records that fulfil it are compared, the saved one and those found; absent: all
 * @param match a record is found where one of these holds
 */
public record DuplicateRule(
        String name,
        String origin,
        Label message,
        Action action,
        Visibility visibility,
        Optional<ExpressionText> condition,
        List<Alternative> match,
        boolean active) {

    /** The threshold of names that differ in a letter or two. */
    public static final int USUAL_THRESHOLD = 88;

    public DuplicateRule {
        match = List.copyOf(match);
    }

    /** What happens to the save. */
    public enum Action {
        BLOCK,
        /** It is refused until who saves says that he means it. */
        WARN
    }

    /** Which records are compared. */
    public enum Visibility {
        /** All. Of what the saver may not read he learns that there is something, and no more. */
        ALL,
        /** Only what the saver may read. */
        READABLE
    }

    /** How values of a field are compared. */
    public enum Measure {
        EXACT,
        NORMALIZED,
        FUZZY
    }

    /**
     * @param threshold of {@link Measure#FUZZY}: least likeness, 100 for the same
     */
    public record Criterion(String field, Measure measure, int threshold) {}

    /** Criteria that hold together. */
    public record Alternative(List<Criterion> all) {
        public Alternative {
            all = all.stream().sorted(Comparator.comparing(Criterion::field)).toList();
        }

        @Override
        public String toString() {
            return all.stream()
                    .map(c -> c.field() + " " + c.measure() + (c.measure() == Measure.FUZZY ? " " + c.threshold() : ""))
                    .collect(Collectors.joining(" and "));
        }
    }
}
