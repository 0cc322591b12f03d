package dev.tenon.store.sql.internal;

import dev.tenon.expression.Expr;
import java.util.List;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** A record that an expression can look at: the one at hand, or one outside of it. */
public interface Frame {

    /** The column of a field of the record, or of one reached from it over lookups. */
    Field<?> column(List<Expr.Hop> hops, String field);

    /** The record outside, which is one scope further. */
    @Nullable
    Frame outer();
}
