package dev.tenon.store.records.internal;

import dev.tenon.expression.Expr;
import dev.tenon.records.Aggregation;
import dev.tenon.records.Query;
import dev.tenon.store.sql.ExpressionSql;
import dev.tenon.store.sql.internal.Frame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Writes what is asked of groups: a SELECT around the one that makes them, in which a group is the record at hand. */
final class GroupSelect implements Frame {

    private final DSLContext dsl;
    private final ExpressionSql sql;
    private final List<PreparedSelect.Column> columns;
    private final int keys;
    /** As the answer selects them; an average is two. */
    private final List<Field<?>> selected = new ArrayList<>();

    private final Map<String, Field<?>> values = new LinkedHashMap<>();

    /** @param keys how many of the columns, from the first on, are keys */
    GroupSelect(DSLContext dsl, ExpressionSql sql, List<PreparedSelect.Column> columns, int keys) {
        this.dsl = dsl;
        this.sql = sql;
        this.columns = columns;
        this.keys = keys;
    }

    PreparedSelect write(Table<?> grouped, Aggregation.Outcome outcome, boolean offset) {
        for (PreparedSelect.Column column : columns) {
            Field<?> value = next(grouped);
            values.put(column.name(), column.average() ? sql.quotient(value, next(grouped)) : value);
        }
        List<SortField<?>> order = new ArrayList<>();
        for (Query.SortKey key : outcome.order()) {
            order.add(sql.order(key.value(), key.descending(), this));
        }
        selected.subList(0, keys).forEach(key -> order.add(key.asc()));
        var condition = sql.condition(outcome.filter().orElse(Expr.TRUE), this);
        List<PreparedSelect.Column> answered = new ArrayList<>(columns);
        for (Aggregation.Key computed : outcome.computed()) {
            selected.add(sql.field(computed.value(), this).as("g" + selected.size()));
            answered.add(new PreparedSelect.Column(
                    computed.name(), Plans.readAs(computed.value().type())));
        }
        var select = dsl.select(selected).from(grouped).where(condition).orderBy(order);
        Select<?> limited = offset
                ? select.limit(SelectBuilder.LIMIT).offset(SelectBuilder.OFFSET)
                : select.limit(SelectBuilder.LIMIT);
        return PreparedSelect.of(dsl, limited, answered);
    }

    private Field<?> next(Table<?> grouped) {
        Field<?> column = Objects.requireNonNull(grouped.field(selected.size()));
        Field<?> value = DSL.field(DSL.name("grouped", column.getName()), column.getDataType());
        selected.add(value);
        return value;
    }

    @Override
    public Field<?> column(List<Expr.Hop> hops, String field) {
        Field<?> value = hops.isEmpty() ? values.get(field) : null;
        if (value == null) {
            throw new IllegalArgumentException("a group has no value " + field);
        }
        return value;
    }

    @Override
    public @Nullable Frame outer() {
        return null;
    }
}
