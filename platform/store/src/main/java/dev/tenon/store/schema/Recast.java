package dev.tenon.store.schema;

import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.tenancy.RetypeLoss;
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
 * @param way where the new column's values come from
 * @param meant what the present values mean, see {@link Meaning}
 */
record Recast(
        Column from, Column to, List<String> keys, @Nullable Column former, long version, Way way, String meant) {

    /** Where values come from. */
    enum Way {
        /** From the present ones; those that nobody has changed since the column of before are as there. */
        CONVERTED,
        /** From the column of before, where nobody has changed them since: there is no conversion. */
        RESTORED,
        /** From the column of before in any case: the present ones are computed. */
        RETURNED,
        /** They are computed: what is there gives way. */
        EMPTIED
    }

    private static final String NONE = "-";
    private static final int PARTS = 7;
    private static final int WAY = 5;

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
        Field none = DSL.castNull(to.type().valueType());
        Field converted = way == Way.CONVERTED ? conversion().value(row.apply(from)) : none;
        if (former == null || way == Way.EMPTIED) {
            return converted;
        }
        Field again = again(former).value(row.apply(former));
        return way == Way.RETURNED ? again : DSL.when(restored(row), again).otherwise(converted);
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

    /** What happens to values that are not lost but become other ones. */
    Optional<RetypeLoss.Kind> changes() {
        return way == Way.CONVERTED ? conversion().changes() : Optional.empty();
    }

    Condition changed() {
        if (way != Way.CONVERTED) {
            return DSL.falseCondition();
        }
        Condition changed = conversion().changed(field(from));
        return former == null ? changed : changed.andNot(restored(Recast::field));
    }

    /** Whether a row's value is not what it was. */
    Condition differs() {
        if (way == Way.EMPTIED) {
            return emptied();
        }
        if (way != Way.CONVERTED) {
            return from.type().equals(to.type()) ? field(from).isDistinctFrom((Field) value()) : DSL.trueCondition();
        }
        return keys.isEmpty()
                ? emptied().or(changed())
                : field(from).isNotNull().and(keysDiffer());
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
                String.valueOf(version),
                way.name(),
                meant);
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
                Long.parseLong(parts[4]),
                parts.length > WAY ? Way.valueOf(parts[WAY]) : Way.CONVERTED,
                parts.length > WAY ? parts[WAY + 1] : Meaning.UNKNOWN);
    }

    private static String column(Column column) {
        return column.field() + ":" + column.name() + ":" + column.type();
    }

    private static Column column(String text) {
        String[] parts = text.split(":");
        return new Column(parts[0], parts[1], ColumnType.parse(parts[2]));
    }
}
