package dev.tenon.store.records.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Aggregation;
import dev.tenon.records.port.AggregatePlan;
import dev.tenon.records.port.QueryPlan;
import dev.tenon.store.Database;
import dev.tenon.store.Dialect;
import dev.tenon.store.RowLock;
import dev.tenon.store.schema.ColumnType;
import dev.tenon.store.schema.TenantTables;
import dev.tenon.store.schema.TenantTables.ObjectTable;
import dev.tenon.store.sql.ExpressionSql;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectForUpdateStep;
import org.jooq.SelectLimitStep;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Writes the SELECT of a plan whose values were taken out. */
final class SelectBuilder {

    static final Param<Long> LIMIT = DSL.param(PreparedSelect.LIMIT, SQLDataType.BIGINT);
    static final Param<Long> OFFSET = DSL.param(PreparedSelect.OFFSET, SQLDataType.BIGINT);

    private final DSLContext dsl;
    private final Dialect dialect;
    private final TenantTables tables;
    private final Map<String, @Nullable Object> parameters;

    SelectBuilder(Database database, TenantTables tables, Map<String, @Nullable Object> parameters) {
        this.dsl = database.dsl();
        this.dialect = database.dialect();
        this.tables = tables;
        this.parameters = parameters;
    }

    private ExpressionSql expressions(String object, Map<String, Expr> joins) {
        return new ExpressionSql(dsl.dialect(), tables, object, joins, parameters);
    }

    /** @param keeping whether the object's rows that are found stay until the transaction ends */
    PreparedSelect rows(QueryPlan plan, boolean offset, boolean keeping) {
        ObjectTable object = tables.object(plan.object());
        ExpressionSql sql = expressions(plan.object(), plan.joins());
        Table<?> root = sql.joins().root();
        List<PreparedSelect.Column> columns = new ArrayList<>();
        List<Field<?>> fields = columns(plan, sql, columns);
        List<SortField<?>> order = new ArrayList<>();
        boolean descending = false;
        for (QueryPlan.Order key : plan.order()) {
            order.add(sql.order(key.value(), key.descending()));
            descending = key.descending();
        }
        // In the direction of the last key, so that an index on both serves the whole order.
        Field<?> id = object.in(root, SystemField.ID);
        order.add(descending ? id.desc() : id.asc());
        var condition = sql.condition(plan.where());
        SelectLimitStep<Record> select;
        if (plan.perParent().isPresent()) {
            QueryPlan.PerParent perParent = plan.perParent().get();
            Field<Integer> place = DSL.rowNumber()
                    .over(DSL.partitionBy(object.in(root, perParent.field())).orderBy(order))
                    .as("place");
            Field<Integer> all = DSL.rowNumber().over(DSL.orderBy(order)).as("whole");
            List<Field<?>> inner = new ArrayList<>(fields);
            inner.add(place);
            inner.add(all);
            Table<?> ranked =
                    dsl.select(inner).from(sql.joins().from()).where(condition).asTable("ranked");
            List<Field<?>> outer = new ArrayList<>();
            fields.forEach(field -> outer.add(ranked.field(field.getUnqualifiedName())));
            select = dsl.select(outer)
                    .from(ranked)
                    .where(DSL.field(DSL.name("ranked", "place"), Integer.class).le(DSL.inline(perParent.limit())))
                    .orderBy(DSL.field(DSL.name("ranked", "whole")));
        } else {
            select =
                    dsl.select(fields).from(sql.joins().from()).where(condition).orderBy(order);
        }
        SelectForUpdateStep<?> limited = offset ? select.limit(LIMIT).offset(OFFSET) : select.limit(LIMIT);
        Select<?> whole = keeping ? dialect.locking(limited, root, RowLock.REFER) : limited;
        return PreparedSelect.of(dsl, whole, columns);
    }

    /** The fields of a plan's rows; tells how each is read. */
    private List<Field<?>> columns(QueryPlan plan, ExpressionSql sql, List<PreparedSelect.Column> columns) {
        ObjectTable object = tables.object(plan.object());
        Table<?> root = sql.joins().root();
        List<Field<?>> fields = new ArrayList<>();
        add(columns, fields, SystemField.ID, object.in(root, SystemField.ID), Optional.of(ColumnType.Simple.ID));
        add(
                columns,
                fields,
                SystemField.VERSION,
                object.in(root, SystemField.VERSION),
                Optional.of(ColumnType.Simple.WHOLE));
        for (QueryPlan.Projection projection : plan.projections()) {
            if (!projection.name().equals(SystemField.ID) && !projection.name().equals(SystemField.VERSION)) {
                add(
                        columns,
                        fields,
                        projection.name(),
                        sql.field(projection.value()),
                        Plans.readAs(tables, projection.value()));
            }
        }
        return fields;
    }

