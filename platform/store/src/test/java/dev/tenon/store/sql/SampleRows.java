package dev.tenon.store.sql;

import dev.tenon.expression.EvaluationContext;
import dev.tenon.expression.Expr;
import dev.tenon.expression.Operations;
import dev.tenon.expression.ValueType;
import dev.tenon.expression.ValueType.Simple;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.store.schema.KeyList;
import dev.tenon.store.schema.SqlNaming;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jooq.Collation;
import org.jooq.CreateTableElementListStep;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Records with the values that tend to differ between languages and databases, in memory and in tables. */
final class SampleRows implements SqlNaming {

    static final List<String> TEXTS = List.of(
            "",
            "a",
            "A",
            "abc",
            "aBC",
            " b ",
            "\u3000张三\u3000",
            "张三",
            "李四",
            "ß",
            "SS",
            "İ",
            "i",
            "ı",
            "I",
            "ΣΑΣ",
            "σας",
            "😀",
            "a😀b",
            "𠀀",
            "ＡＢＣ",
            "\uE000",
            "%",
            "_",
            "!",
            "a_b%c!",
            "\\",
            "'",
            "\"",
            "é",
            "e\u0301",
            "\uFFFD",
            "ǅ",
            "ﬀ",
            "\n",
            "\t x\n",
            "open",
            "won",
            "Ω",
            "\u00A0y\u00A0",
            "zz9",
            "Zürich",
            "𐐀",
            "𐐨");
    static final List<Long> INTEGERS = List.of(
            0L,
            1L,
            -1L,
            2L,
            3L,
            7L,
            -7L,
            10L,
            100L,
            365L,
            -400L,
            3_037_000_500L,
            4_000_000L,
            -4_000_000L,
            1_000_000_000_000L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            Long.MAX_VALUE - 1);
    static final List<BigDecimal> DECIMALS = decimals(
            "0",
            "1",
            "-1",
            "0.1",
            "-0.1",
            "1.5",
            "2.5",
            "-2.5",
            "0.05",
            "0.01",
            "3",
            "7",
            "10",
            "-9",
            "1000000000.01",
            "9999999999.99",
            "-9999999999.99");
    static final List<BigDecimal> LONG_DECIMALS = decimals(
            "0.0000000001",
            "-0.0000000001",
            "0.3333333333",
            "9999999999999999999999999999.9999999999",
            "-9223372036854775808.5",
            "9223372036854775807.5",
            "0.5",
            "1.4999999999",
            "2");
    static final List<LocalDate> DATES = dates(
            "0001-01-01",
            "9999-12-31",
            "2024-02-29",
            "2026-01-31",
            "2026-02-01",
            "1582-10-10",
            "1969-12-31",
            "1970-01-01",
            "2000-02-28");
    static final List<Instant> INSTANTS = instants(
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999Z",
            "2026-01-31T23:59:59.999999Z",
            "2026-02-01T00:00:00Z",
            "1969-12-31T23:59:59.999999Z",
            "1970-01-01T00:00:00Z",
            "2026-03-29T01:30:00.000001Z",
            "1582-10-10T12:00:00Z");

    /** Regions with summer time, with odd offsets, and at the ends of the day. */
    static final List<String> ZONES = List.of(
            "UTC",
            "Asia/Shanghai",
            "America/New_York",
            "Asia/Kathmandu",
            "Pacific/Kiritimati",
            "Pacific/Pago_Pago",
            "Australia/Lord_Howe",
            "Etc/GMT+5");

    /** Digits of a decimal field: before the point, and behind it. */
    record Digits(int whole, int scale) {}

    static final Digits SHORT = new Digits(10, 2);
    static final Digits LONGEST = new Digits(28, 10);

    /** What random texts are made of: letters with and without cases, white space, signs of patterns, four-byte ones. */
    private static final int[] LETTERS =
            "aAbzZ09 %_!'\\\"\t\u3000\u00A0ßİıéΣς张三李𠀀😀ＡΩ-".codePoints().toArray();

    static final List<LocalTime> TIMES = List.of(
            LocalTime.MIDNIGHT,
            LocalTime.of(8, 30),
            LocalTime.of(8, 30, 15, 500_000_000),
            LocalTime.of(12, 0, 0, 1_000),
            LocalTime.of(23, 59, 59, 999_999_000));
    static final List<List<String>> TAGS =
            List.of(List.of("open"), List.of("open", "won"), List.of("won", "lost"), List.of("open", "won", "lost"));
    /** As the sanitizer leaves it. */
    static final List<String> HTML = List.of(
            "<p>a</p>",
            "<p>One &amp; <b>tw</b>o</p><p>three</p>",
            "<ul><li>张三</li><li>李四</li></ul>",
            "<p>\t a</p>\n<p class=\"x\">b  c\r\n</p>",
            "x<br />y &lt;b&gt; &#34;z&#34; &amp;lt;",
            "<a href=\"https://a.b/?c&#61;d\" rel=\"noopener\">A&#43;B</a>",
            "<h2>\u3000T\n</h2>");

