package dev.tenon.metadata;

import java.util.List;
import java.util.function.Function;

/** A result, or everything that is wrong with the input. */
public sealed interface Checked<T> {

    record Good<T>(T value) implements Checked<T> {}

    record Bad<T>(List<Problem> problems) implements Checked<T> {
        public Bad {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("no problem to report");
            }
        }
    }

    static <T> Checked<T> of(List<Problem> problems, java.util.function.Supplier<T> value) {
        return problems.isEmpty() ? new Good<>(value.get()) : new Bad<>(problems);
    }

    /** The problems; empty for a good result. */
    default List<Problem> problems() {
        return switch (this) {
            case Good<T> ignored -> List.of();
            case Bad<T> bad -> bad.problems;
        };
    }

    /** The value, or {@code metadata.invalid} with one detail for each problem. */
    default T orThrow() {
        return switch (this) {
            case Good<T> good -> good.value;
            case Bad<T> bad -> throw Problem.exception(bad.problems);
        };
    }

    default <R> Checked<R> then(Function<T, Checked<R>> next) {
        return switch (this) {
            case Good<T> good -> next.apply(good.value);
            case Bad<T> bad -> new Bad<>(bad.problems);
        };
    }
}
