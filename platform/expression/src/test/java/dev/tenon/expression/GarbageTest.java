package dev.tenon.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever text comes in, the answer is an expression or problems with a place in the text, never an exception. */
class GarbageTest {

    private static final List<String> PIECES = List.of(
            "salary",
            "months",
            "title",
            "stage",
            "application.position",
            ".",
            "..",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "?",
            ":",
            "+",
            "-",
            "*",
            "/",
            "%",
            "!",
            "!=",
            "==",
            "=",
            "<",
            "<=",
            ">",
            "&&",
            "||",
            "&",
            "in",
            "has",
            "has(",
            "date(",
            "timestamp(",
            "contains(",
            ".size()",
            "'",
            "\"",
            "'x'",
            "\"\"\"",
            "r'",
            "b'",
            "1",
            "1.5",
            "1e400",
            "0x",
            "1u",
            "99999999999999999999",
            "null",
            "true",
            "me",
            "now",
            "settings.",
            "settings.r__limit",
            "\\",
            "\\u0000",
            "\n",
            "\r",
            "\t",
            " ",
            " ",
            " ",
            " ",
            "//",
            "/*",
            "`",
            "@",
            "#",
            "$",
            "张三",
            "😀",
            "\uD83D",
            "\u0000",
            "\uFEFF",
            ",",
            ";",
            "__result__",
            "@in",
            "_+_");

    @Test
    void randomTextNeverThrows() {
        long seed = Long.getLong("expressions.seed", System.nanoTime());
        System.out.println("GarbageTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(1, 14);
            for (int j = 0; j < length; j++) {
                text.append(
                        random.nextInt(12) == 0
                                ? String.valueOf((char) random.nextInt(0x10000))
                                : PIECES.get(random.nextInt(PIECES.size())));
            }
            check(seed, text.toString());
        }
    }

    @Test
    void longAndDeepTextNeverThrows() {
        for (String piece : PIECES) {
            check(0, piece.repeat(2_000));
            check(0, "urgent" + piece.repeat(2_000) + "urgent");
        }
        check(0, "urgent ? ".repeat(1_000));
        check(0, "-(".repeat(2_400) + "1" + ")".repeat(2_400));
    }

    private static void check(long seed, String text) {
        try {
            switch (ExpressionCompiler.compile(text, Recruiting.SCOPE, ValueType.Simple.BOOLEAN)) {
                case ExpressionCompiler.Result.Compiled compiled ->
                    assertThat(compiled.expr().type()).isEqualTo(ValueType.Simple.BOOLEAN);
                case ExpressionCompiler.Result.Refused refused -> {
                    assertThat(refused.problems()).isNotEmpty();
                    assertThat(refused.problems()).allMatch(p -> p.line() >= 1 && p.column() >= 1);
                }
            }
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + seed + ": " + text, e);
        }
    }
}