    private static final int THINGS = 24;
    private static final int PARENTS = 6;

    final List<UUID> parentIds = ids(1, PARENTS);
    final List<UUID> userIds = ids(2, 3);
    final Map<UUID, Map<String, @Nullable Object>> things = new LinkedHashMap<>();
    final Map<UUID, Map<String, @Nullable Object>> parents = new LinkedHashMap<>();
    final Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    private final Random random;
    private final SQLDialect dialect;

    SampleRows(Random random, SQLDialect dialect) {
        this.random = random;
        this.dialect = dialect;
        parentIds.forEach(id -> parents.put(id, row(SampleModel.PARENT, id)));
        ids(3, THINGS).forEach(id -> things.put(id, row(SampleModel.THING, id)));
        variables.put("me", userIds.getFirst());
        variables.put("now", Instant.parse("2026-02-01T08:30:15.123456Z"));
        variables.put("today", LocalDate.parse("2026-02-01"));
        variables.put("settings.t__limit", new BigDecimal("30000.00"));
        variables.put("ids", parentIds.subList(0, 2));
        variables.put("none", List.of());
        variables.put("nothing", null);
        variables.put("me.name", "张 三😀");
        variables.put("me.locale", "zh-CN");
        variables.put("me.zone", "+08:45");
        variables.put("me.permissionSets", List.of("abc", "a", "张三"));
    }

