package dev.tenon.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.expression.Expr.BinaryOperator;
import dev.tenon.sdk.error.PlatformException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExprBuilderTest {

    private final ExprBuilder build = new ExprBuilder(Recruiting.SCOPE);

    @Test
    void buildsWhatTheTextCompilesTo() {
        Expr built = build.binary(
                BinaryOperator.AND,
                build.binary(BinaryOperator.GREATER, build.field("salary"), build.literal(100)),
                build.call(
                        Function.STARTS_WITH,
                        List.of(build.field("application.position.name"), build.literal("Store"))));
        assertThat(built).isEqualTo(compile("salary > 100 && application.position.name.startsWith('Store')"));
        assertThat(build.in(build.field("stage"), List.of(build.literal("draft"), build.literal(null))))
                .isEqualTo(compile("stage in ['draft', null]"));
        assertThat(build.not(build.isNull(build.field("owner")))).isEqualTo(compile("has(owner)"));
        assertThat(build.conditional(build.field("urgent"), build.literal(1), build.literal(new BigDecimal("1.50"))))
                .isEqualTo(compile("urgent ? 1 : 1.5"));
        assertThat(build.field("settings.r__limit")).isEqualTo(compile("settings.r__limit"));
    }

    @Test
    void refusesWhatTheTextCompilerRefuses() {
        refused("expression.unknown-name", () -> build.field("salery"));
        refused("expression.unknown-name", () -> build.field(""));
        refused("expression.unknown-name", () -> build.field("application..name"));
        refused(
                "expression.operand-mismatch",
                () -> build.binary(BinaryOperator.LESS, build.field("title"), build.literal(1)));
        refused(
                "expression.unknown-picklist-value",
                () -> build.binary(BinaryOperator.EQUAL, build.field("stage"), build.literal("nope")));
        refused("expression.argument-count", () -> build.call(Function.LOWER, List.of()));
        refused("expression.empty-list", () -> build.in(build.field("stage"), List.of()));
        refused("expression.type-mismatch", () -> build.as(build.field("title"), ValueType.Simple.BOOLEAN));
        refused("expression.invalid-constant", () -> build.literal("\u0000"));
    }

    private static void refused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code().id()).isEqualTo(code));
    }

    private static Expr compile(String text) {
        return ExpressionCompiler.compile(text, Recruiting.SCOPE).orThrow();
    }
}
