package dev.tenon.store.sql.internal;

import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.store.schema.SqlNaming;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A record whose FROM clause cannot grow, because it stands in an ON clause or in a subquery: lookups from it are
 * subqueries of their own.
 */
record SingleRecord(
        Translation translation,
        Table<Record> table,
        String object,
        @Nullable Frame outer) implements Frame {

    @Override
    public Field<?> column(List<Expr.Hop> hops, String field) {
        SqlNaming naming = translation.naming();
        if (hops.isEmpty()) {
            return naming.column(table, object, field);
        }
        Expr.Hop first = hops.getFirst();
        Table<Record> start = naming.table(first.target()).as(translation.nextAlias());
        Table<?> from = start;
        Table<Record> last = start;
        String owner = first.target();
        for (Expr.Hop hop : hops.subList(1, hops.size())) {
            Table<Record> next = naming.table(hop.target()).as(translation.nextAlias());
            from = from.join(next)
                    .on(same(
                            naming.column(next, hop.target(), SystemField.ID),
                            naming.column(last, owner, hop.lookup())));
            last = next;
            owner = hop.target();
        }
        Field<Object> value = naming.column(last, owner, field).coerce(Object.class);
        return DSL.field(DSL.select(value)
                .from(from)
                .where(same(
                        naming.column(start, first.target(), SystemField.ID),
                        naming.column(table, object, first.lookup()))));
    }

    private static Condition same(Field<?> id, Field<?> reference) {
        return id.coerce(Object.class).eq(reference.coerce(Object.class));
    }
}
