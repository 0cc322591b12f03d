package dev.tenon.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {

    private static final Map<String, ?> RECORD = Map.ofEntries(
            Map.entry("title", "Store manager 张三"),
            Map.entry("salary", new BigDecimal("10000.10")),
            Map.entry("months", 12L),
            Map.entry("urgent", true),
            Map.entry("startDate", LocalDate.parse("2026-01-31")),
            Map.entry("sentAt", Instant.parse("2026-01-31T23:30:00Z")),
            Map.entry("stage", "draft"),
            Map.entry("application.position.name", "Store 7"),
            Map.entry("me", UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057")),
            Map.entry("me.zone", "Asia/Shanghai"),
            Map.entry("me.permissionSets", List.of("a", "b")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "null",
            value = {
                "0.1 + 0.2 == 0.3|true",
                "salary * months == 120001.2|true",
                "salary * note.size()|null",
                "7 / 2|3.5000000000000000",
                "2 / 3.0|0.6666666666666667",
                "-2 / 3.0|-0.6666666666666667",
                "months / 0|null",
                "months % 5|2",
                "-7 % 5|-2",
                "months % 0|null",
                "9223372036854775807 + 1|null",
                "-9223372036854775808 - 1|null",
                "abs(-9223372036854775808)|null",
                "-(-9223372036854775808)|null",
                "floor(-1.5)|-2",
                "ceil(-1.5)|-1",
                "floor(99999999999999999999.5)|null",
                "round(2.5)|3",
                "round(-2.5, 0)|-3",
                "round(1.005, 2)|1.01",
                "note == null|true",
                "note == 'x'|null",
                "note != 'x'|null",
                "note == 'x' || urgent|true",
                "note == 'x' && !urgent|false",
                "note == 'x' && urgent|null",
                "!(note == 'x')|null",
                "(note == 'x') ? 1 : 2|2",
                "note in ['a', 'b']|null",
                "title in [note, 'b']|null",
                "stage in [note, 'draft']|true",
                "months in [1.0, 12.0]|true",
                "title + note|null",
                "concat(note, 'x', note)|x",
                "coalesce(note, c__grade, 'none')|none",
                "coalesce(note, null)|null",
                "title.contains('张三') && title.startsWith('Store') && title.endsWith('三')|true",
                "title.contains('')|true",
                "'Straße İ'.lower()|straße i",
                "'Straße ı ﬀ'.upper()|STRAßE I ﬀ",
                "'ΣΑΣ'.lower()|σασ",
                "'\\u3000张三 \\t'.trim()|张三",
                "'😀a'.size()|2",
                "'ＡＢ' < '😀'|true",
                "'a' < 'B'|false",
                "'ab' > 'a'|true",
                "year(startDate) * 10000 + month(startDate) * 100 + day(startDate)|20260131",
                "daysBetween(startDate, date('2026-03-01'))|29",
                "daysBetween(date('2026-03-01'), sentAt)|-29",
                "addDays(startDate, 1)|2026-02-01",
                "addDays(startDate, -1000000)|null",
                "addDays(startDate, 9223372036854775807)|null",
                "date(sentAt)|2026-01-31",
                "date(sentAt, 'Asia/Shanghai')|2026-02-01",
                "date(sentAt, me.zone)|2026-02-01",
                "date(timestamp('0001-01-01T00:00:00Z'), 'America/New_York')|null",
                "'张😀三'.substring(1, 1)|😀",
                "'张😀三'.substring(1)|😀三",
                "'abc'.substring(-5, 99)|abc",
                "'abc'.substring(2, -1)|``",
                "'abc'.substring(1, null)|null",
                "'张😀三'.indexOf('三')|2",
                "'abc'.indexOf('x')|-1",
                "'a.b.c'.replace('.', '--')|a--b--c",
                "'abc'.replace('', 'x')|abc",
                "text(1.50)|1.5",
                "text(-0.00)|0",
                "text(100.0)|100",
                "text(42) + text(startDate)|422026-01-31",
                "roundUp(1.001, 2)|1.01",
                "roundUp(-1.5)|-2",
                "roundDown(-1.99, 1)|-1.9",
                "roundHalfEven(2.5)|2",
                "roundHalfEven(3.5)|4",
                "roundHalfEven(2.345, 2)|2.34",
                "min(3, 1.5, null)|1.5",
                "max(startDate, sentAt)|2026-01-31T23:30:00Z",
                "addMonths(startDate, 1)|2026-02-28",
                "addMonths(startDate, -1)|2025-12-31",
                "addMonths(date('9999-12-01'), 1)|null",
                "startOfMonth(startDate)|2026-01-01",
                "endOfMonth(date('2024-02-10'))|2024-02-29",
                "monthsBetween(date('2026-01-31'), date('2026-02-28'))|0",
                "monthsBetween(date('2026-03-01'), date('2025-03-01'))|-12",
                "quarter(date('2026-04-01')) * 10 + weekday(date('2026-04-01'))|23",
                "addMinutes(sentAt, 31)|2026-02-01T00:01:00Z",
                "minutesBetween(sentAt, timestamp('2026-01-31T22:00:30Z'))|-89",
                "label(stage)|draft",
                "'b' in me.permissionSets|true",
                "me.name|null",
                "sentAt > startDate|true",
                "timestamp('2026-01-31T00:00:00Z') == startDate|true",
                "application.position.name|Store 7",
                "owner == me|null",
                "has(owner)|false",
                "has(me)|true"
            })
    void hasTheDocumentedValue(String text, @Nullable String expected) {
        Object value = evaluate(text);
        if (expected == null) {
            assertThat(value).isNull();
        } else if (value instanceof BigDecimal decimal) {
            assertThat(decimal).isEqualByComparingTo(expected);
        } else {
            assertThat(value).hasToString(expected);
        }
    }

    @Test
    void aConditionHoldsOnlyWhereItIsTrue() {
        assertThat(Evaluator.holds(compile("urgent"), Recruiting.with(RECORD))).isTrue();
        assertThat(Evaluator.holds(compile("note == 'x'"), Recruiting.with(RECORD)))
                .isFalse();
    }

    @Test
    void anEmptyListVariableHoldsNothing() {
        Scope scope = new Scope(
                Recruiting.MODEL,
                java.util.Optional.of(Recruiting.OFFER),
                Map.of("names", new ValueType.ListOf(ValueType.Simple.TEXT)),
                (object, field) -> true);
        Expr in = ExpressionCompiler.compile("title in names", scope).orThrow();
        assertThat(Evaluator.evaluate(in, Recruiting.with(Map.of("title", "a", "names", List.of()))))
                .isEqualTo(false);
        assertThat(Evaluator.evaluate(in, Recruiting.with(Map.of("title", "a", "names", List.of("b", "a")))))
                .isEqualTo(true);
        assertThat(Evaluator.evaluate(in, Recruiting.with(Map.of("names", List.of()))))
                .isNull();
    }

    @Test
    void otherRecordsAreForADatabase() {
        Expr exists = new Expr.Exists(Recruiting.OFFER, Expr.TRUE);
        assertThatThrownBy(() -> Evaluator.evaluate(exists, Recruiting.with(Map.of())))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "unknown",
            value = {
                "urgent|true",
                "!urgent|false",
                "note == 'x'|false",
                "!(note == 'x')|false",
                "exists|unknown",
                "urgent or exists|true",
                "exists or urgent|true",
                "!urgent or exists|unknown",
                "exists or !urgent|unknown",
                "!urgent and exists|false",
                "exists and !urgent|false",
                "urgent and exists|unknown",
                "exists and urgent|unknown",
                "application.position.name == 'Store 7'|unknown",
                "urgent or application.position.name == 'x'|true",
            })
    void aRecordTellsByItselfWhatItCan(String text, @Nullable Boolean expected) {
        Expr exists = new Expr.Exists(Recruiting.OFFER, Expr.TRUE);
        String operator = text.contains(" or ") ? " or " : " and ";
        List<Expr> parts = Arrays.stream(text.split(operator))
                .map(part -> part.equals("exists") ? exists : compile(part))
                .toList();
        Expr condition = parts.size() == 1
                ? parts.getFirst()
                : operator.equals(" or ")
                        ? new Expr.Binary(
                                Expr.BinaryOperator.OR, parts.getFirst(), parts.getLast(), ValueType.Simple.BOOLEAN)
                        : new Expr.Binary(
                                Expr.BinaryOperator.AND, parts.getFirst(), parts.getLast(), ValueType.Simple.BOOLEAN);
        assertThat(Evaluator.holdsByItself(condition, Recruiting.with(RECORD)))
                .isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void textIsOrderedByCodePoint() {
        List<String> ordered = List.of("", "a", "ab", "b", "\uE000", "\uFF21", "😀", "😀a", "𠀀");
        for (int i = 0; i < ordered.size(); i++) {
            for (int j = 0; j < ordered.size(); j++) {
                assertThat(Integer.signum(Operations.compare(ordered.get(i), ordered.get(j))))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    private static Expr compile(String text) {
        return ExpressionCompiler.compile(text, Recruiting.SCOPE).orThrow();
    }

    private static @Nullable Object evaluate(String text) {
        return Evaluator.evaluate(compile(text), Recruiting.with(RECORD));
    }
}