    /** The plan's rows that have some of the keys, see {@link dev.tenon.records.port.MatchKeyStore#having}. */
    PreparedSelect having(QueryPlan plan, KeyedSelect keyed) {
        ExpressionSql sql = expressions(plan.object(), plan.joins());
        List<PreparedSelect.Column> columns = new ArrayList<>();
        List<Field<?>> fields = columns(plan, sql, columns);
        Field<?> id = tables.object(plan.object()).in(sql.joins().root(), SystemField.ID);
        var condition = sql.condition(plan.where());
        return PreparedSelect.of(dsl, keyed.select(dsl, fields, sql.joins().from(), id, condition), columns);
    }

    private static void add(
            List<PreparedSelect.Column> columns,
            List<Field<?>> fields,
            String name,
            Field<?> field,
            Optional<ColumnType> type) {
        fields.add(field.as("c" + fields.size()));
        columns.add(new PreparedSelect.Column(name, type));
    }

    PreparedSelect count(String object, Map<String, Expr> joins, Expr where) {
        ExpressionSql sql = expressions(object, joins);
        var condition = sql.condition(where);
        return PreparedSelect.of(dsl, dsl.selectCount().from(sql.joins().from()).where(condition), List.of());
    }

    PreparedSelect groups(AggregatePlan plan, boolean offset) {
        ExpressionSql sql = expressions(plan.object(), plan.joins());
        List<PreparedSelect.Column> columns = new ArrayList<>();
        List<Field<?>> inner = new ArrayList<>();
        for (Aggregation.Key key : plan.groupBy()) {
            add(columns, inner, key.name(), sql.field(key.value()), Plans.readAs(tables, key.value()));
        }
        int keys = inner.size();
        for (Aggregation.Measure measure : plan.measures()) {
            Field<?> value = measure.value().<Field<?>>map(sql::field).orElse(DSL.inline(1));
            inner.add(value.as("c" + inner.size()));
            columns.add(new PreparedSelect.Column(
                    measure.name(), measureType(measure), measure.function() == Aggregation.Function.AVERAGE));
        }
        var condition = sql.condition(plan.where());
        // Values are computed below and grouped above: a key with parameters in it is one expression only there.
        Table<?> single =
                dsl.select(inner).from(sql.joins().from()).where(condition).asTable("single");
        List<Field<?>> groups = new ArrayList<>();
        List<Field<?>> outer = new ArrayList<>();
        List<SortField<?>> order = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            Field<?> key = column(inner.get(i));
            groups.add(key);
            outer.add(key);
            order.add(key.asc());
        }
        for (int i = 0; i < plan.measures().size(); i++) {
            outer.addAll(measure(plan.measures().get(i), column(inner.get(keys + i))));
        }
        if (outer.isEmpty()) {
            throw new IllegalArgumentException("an aggregation without keys and measures");
        }
        var from = dsl.select(outer).from(single);
        if (plan.outcome().equals(Aggregation.Outcome.ALL) && !offset) {
            Select<?> select = groups.isEmpty()
                    ? from.limit(LIMIT)
                    : from.groupBy(groups).orderBy(order).limit(LIMIT);
            return PreparedSelect.of(dsl, select, columns);
        }
        List<Field<?>> named = new ArrayList<>();
        outer.forEach(field -> named.add(field.as("g" + named.size())));
        var grouped = dsl.select(named).from(single);
        return new GroupSelect(dsl, sql.groups(), columns, keys)
                .write(
                        (groups.isEmpty() ? grouped : grouped.groupBy(groups)).asTable("grouped"),
                        plan.outcome(),
                        offset);
    }

    private static Field<?> column(Field<?> inner) {
        return DSL.field(DSL.name("single", inner.getName()), inner.getDataType());
    }

    private static List<Field<?>> measure(Aggregation.Measure measure, Field<?> value) {
        return switch (measure.function()) {
            case COUNT -> List.of(measure.value().isPresent() ? DSL.count(value) : DSL.count());
            case COUNT_DISTINCT -> List.of(DSL.countDistinct(value));
            case SUM -> List.of(DSL.sum(value.coerce(BigDecimal.class)));
            case MIN -> List.of(DSL.min(value));
            case MAX -> List.of(DSL.max(value));
            // Divided by the rules of the language: each database gives its averages another number of digits.
            case AVERAGE -> List.of(DSL.sum(value.coerce(BigDecimal.class)), DSL.count(value));
        };
    }

    private Optional<ColumnType> measureType(Aggregation.Measure measure) {
        return switch (measure.function()) {
            case COUNT, COUNT_DISTINCT -> Optional.of(ColumnType.Simple.WHOLE);
            case SUM ->
                measure.value().orElseThrow().type() == ValueType.Simple.INTEGER
                        ? Optional.of(ColumnType.Simple.WHOLE)
                        : measure.value().flatMap(value -> Plans.readAs(tables, value));
            case MIN, MAX -> measure.value().flatMap(value -> Plans.readAs(tables, value));
            case AVERAGE -> Optional.empty();
        };
    }
}
