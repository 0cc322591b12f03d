package dev.tenon.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.expression.ExprDependencies.FieldUse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dependencies, rewriting and printing. */
class ExprToolsTest {

    @Test
    void dependenciesAreFieldsLookupsPathsAndVariables() {
        ExprDependencies found = ExprDependencies.of(compile(
                "application.position.hiringManager == me && salary > settings.r__limit && owner.name != null"));
        assertThat(found.fields())
                .containsExactlyInAnyOrder(
                        new FieldUse("r__Offer", "application"),
                        new FieldUse("r__Application", "position"),
                        new FieldUse("r__Position", "hiringManager"),
                        new FieldUse("r__Offer", "salary"),
                        new FieldUse("r__Offer", "owner"),
                        new FieldUse("sys__User", "name"));
        assertThat(found.paths())
                .extracting(ExprDependencies.Path::text)
                .containsExactlyInAnyOrder("application", "application.position", "owner");
        assertThat(found.variables()).containsExactlyInAnyOrder("me", "settings.r__limit");
        assertThat(found.dependsOnTheMoment()).isTrue();
        assertThat(ExprDependencies.of(compile("salary > settings.r__limit")).dependsOnTheMoment())
                .isFalse();
    }

    @Test
    void insideOfExistsOnlyFieldsOfTheRecordAtHandMakePaths() {
        Expr condition = compile("application.source == 'x'");
        Expr exists =
                new Expr.Exists("r__Offer", Expr.and(condition, ExprRewrite.inside(compile("owner.name == 'y'"))));
        ExprDependencies found = ExprDependencies.of(exists);
        assertThat(found.paths()).extracting(ExprDependencies.Path::text).containsExactly("owner");
        assertThat(found.fields()).contains(new FieldUse("r__Application", "source"));
    }

    @Test
    void aConditionOnTheMasterBecomesOneOnTheDetail() {
        Scope application = Scope.of(Recruiting.MODEL, "r__Application");
        Expr onMaster = ExpressionCompiler.compile("position.hiringManager == me", application)
                .orThrow();
        assertThat(ExprRewrite.through(onMaster, "r__Offer", new Expr.Hop("application", "r__Application")))
                .isEqualTo(compile("application.position.hiringManager == me"));
    }

    @Test
    void fieldsAreReplaced() {
        Expr masked = ExprRewrite.fields(
                compile("salary + salary > 1.5"),
                (field, depth) -> new Expr.Conditional(
                        compile("urgent"), field, new Expr.Literal(null, field.type()), field.type()));
        assertThat(ExprText.of(masked)).isEqualTo("(urgent ? salary : null) + (urgent ? salary : null) > 1.5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "salary > 100.0 && !urgent || stage in [\"draft\", \"approved\"]",
                "(salary + 1.0) * 2.5 - -(3.0)",
                "salary - (salary - 1.0)",
                "title == null",
                "has(title) ? title : concat(note, \"\\\"\\\\\\n\\u0001😀\")",
                "daysBetween(startDate, date(\"2026-01-31\")) / months",
                "sentAt < timestamp(\"2026-01-31T08:00:00Z\")",
                "owner == me",
                "(urgent ? 1 : 2) + months",
                "(title == note) == urgent"
            })
    void printsWhatCompilesToTheSame(String text) {
        Expr expr = compile(text);
        String printed = ExprText.of(expr);
        assertThat(compile(printed)).isEqualTo(expr);
        assertThat(ExprText.of(compile(printed))).isEqualTo(printed);
    }

    @Test
    void printsWhatTheLanguageHasNoWordsFor() {
        Expr exists = new Expr.Exists("r__Offer", ExprRewrite.inside(compile("salary > 1.5")));
        assertThat(ExprText.of(exists)).isEqualTo("exists(r__Offer, outer.salary > 1.5)");
        Expr related = new Expr.Related("sys__User", Expr.TRUE, "manager", new ValueType.Reference("sys__User"));
        assertThat(ExprText.of(Expr.equal(related, compile("me")))).isEqualTo("related(sys__User, true).manager == me");
        assertThat(List.of(ExprText.of(Expr.FALSE))).containsExactly("false");
    }

    private static Expr compile(String text) {
        return ExpressionCompiler.compile(text, Recruiting.SCOPE).orThrow();
    }
}
