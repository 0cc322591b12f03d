package dev.tenon.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Label;
import dev.tenon.sdk.error.PlatformException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValueCodecTest {

    private static final FieldType TEXT = new FieldType.Text(100, false, FieldType.Text.Format.PLAIN);
    private static final FieldType WHOLE = new FieldType.WholeNumber(Optional.empty(), Optional.empty());
    private static final FieldType DECIMAL = new FieldType.DecimalNumber(20, 4, false);
    private static final FieldType DATE = new FieldType.DateOnly();
    private static final FieldType TIME = new FieldType.DateTime();
    private static final FieldType BOOL = new FieldType.Bool();

    private static Object through(FieldType type, Object value) {
        return ValueCodec.fromJsonText("f", type, ValueCodec.toJsonText(value));
    }

    @Test
    void everyValueComesBackFromItsJsonText() {
        UUID id = UUID.randomUUID();
        assertThat(through(TEXT, "a \"b\" \\ \n 中文 \uD83D\uDE00 \u0001"))
                .isEqualTo("a \"b\" \\ \n 中文 \uD83D\uDE00 \u0001");
        assertThat(through(WHOLE, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(through(DECIMAL, new BigDecimal("1234567890123456.7800")))
                .isEqualTo(new BigDecimal("1234567890123456.7800"));
        assertThat(through(BOOL, true)).isEqualTo(true);
        assertThat(through(DATE, LocalDate.of(2026, 1, 31))).isEqualTo(LocalDate.of(2026, 1, 31));
        assertThat(through(TIME, Instant.parse("2026-01-31T08:00:00.123456Z")))
                .isEqualTo(Instant.parse("2026-01-31T08:00:00.123456Z"));
        assertThat(through(new FieldType.Lookup("x"), id)).isEqualTo(id);
        assertThat(through(TEXT, null)).isNull();
    }

    @Test
    void timesListsAndJsonComeBackToo() {
        FieldType keys = new FieldType.MultiPicklist(List.of());
        FieldType clock = new FieldType.TimeOfDay();
        FieldType json = new FieldType.Json(100);
        assertThat(through(clock, LocalTime.of(8, 30))).isEqualTo(LocalTime.of(8, 30));
        assertThat(ValueCodec.toJson(LocalTime.of(8, 30))).isEqualTo("08:30:00");
        assertThat(ValueCodec.fromJson("f", clock, "08:30:15.1234567")).isEqualTo(LocalTime.of(8, 30, 15, 123_456_000));
        assertThat(through(keys, List.of("a", "b-1"))).isEqualTo(List.of("a", "b-1"));
        assertThat(ValueCodec.fromJson("f", keys, " a ; b;")).isEqualTo(List.of("a", "b"));
        assertThat(ValueCodec.fromJson("f", keys, List.of())).isNull();
        assertThat(through(json, "{\"a\":[\"x\"]}")).isEqualTo("{\"a\":[\"x\"]}");
        assertThat(ValueCodec.fromJson("f", json, Map.of("a", new BigDecimal("1e999999999"))))
                .isEqualTo("{\"a\":1E+999999999}");
    }

    @Test
    void numbersKeepEveryDigitWhateverTypeTheyComeIn() {
        assertThat(ValueCodec.fromJson("f", DECIMAL, "0.1")).isEqualTo(new BigDecimal("0.1"));
        assertThat(ValueCodec.fromJson("f", DECIMAL, 0.1)).isEqualTo(new BigDecimal("0.1"));
        assertThat(ValueCodec.fromJson("f", WHOLE, new BigDecimal("7.0"))).isEqualTo(7L);
        assertThat(ValueCodec.fromJson("f", WHOLE, 7)).isEqualTo(7L);
    }

    @Test
    void whatIsNoValueOfTheTypeIsRefused() {
        Map.of(WHOLE, "1.5", DECIMAL, "1e999999999", DATE, "2026-02-30", TIME, "2026-01-31", BOOL, "maybe")
                .forEach((type, text) -> assertThatThrownBy(() -> ValueCodec.fromJson("f", type, text))
                        .isInstanceOfSatisfying(
                                PlatformException.class,
                                e -> assertThat(e.code()).isEqualTo(RecordsError.TYPE_MISMATCH)));
        assertThatThrownBy(() -> ValueCodec.fromJson("f", new FieldType.Lookup("x"), "1-1-1-1-1"))
                .isInstanceOf(PlatformException.class);
        assertThatThrownBy(() -> ValueCodec.fromJson("f", WHOLE, Double.NaN)).isInstanceOf(PlatformException.class);
    }

    @Test
    void onlyYearsOfFourDigitsAreDates() {
        for (Object day : List.of("0000-12-31", "+10000-01-01", LocalDate.of(10_000, 1, 1), "-0001-01-01")) {
            assertThatThrownBy(() -> ValueCodec.fromJson("f", DATE, day))
                    .isInstanceOfSatisfying(
                            PlatformException.class, e -> assertThat(e.code()).isEqualTo(RecordsError.OUT_OF_RANGE));
        }
        assertThat(ValueCodec.fromJson("f", DATE, "0001-01-01")).isEqualTo(LocalDate.of(1, 1, 1));
        assertThat(ValueCodec.fromJson("f", DATE, "9999-12-31")).isEqualTo(LocalDate.of(9999, 12, 31));
        for (Object time : List.of(
                "9999-12-31T23:59:59-01:00", "0001-01-01T00:00:00+01:00", Instant.parse("+10000-01-01T00:00:00Z"))) {
            assertThatThrownBy(() -> ValueCodec.fromJson("f", TIME, time))
                    .isInstanceOfSatisfying(
                            PlatformException.class, e -> assertThat(e.code()).isEqualTo(RecordsError.OUT_OF_RANGE));
        }
    }

    private static Field field(FieldType type) {
        return new Field(
                "f", "p", Label.of("F"), type, false, false, Optional.empty(), Optional.empty(), false, false, false);
    }

    private static @Nullable Object parse(Field field, String text) {
        return ValueParser.parse(field, text, Locale.ENGLISH, ZoneId.of("Asia/Shanghai"));
    }

    @Test
    void tablesAreReadAsPeopleWriteThem() {
        assertThat(parse(field(DECIMAL), " 12,345.60 ")).isEqualTo(new BigDecimal("12345.60"));
        assertThat(parse(field(new FieldType.DecimalNumber(5, 2, true)), "12.5%"))
                .isEqualTo(new BigDecimal("12.5"));
        assertThat(parse(field(DATE), "2026/1/5")).isEqualTo(LocalDate.of(2026, 1, 5));
        assertThat(parse(field(DATE), "2026年1月5日")).isEqualTo(LocalDate.of(2026, 1, 5));
        assertThat(parse(field(BOOL), "是")).isEqualTo(true);
        assertThat(parse(field(TIME), "2026-01-05 08:30")).isEqualTo(Instant.parse("2026-01-05T00:30:00Z"));
        assertThat(parse(field(WHOLE), "")).isNull();
        assertThatThrownBy(() -> parse(field(DATE), "soon"))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.args()).containsEntry("field", "F"));
    }

    @Test
    void aPicklistValueIsFoundByItsKeyOrItsLabelInAnyLanguage() {
        FieldType stage = new FieldType.Picklist(List.of(
                new FieldType.Picklist.Value(
                        "applied", "p", new Label(Map.of("en", "Applied", "zh-CN", "已投递")), Optional.empty(), true),
                new FieldType.Picklist.Value("hired", "p", Label.of("Hired"), Optional.empty(), true)));

        assertThat(parse(field(stage), "applied")).isEqualTo("applied");
        assertThat(parse(field(stage), "已投递")).isEqualTo("applied");
        assertThat(parse(field(stage), "HIRED")).isEqualTo("hired");
        assertThatThrownBy(() -> parse(field(stage), "hirred"))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.args()).containsEntry("suggestion", "hired"));
    }
}
