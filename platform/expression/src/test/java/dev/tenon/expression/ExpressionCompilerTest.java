package dev.tenon.expression;

import static dev.tenon.expression.ValueType.Simple.BOOLEAN;
import static dev.tenon.expression.ValueType.Simple.DATE_TIME;
import static dev.tenon.expression.ValueType.Simple.DECIMAL;
import static dev.tenon.expression.ValueType.Simple.INTEGER;
import static dev.tenon.expression.ValueType.Simple.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionCompilerTest {

    @Test
    void fieldsHaveTheTypesOfTheModel() {
        assertThat(type("title")).isEqualTo(TEXT);
        assertThat(type("stage")).isEqualTo(TEXT);
        assertThat(type("months")).isEqualTo(INTEGER);
        assertThat(type("salary")).isEqualTo(DECIMAL);
        assertThat(type("annual")).isEqualTo(DECIMAL);
        assertThat(type("interviews")).isEqualTo(INTEGER);
        assertThat(type("topBonus")).isEqualTo(DECIMAL);
        assertThat(type("sentAt")).isEqualTo(DATE_TIME);
        assertThat(type("id")).isEqualTo(ValueType.Simple.ID);
        assertThat(type("application")).isEqualTo(new ValueType.Reference("r__Application"));
        assertThat(type("settings.r__limit")).isEqualTo(DECIMAL);
        assertThat(type("me")).isEqualTo(new ValueType.Reference("sys__User"));
    }

    @Test
    void aPathFollowsLookups() {
        Expr.FieldRef path = (Expr.FieldRef) compile("application.position.hiringManager");
        assertThat(path.hops())
                .containsExactly(
                        new Expr.Hop("application", "r__Application"), new Expr.Hop("position", "r__Position"));
        assertThat(path.field()).isEqualTo("hiringManager");
        assertThat(path.owner()).isEqualTo("r__Position");
        assertThat(compile("application.position.hiringManager == me").type()).isEqualTo(BOOLEAN);
    }

    @Test
    void aReferenceIsComparedWithAnIdInTextAndWithNull() {
        UUID id = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
        assertThat(compile("owner == '01890a5d-ac96-774b-bcce-b302099a8057'"))
                .isEqualTo(Expr.equal(compile("owner"), new Expr.Literal(id, ValueType.Simple.ID)));
        assertThat(compile("owner in ['01890A5D-AC96-774B-BCCE-B302099A8057', me]")
                        .type())
                .isEqualTo(BOOLEAN);
        assertThat(compile("owner == null")).isEqualTo(new Expr.IsNull(compile("owner")));
        assertThat(compile("null != owner")).isEqualTo(Expr.not(new Expr.IsNull(compile("owner"))));
        assertThat(compile("has(owner)")).isEqualTo(compile("owner != null"));
        assertThat(problems("owner == 'somebody'")).containsExactly("1:10 invalid-constant");
        assertThat(problems("owner == application")).containsExactly("1:7 operand-mismatch");
    }

    @Test
    void decimalsComeExactlyFromTheText() {
        assertThat(value("0.1")).isEqualTo(new BigDecimal("0.1"));
        assertThat(value("-12345678901234567890.12345678901234567890"))
                .isEqualTo(new BigDecimal("-12345678901234567890.1234567890123456789"));
        assertThat(value("1.5e3")).isEqualTo(new BigDecimal("1500"));
        assertThat(value("'😀'.size() > 0 ? .25 : 1.0")).isNull();
        assertThat(((Expr.Literal) ((Expr.Conditional) compile("'😀'.size() > 0 ? .25 : 1.0")).then()).value())
                .isEqualTo(new BigDecimal("0.25"));
        assertThat(problems("1e999 > salary")).containsExactly("1:1 invalid-constant");
        assertThat(problems("1e9999999999 > salary")).containsExactly("1:1 invalid-constant");
        assertThat(problems("months + 99999999999999999999")).containsExactly("1:10 invalid-constant");
    }

    @Test
    void integersWidenToDecimalsExplicitly() {
        assertThat(compile("salary * months"))
                .isEqualTo(new Expr.Binary(
                        Expr.BinaryOperator.MULTIPLY,
                        compile("salary"),
                        new Expr.Convert(compile("months"), DECIMAL),
                        DECIMAL));
        assertThat(compile("salary > 12"))
                .isEqualTo(new Expr.Binary(
                        Expr.BinaryOperator.GREATER,
                        compile("salary"),
                        new Expr.Literal(BigDecimal.valueOf(12), DECIMAL),
                        BOOLEAN));
        assertThat(type("months / 2")).isEqualTo(DECIMAL);
        assertThat(type("months * 2")).isEqualTo(INTEGER);
        assertThat(ExpressionCompiler.compile("months", Recruiting.SCOPE, DECIMAL)
                        .orThrow())
                .isEqualTo(new Expr.Convert(compile("months"), DECIMAL));
    }

    @Test
    void datesAndTimesAreConstants() {
        assertThat(value("date(\"2026-01-31\")")).isEqualTo(LocalDate.parse("2026-01-31"));
        assertThat(value("timestamp('2026-01-31T16:00:00.000001+08:00')"))
                .isEqualTo(Instant.parse("2026-01-31T08:00:00.000001Z"));
        assertThat(compile("sentAt >= startDate").toString()).contains("Convert");
        assertThat(problems("date('2026-02-30')")).containsExactly("1:6 invalid-constant");
        assertThat(problems("date('today')")).containsExactly("1:6 invalid-constant");
        assertThat(problems("timestamp('2026-01-31')")).containsExactly("1:11 invalid-constant");
        assertThat(problems("timestamp(title)")).containsExactly("1:1 constant-needed");
    }

    @Test
    void functionsAreCalledInBothForms() {
        assertThat(compile("title.contains('x')")).isEqualTo(compile("contains(title, 'x')"));
        assertThat(compile("application.position.name.lower().size()").type()).isEqualTo(INTEGER);
        assertThat(type("coalesce(months, salary, 0)")).isEqualTo(DECIMAL);
        assertThat(type("year(sentAt)")).isEqualTo(INTEGER);
        assertThat(type("round(salary, 2)")).isEqualTo(DECIMAL);
        assertThat(problems("round(salary, months)")).containsExactly("1:15 constant-needed");
        assertThat(problems("title.contains()")).containsExactly("1:7 argument-count");
        assertThat(problems("title.contians('x')")).containsExactly("1:7 unknown-function contains");
        assertThat(problems("substr(title)")).containsExactly("1:1 unknown-function");
        assertThat(problems("lower(months)")).containsExactly("1:7 type-mismatch");
        assertThat(problems("has()")).containsExactly("1:1 argument-count");
    }

    @Test
    void picklistsKnowTheirKeys() {
        assertThat(type("stage == 'approved' || stage in ['draft', 'c__trial']"))
                .isEqualTo(BOOLEAN);
        assertThat(problems("stage == 'aproved'")).containsExactly("1:10 unknown-picklist-value approved");
        assertThat(problems("'trial' != stage")).containsExactly("1:1 unknown-picklist-value c__trial");
        assertThat(problems("stage in ['draft', 'gone']")).containsExactly("1:20 unknown-picklist-value");
    }

    @Test
    void anUnknownNameIsToldWithASimilarOne() {
        assertThat(problems("salery > 0")).containsExactly("1:1 unknown-name salary");
        assertThat(problems("grade == 'x'")).containsExactly("1:1 unknown-name c__grade");
        assertThat(problems("application.positon.name == ''")).containsExactly("1:13 unknown-name position");
        assertThat(problems("settings.r__limt > 1.0")).containsExactly("1:10 unknown-setting r__limit");
        assertThat(problems("title.name == ''")).containsExactly("1:7 not-a-reference");
        assertThat(problems("me.email == ''")).containsExactly("1:4 not-a-reference");
    }

    @Test
    void aFieldThatMayNotBeReadDoesNotExist() {
        Scope reader = new Scope(
                Recruiting.MODEL,
                Optional.of(Recruiting.OFFER),
                Map.of(),
                (object, field) -> !field.equals("secret") && !field.equals("position"));
        List<ExpressionProblem> hidden = refused("secret == ''", reader);
        List<ExpressionProblem> absent = refused("secrex == ''", reader);
        assertThat(hidden.getFirst().detail().code())
                .isEqualTo(absent.getFirst().detail().code());
        assertThat(hidden.getFirst().detail().args().get("suggestion"))
                .isEqualTo(absent.getFirst().detail().args().get("suggestion"))
                .isNotEqualTo("secret");
        assertThat(refused("application.position.name == ''", reader)
                        .getFirst()
                        .detail()
                        .code())
                .isEqualTo(ExpressionError.UNKNOWN_NAME);
    }

    @Test
    void everyProblemIsToldWithItsPlace() {
        assertThat(problems("salery > 0 &&\n  (title + 1 == 'x') &&\n  !months"))
                .containsExactly("1:1 unknown-name salary", "2:10 operand-mismatch", "3:4 type-mismatch");
        assertThat(problems("urgent ? title : months")).containsExactly("1:18 type-mismatch");
        assertThat(problems("title && urgent")).containsExactly("1:1 type-mismatch");
        assertThat(problems("title", BOOLEAN)).containsExactly("1:1 type-mismatch");
        assertThat(problems("'😀😀' + x")).containsExactly("1:8 unknown-name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "salary >|1:9 unfinished",
                "(((|1:4 unfinished",
                "salary # 2|1:8 syntax",
                "salary months|1:8 syntax",
                "'open|1:1 syntax",
                "{'a': 1}|1:1 unsupported",
                "[1, 2]|1:1 unsupported",
                "Offer{a: 1}|1:6 unsupported",
                "title[0]|1:6 unsupported",
                "1u|1:1 unsupported",
                "b'x'|1:1 unsupported",
                ".title|1:2 unsupported",
                "(title + note).size|1:16 unsupported",
                "title.all(x, x > 1)|1:7 unknown-function",
                "stage in []|1:7 empty-list",
                "stage in title|1:10 type-mismatch",
                "owner.manager.manager.manager.manager.manager.name == ''|1:47 path-too-long"
            })
    void whatIsNotOfTheLanguageIsRefused(String text, String problem) {
        assertThat(problems(text)).first().asString().startsWith(problem);
    }

    @Test
    void limitsAreTold() {
        assertThat(problems("'" + "x".repeat(10_000) + "'")).containsExactly("1:1 too-long");
        assertThat(problems("title" + " + title".repeat(60))).first().asString().endsWith("too-deep");
        assertThat(problems("!".repeat(3000) + "urgent")).first().asString().endsWith("too-deep");
        assertThat(problems("(".repeat(400) + "1" + ")".repeat(400)))
                .first()
                .asString()
                .endsWith("too-deep");
        String square = "(salary * salary)";
        for (int i = 0; i < 6; i++) {
            square = "(" + square + " * " + square + ")";
        }
        assertThat(problems(square)).first().asString().contains("too-complex");
        assertThat(compile("urgent" + " && urgent".repeat(900)).type()).isEqualTo(BOOLEAN);
    }

    @Test
    void namesThatOtherLanguagesReserveAreOrdinary() {
        assertThat(compile("package == 'x'").type()).isEqualTo(BOOLEAN);
    }

    @Test
    void variablesOfTheScopeAreNames() {
        Scope scope = new Scope(
                Recruiting.MODEL,
                Optional.empty(),
                Map.of("old.salary", DECIMAL, "ids", new ValueType.ListOf(new ValueType.Reference("sys__User"))),
                (object, field) -> true);
        assertThat(ExpressionCompiler.compile("me in ids && old.salary > 1", scope, BOOLEAN))
                .isInstanceOf(ExpressionCompiler.Result.Compiled.class);
        assertThat(refused("salary > 1", scope).getFirst().detail().code()).isEqualTo(ExpressionError.UNKNOWN_NAME);
    }

    @Test
    void theCurrentUserIsKnown() {
        assertThat(type("me.name + me.locale + me.zone")).isEqualTo(TEXT);
        assertThat(type("'r__Recruiter' in me.permissionSets")).isEqualTo(BOOLEAN);
        assertThat(type("date(sentAt, me.zone) == today")).isEqualTo(BOOLEAN);
        assertThat(ExprDependencies.of(compile("me.zone == 'UTC'")).dependsOnTheMoment())
                .isTrue();
    }

    @Test
    void aZoneIsARegionThatIsKnownNow() {
        assertThat(type("date(sentAt, 'Asia/Shanghai')")).isEqualTo(ValueType.Simple.DATE);
        assertThat(problems("date(sentAt, 'Asia/Shangai')")).containsExactly("1:14 invalid-constant");
        assertThat(problems("date(sentAt, '+08:00')")).containsExactly("1:14 invalid-constant");
        assertThat(problems("date(sentAt, title)")).containsExactly("1:14 constant-needed");
    }

    @Test
    void onlyPicklistsHaveLabels() {
        assertThat(type("label(stage)")).isEqualTo(TEXT);
        assertThat(ExprText.of(compile("label(stage, 'zh-CN')"))).isEqualTo("label(stage, \"zh-CN\")");
        assertThat(problems("label(title)")).containsExactly("1:7 type-mismatch");
        assertThat(problems("label(stage, title)")).containsExactly("1:14 constant-needed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "title + 1|1:7 text + integer is not possible. Use values of the same type on both sides.",
                "!salary|1:2 Expected boolean, found decimal.",
                "urgent &&\\n  months|2:3 Expected boolean, found integer.",
                "lower(months)|1:7 Expected text, found integer.",
                "urgent ? title : months|1:18 Expected text, found integer.",
                "title.substring('2')|1:17 Expected integer, found text.",
                "addMonths(sentAt, 1)|1:11 Expected date, found date-time.",
                "min(months, startDate)|1:13 Expected numbers, or dates and date-times, found date.",
                "max(title, 'x')|1:5 Expected numbers, or dates and date-times, found text.",
                "text(urgent)|1:6 Expected integer, decimal or date, found boolean.",
                "label(title)|1:7 Expected picklist field, found text.",
                "roundUp(salary, months)|1:17 roundUp needs a constant here: 0 – 16.",
                "date(sentAt, title)|1:14 date needs a constant here: time zone like Asia/Shanghai, or me.zone.",
                "date('2026-02-30')|1:6 \"2026-02-30\" is not a valid constant here. Expected: date like 2026-01-31.",
                "replace(title, 'a')|1:1 replace takes 3 argument(s), found 2.",
                "stage == 'aproved'|1:10 \"aproved\" is not a value of stage. Did you mean approved? Use the key of a value, not its label.",
                "owner == 'somebody'|1:10 \"somebody\" is not a valid constant here. Expected: id like 01890a5d-ac96-774b-bcce-b302099a8057.",
                "title.name == ''|1:7 Nothing can follow \"title\": it is of type text and not a reference to a record."
            })
    void aProblemNamesItsPlaceAndTheExpectedType(String text, String told) {
        String written = text.replace("\\n", "\n");
        ExpressionProblem problem = refused(written, Recruiting.SCOPE).getFirst();
        assertThat(problem.line() + ":" + problem.column() + " "
                        + ErrorTexts.render(
                                problem.detail().code(), problem.detail().args(), Locale.ENGLISH))
                .isEqualTo(told);
    }

    @Test
    void aRefusalCanBeThrown() {
        assertThatThrownBy(() -> compile("salery + nope")).isInstanceOfSatisfying(PlatformException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ExpressionError.INVALID);
            assertThat(refusal.details()).hasSize(2);
        });
    }

    @ParameterizedTest
    @EnumSource(ExpressionError.class)
    void everyErrorHasATextInBothLanguages(ExpressionError error) {
        String english = ErrorTexts.render(error, Map.of(), Locale.ENGLISH);
        String chinese = ErrorTexts.render(error, Map.of(), Locale.SIMPLIFIED_CHINESE);
        assertThat(english).doesNotStartWith("expression.");
        assertThat(chinese).doesNotStartWith("expression.").isNotEqualTo(english);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\\u0000\"", "'\\ud83d'"})
    void textThatADatabaseCannotStoreIsRefused(String text) {
        assertThat(ExpressionCompiler.compile(text, Recruiting.SCOPE, TEXT))
                .isInstanceOf(ExpressionCompiler.Result.Refused.class);
    }

    private static Expr compile(String text) {
        return ExpressionCompiler.compile(text, Recruiting.SCOPE).orThrow();
    }

    private static ValueType type(String text) {
        return compile(text).type();
    }

    private static Object value(String text) {
        return compile(text) instanceof Expr.Literal literal ? literal.value() : null;
    }

    private static List<ExpressionProblem> refused(String text, Scope scope) {
        return ((ExpressionCompiler.Result.Refused) ExpressionCompiler.compile(text, scope)).problems();
    }

    private static List<String> problems(String text) {
        return shown(ExpressionCompiler.compile(text, Recruiting.SCOPE));
    }

    private static List<String> problems(String text, ValueType expected) {
        return shown(ExpressionCompiler.compile(text, Recruiting.SCOPE, expected));
    }

    private static List<String> shown(ExpressionCompiler.Result result) {
        return ((ExpressionCompiler.Result.Refused) result)
                .problems().stream()
                        .map(p -> p.line() + ":" + p.column() + " "
                                + p.detail().code().id().substring("expression.".length())
                                + (p.detail()
                                                .args()
                                                .getOrDefault("suggestion", "")
                                                .equals("")
                                        ? ""
                                        : " " + p.detail().args().get("suggestion")))
                        .toList();
    }
}
