package dev.tenon.store.records.internal;

import dev.tenon.expression.Expr;
import dev.tenon.records.Aggregation;
import dev.tenon.records.Query;
import dev.tenon.store.sql.GroupSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Writes what is asked of groups: a SELECT around the one that makes them. */
final class GroupSelect {

    private final DSLContext dsl;
    private final GroupSql sql;
    private final List<PreparedSelect.Column> columns;
    private final int keys;
    /** As the answer selects them; an average is two. */
    private final List<Field<?>> selected = new ArrayList<>();

    /** @param keys how many of the columns, from the first on, are keys */
    GroupSelect(DSLContext dsl, GroupSql sql, List<PreparedSelect.Column> columns, int keys) {
        this.dsl = dsl;
        this.sql = sql;
        this.columns = columns;
        this.keys = keys;
    }

    PreparedSelect write(Table<?> grouped, Aggregation.Outcome outcome, boolean offset) {
        for (PreparedSelect.Column column : columns) {
            Field<?> value = next(grouped);
            if (column.average()) {
                sql.average(column.name(), value, next(grouped));
            } else {
                sql.value(column.name(), value);
            }
        }
        List<SortField<?>> order = new ArrayList<>();
        for (Query.SortKey key : outcome.order()) {
            order.add(sql.order(key.value(), key.descending()));
        }
        selected.subList(0, keys).forEach(key -> order.add(key.asc()));
        var condition = sql.condition(outcome.filter().orElse(Expr.TRUE));
        List<PreparedSelect.Column> answered = new ArrayList<>(columns);
        for (Aggregation.Key computed : outcome.computed()) {
            selected.add(sql.field(computed.value()).as("g" + selected.size()));
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
}
