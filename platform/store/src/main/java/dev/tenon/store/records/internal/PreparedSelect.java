package dev.tenon.store.records.internal;

import dev.tenon.expression.Operations;
import dev.tenon.records.port.NamedValues;
import dev.tenon.store.schema.ColumnType;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.Select;
import org.jooq.conf.SettingsTools;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A rendered SELECT: its text, where each value comes from, and how each column is read.
 *
 * @param columns how the answer is read
 * @param names of the columns
 */
record PreparedSelect(String sql, List<Binding> bindings, List<Column> columns, NamedValues.Names names) {

    static final String LIMIT = "limit";
    static final String OFFSET = "offset";

    /** A character that no SQL text and no name contains, in front of each parameter's name. */
    private static final String MARK = "\u0001";

    private static final Pattern PARAMETER = Pattern.compile(MARK + "([A-Za-z0-9_]+)");

    PreparedSelect {
        bindings = List.copyOf(bindings);
        columns = List.copyOf(columns);
    }

    private PreparedSelect(String sql, List<Binding> bindings, List<Column> columns) {
        this(
                sql,
                bindings,
                columns,
                NamedValues.Names.of(columns.stream().map(Column::name).toList()));
    }

    /**
     * @param type absent for a decimal of no particular scale
     * @param average the column is a sum, and a number follows by which it is divided
     */
    record Column(String name, Optional<ColumnType> type, boolean average) {
        Column(String name, Optional<ColumnType> type) {
            this(name, type, false);
        }
    }

    /** Where a value comes from. */
    sealed interface Binding {
        record Slot(int index) implements Binding {}

        record Limit() implements Binding {}

        record Offset() implements Binding {}

        record Constant(@Nullable Object value) implements Binding {}
    }

    static PreparedSelect of(DSLContext dsl, Select<?> select, List<Column> columns) {
        Configuration naming =
                dsl.configuration().derive(SettingsTools.clone(dsl.settings()).withRenderNamedParamPrefix(MARK));
        String named = DSL.using(naming).renderNamedParams(select);
        // In the order of this dialect's text. Not by number: that would also count values that are written into the
        // text.
        List<Object> values = DSL.using(naming).extractBindValues(select);
        List<Binding> bindings = new ArrayList<>();
        Matcher parameter = PARAMETER.matcher(named);
        StringBuilder sql = new StringBuilder(named.length());
        while (parameter.find()) {
            bindings.add(binding(parameter.group(1), values.get(bindings.size())));
            parameter.appendReplacement(sql, "?");
        }
        parameter.appendTail(sql);
        if (bindings.size() != values.size()) {
            throw new IllegalStateException("parameters of the text and of the statement differ");
        }
        return new PreparedSelect(sql.toString(), bindings, columns);
    }

    private static Binding binding(String name, @Nullable Object value) {
        if (name.equals(LIMIT)) {
            return new Binding.Limit();
        }
        if (name.equals(OFFSET)) {
            return new Binding.Offset();
        }
        if (PlanShape.slot(name) >= 0) {
            return new Binding.Slot(PlanShape.slot(name));
        }
        return new Binding.Constant(value);
    }

    /** The values of one run, in the order of the text. */
    List<@Nullable Object> values(List<Object> slots, long limit, long offset) {
        List<@Nullable Object> values = new ArrayList<>(bindings.size());
        for (Binding binding : bindings) {
            values.add(
                    switch (binding) {
                        case Binding.Slot(int index) -> slots.get(index);
                        case Binding.Limit() -> limit;
                        case Binding.Offset() -> offset;
                        case Binding.Constant(Object value) -> value;
                    });
        }
        return values;
    }

    Map<String, @Nullable Object> read(ResultSet row) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        int index = 1;
        for (int at = 0; at < values.length; at++) {
            Column column = columns.get(at);
            if (column.average()) {
                BigDecimal sum = row.getBigDecimal(index++);
                BigDecimal number = row.getBigDecimal(index++);
                values[at] = sum == null ? null : Operations.divide(sum, number);
            } else if (column.type().isPresent()) {
                values[at] = Values.read(row, index++, column.type().get());
            } else {
                values[at] = row.getBigDecimal(index++);
            }
        }
        return names.row(values);
    }
}
