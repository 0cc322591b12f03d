package dev.tenon.expression;

import dev.tenon.expression.internal.TextCheck;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.PlatformException;
import java.util.List;

/** Turns text of the expression language into a checked {@link Expr}. A pure function, safe for use by several threads. */
public final class ExpressionCompiler {

    private ExpressionCompiler() {}

    /** Checks the text; its value must have the expected type, or one that widens to it. */
    public static Result compile(String text, Scope scope, ValueType expected) {
        return TextCheck.run(text, scope, expected);
    }

    /** Checks the text; its value may have any type. */
    public static Result compile(String text, Scope scope) {
        return TextCheck.run(text, scope, null);
    }

    /** Either the checked expression or everything that is wrong with the text, in the order of the text. */
    public sealed interface Result {

        /** The expression, with the type that was expected. */
        record Compiled(Expr expr) implements Result {}

        /** At least one problem. */
        record Refused(List<ExpressionProblem> problems) implements Result {
            public Refused {
                problems = List.copyOf(problems);
            }
        }

        /** The expression, or {@code expression.invalid} with every problem as a detail. */
        default Expr orThrow() {
            return switch (this) {
                case Compiled compiled -> compiled.expr();
                case Refused refused -> throw refused(refused).build();
            };
        }

        /** As {@link #orThrow()}, naming the file in which the text stands. */
        default Expr orThrow(ErrorSource source) {
            return switch (this) {
                case Compiled compiled -> compiled.expr();
                case Refused refused -> throw refused(refused).at(source).build();
            };
        }

        private static PlatformException.Builder refused(Refused refused) {
            return ExpressionError.INVALID
                    .error()
                    .with("count", refused.problems().size())
                    .details(refused.problems().stream()
                            .map(ExpressionProblem::detail)
                            .toList());
        }
    }
}
