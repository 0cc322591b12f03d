package dev.tenon.store.schema;

import dev.tenon.store.schema.CatalogueContent.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A field gets a column of another type, filled from the present one. The present one stays: models before the version
 * go on with it, and it is what an undo takes values from.
 *
 * @param keys see {@link Conversion}
 * @param former a column that the field had before and whose type has room for the wanted one: it has the values from
 *     then exactly
 * @param version of the first model that uses the new column
 */
record Recast(
        Column from, Column to, List<String> keys, @Nullable Column former, long version) {

    private static final String NONE = "-";
    private static final int PARTS = 5;

    Recast {
        keys = List.copyOf(keys);
    }

    Conversion conversion() {
        return new Conversion(from.type(), to.type(), keys);
    }

    /** The new column's value. */
    Field<?> value() {
        return value(column -> DSL.field(DSL.name(column.name()), column.type().valueType()));
    }

    /** @param row how a column of the row is called */
    @SuppressWarnings({"unchecked", "rawtypes"}) // both branches have the type of the new column
    Field<?> value(Function<Column, Field<?>> row) {
        Field converted = conversion().value(row.apply(from));
        if (former == null) {
            return converted;
        }
        return DSL.when(restored(row), (Field) again(former).value(row.apply(former)))
                .otherwise(converted);
    }

    private Conversion again(Column then) {
        return new Conversion(then.type(), to.type(), List.of());
    }

    /**
     * Nobody has changed the value since the field got its present type, so the one from before is right, if the wanted
     * type has room for it.
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // as the conversion makes them
    private Condition restored(Function<Column, Field<?>> row) {
        if (former == null) {
            return DSL.falseCondition();
        }
        Field had = new Conversion(former.type(), from.type(), List.of()).value(row.apply(former));
        return row.apply(former)
                .isNotNull()
                .and(row.apply(from).isNotDistinctFrom(had))
                .andNot(again(former).changed(row.apply(former)));
    }

    private static Field<?> field(Column column) {
        return DSL.field(DSL.name(column.name()), column.type().valueType());
    }

    Condition emptied() {
        return field(from).isNotNull().and(value().isNull());
    }

    Condition changed() {
        Condition changed = conversion().changed(field(from));
        return former == null ? changed : changed.andNot(restored(Recast::field));
    }

    /** Texts that are not a key letter by letter. */
    Condition keysDiffer() {
        return DSL.cast(field(from), org.jooq.impl.SQLDataType.VARCHAR)
                .isDistinctFrom(DSL.cast(value(), org.jooq.impl.SQLDataType.VARCHAR));
    }

    /** Rows whose new column does not have its value yet. */
    Condition open() {
        return DSL.field(DSL.name(to.name()), to.type().valueType()).isDistinctFrom((Field) value());
    }

    String encode() {
        return String.join(
                "!",
                column(from),
                column(to),
                String.join(",", keys),
                former == null ? NONE : column(former),
                String.valueOf(version));
    }

    static Recast decode(String text) {
        String[] parts = text.split("!", PARTS);
        return new Recast(
                column(parts[0]),
                column(parts[1]),
                parts[2].isEmpty() ? List.of() : Arrays.asList(parts[2].split(",")),
                Optional.of(parts[3])
                        .filter(p -> !p.equals(NONE))
                        .map(Recast::column)
                        .orElse(null),
                Long.parseLong(parts[4]));
    }

    private static String column(Column column) {
        return column.field() + ":" + column.name() + ":" + column.type();
    }

    private static Column column(String text) {
        String[] parts = text.split(":");
        return new Column(parts[0], parts[1], ColumnType.parse(parts[2]));
    }
}
