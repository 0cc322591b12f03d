package dev.tenon.expression.internal;

import dev.tenon.expression.ExpressionProblem;
import java.util.List;

/** What the parser makes of a text. */
sealed interface Parsed permits Source, Parsed.Broken {

    /** The text is not of the grammar. */
    record Broken(List<ExpressionProblem> problems) implements Parsed {
        public Broken {
            problems = List.copyOf(problems);
        }
    }
}
