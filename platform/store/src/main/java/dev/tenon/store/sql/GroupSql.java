package dev.tenon.store.sql;

import dev.tenon.expression.Expr;
import dev.tenon.store.sql.internal.Frame;
import dev.tenon.store.sql.internal.Translation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SortField;
import org.jspecify.annotations.Nullable;

/** Translates expressions about groups: a group is the record at hand, and its fields are the values given here. */
public final class GroupSql implements Frame {

    private final Translation translation;
    private final Map<String, Field<?>> values = new HashMap<>();

    GroupSql(Translation translation) {
        this.translation = translation;
    }

    public void value(String name, Field<?> value) {
        values.put(name, value);
    }

    /** By the rules of the language: each database gives its own averages another number of digits. */
    public void average(String name, Field<?> sum, Field<?> number) {
        values.put(name, translation.quotient(sum, number));
    }

    public Condition condition(Expr expr) {
        return translation.condition(expr, this);
    }

    public Field<?> field(Expr expr) {
        return translation.field(expr, this);
    }

    public SortField<?> order(Expr expr, boolean descending) {
        return translation.order(expr, descending, this);
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