    private static List<UUID> ids(int kind, int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(new UUID(0x0190_0000_0000_7000L + kind, 0x8000_0000_0000_0000L + i));
        }
        return ids;
    }

    private Map<String, @Nullable Object> row(String object, UUID id) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (dev.tenon.metadata.model.Field field : type(object).fields().values()) {
            row.put(
                    field.name(),
                    field.name().equals("id") ? id : random.nextInt(6) == 0 ? null : value(object, field));
        }
        return row;
    }

    private Object value(String object, dev.tenon.metadata.model.Field field) {
        ValueType type = ValueType.of(SampleModel.MODEL, field);
        if (field.name().equals("stage")) {
            return pick(List.of("open", "won", "lost"));
        }
        if (field.name().equals("body")) {
            return pick(HTML);
        }
        return switch (type) {
            case ValueType.Reference reference ->
                pick(reference.target().equals(SampleModel.PARENT) ? parentIds : userIds);
            case Simple simple -> value(simple, field.name().equals("weight") ? LONGEST : SHORT);
            case ValueType.ListOf list -> pick(TAGS);
        };
    }

    /** A value of the type: one of those that tend to differ, or any. */
    Object value(Simple type, Digits digits) {
        boolean any = random.nextInt(3) == 0;
        return switch (type) {
            case TEXT -> any ? text() : pick(TEXTS);
            case INTEGER -> any ? random.nextLong() >> random.nextInt(64) : pick(INTEGERS);
            case DECIMAL -> any ? decimal(digits) : pick(digits.equals(SHORT) ? DECIMALS : LONG_DECIMALS);
            case BOOLEAN -> random.nextBoolean();
            case DATE -> any ? Operations.FIRST_DAY.plusDays(random.nextInt(3_652_059)) : pick(DATES);
            case DATE_TIME ->
                any
                        ? INSTANTS.getFirst().plus(random.nextLong(315_537_897_599_999_999L), ChronoUnit.MICROS)
                        : pick(INSTANTS);
            case TIME -> pick(TIMES);
            case ID, JSON, ENCRYPTED_TEXT, NULL -> throw new IllegalStateException(type.describe());
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }

    private BigDecimal decimal(Digits digits) {
        int scale = random.nextInt(digits.scale() + 1);
        int whole = random.nextInt(digits.whole() + 1);
        BigInteger unscaled = new BigInteger(whole + scale, random)
                .multiply(BigInteger.valueOf(random.nextInt(7)))
                .mod(BigInteger.TEN.pow(whole + scale));
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale);
    }

    <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    EvaluationContext context(UUID thing) {
        return new EvaluationContext() {
            @Override
            public @Nullable Object field(List<Expr.Hop> hops, String field) {
                Map<String, @Nullable Object> row = things.get(thing);
                for (Expr.Hop hop : hops) {
                    Object id = row.get(hop.lookup());
                    if (id == null) {
                        return null;
                    }
                    row = parents.get((UUID) id);
                }
                return row.get(field);
            }

            @Override
            public @Nullable Object variable(String name) {
                return variables.get(name);
            }
        };
    }

    void store(DSLContext dsl) {
        store(dsl, SampleModel.THING, things);
        store(dsl, SampleModel.PARENT, parents);
        Map<UUID, Map<String, @Nullable Object>> users = new LinkedHashMap<>();
        userIds.forEach(id -> users.put(id, Collections.singletonMap("id", id)));
        store(dsl, SampleModel.USER, users);
    }

    private void store(DSLContext dsl, String object, Map<UUID, Map<String, @Nullable Object>> rows) {
        Table<Record> table = table(object);
        CreateTableElementListStep create = dsl.createTable(table);
        for (String field : type(object).fields().keySet()) {
            create = create.column(
                    DSL.field(DSL.name(field.toLowerCase(java.util.Locale.ROOT)), columnType(object, field)));
        }
        create.execute();
        for (Map<String, @Nullable Object> row : rows.values()) {
            List<Field<?>> columns = new ArrayList<>();
            List<Field<?>> values = new ArrayList<>();
            row.forEach((field, value) -> {
                columns.add(column(table, object, field));
                values.add(value == null ? DSL.castNull(javaType(object, field)) : stored(value));
            });
            dsl.insertInto(table).columns(columns).values(values).execute();
        }
    }

    private static Field<?> stored(Object value) {
        return switch (value) {
            case LocalDate day -> DSL.field("cast({0} as date)", SQLDataType.LOCALDATE, DSL.val(day.toString()));
            case LocalTime time -> DSL.field("cast({0} as time(6))", SQLDataType.LOCALTIME, DSL.val(time.toString()));
            case List<?> keys -> DSL.val(KeyList.text(keys));
            default -> DSL.val(value);
        };
    }

    private DataType<?> columnType(String object, String field) {
        dev.tenon.metadata.model.Field found = type(object).requireField(field);
        Collation byCodePoint = DSL.collation("C");
        if (found.type() instanceof dev.tenon.metadata.model.FieldType.DecimalNumber decimal) {
            return SQLDataType.NUMERIC(decimal.precision(), decimal.scale());
        }
        DataType<?> type = javaType(object, field);
        if (type.getType() != String.class) {
            return type;
        }
        return dialect == SQLDialect.POSTGRES
                ? SQLDataType.VARCHAR(255).collation(byCodePoint)
                : SQLDataType.VARCHAR(255);
    }

    private static DataType<?> javaType(String object, String field) {
        return switch (ValueType.of(SampleModel.MODEL, type(object).requireField(field))) {
            case ValueType.Reference reference -> SQLDataType.UUID;
            case ValueType.ListOf list -> SQLDataType.VARCHAR;
            case Simple simple ->
                switch (simple) {
                    case TEXT -> SQLDataType.VARCHAR;
                    case INTEGER -> SQLDataType.BIGINT;
                    case DECIMAL -> SQLDataType.NUMERIC;
                    case BOOLEAN -> SQLDataType.BOOLEAN;
                    case DATE -> SQLDataType.LOCALDATE;
                    case DATE_TIME -> SQLDataType.INSTANT(6);
                    case TIME -> SQLDataType.LOCALTIME(6);
                    case ID -> SQLDataType.UUID;
                    case JSON, ENCRYPTED_TEXT, NULL -> throw new IllegalStateException(field);
                };
        };
    }

    private static ObjectType type(String object) {
        return SampleModel.MODEL.requireObject(object);
    }

    @Override
    public Table<Record> table(String object) {
        return DSL.table(DSL.name(object.toLowerCase(java.util.Locale.ROOT)));
    }

    @Override
    public Field<?> column(Table<?> alias, String object, String field) {
        return DSL.field(
                DSL.name(alias.getUnqualifiedName(), DSL.name(field.toLowerCase(java.util.Locale.ROOT))),
                javaType(object, field));
    }

    private static List<BigDecimal> decimals(String... numbers) {
        return List.of(numbers).stream().map(BigDecimal::new).toList();
    }

    private static List<LocalDate> dates(String... days) {
        return List.of(days).stream().map(LocalDate::parse).toList();
    }

    private static List<Instant> instants(String... times) {
        return List.of(times).stream().map(Instant::parse).toList();
    }
}
