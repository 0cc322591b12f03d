package dev.tenon.store.sql;

import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.store.sql.internal.Frame;
import dev.tenon.store.sql.internal.Translation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The FROM clause of a statement: the object's table and one outer join for each lookup path that is followed. */
public final class Joins implements Frame {

    private final Translation translation;
    private final String object;
    private final Map<String, Expr> visibility;
    private final Table<Record> root;
    private final Map<String, Joined> joined = new LinkedHashMap<>();

    private record Joined(Table<Record> table, Condition on) {}

    Joins(Translation translation, String object, Map<String, Expr> visibility) {
        this.translation = translation;
        this.object = object;
        this.visibility = Map.copyOf(visibility);
        this.root = translation.naming().table(object).as(translation.nextAlias());
    }

    /** The alias of the object's table. */
    public Table<Record> root() {
        return root;
    }

    /** The root with all joins that the translated expressions need. */
    public Table<?> from() {
        Table<?> from = root;
        for (Joined join : joined.values()) {
            from = from.leftJoin(join.table()).on(join.on());
        }
        return from;
    }

    /** Whether anything is joined; each join finds at most one row, so none of them multiplies rows. */
    public boolean isEmpty() {
        return joined.isEmpty();
    }

    @Override
    public Field<?> column(List<Expr.Hop> hops, String field) {
        Table<Record> table = root;
        String owner = object;
        String path = "";
        for (Expr.Hop hop : hops) {
            path = path.isEmpty() ? hop.lookup() : path + "." + hop.lookup();
            Joined join = joined.get(path);
            if (join == null) {
                join = join(path, translation.naming().column(table, owner, hop.lookup()), hop.target());
            }
            table = join.table();
            owner = hop.target();
        }
        return translation.naming().column(table, owner, field);
    }

    @Override
    public @Nullable Frame outer() {
        return null;
    }

    private Joined join(String path, Field<?> reference, String target) {
        Table<Record> table = translation.naming().table(target).as(translation.nextAlias());
        Condition on = DSL.field(reference)
                .coerce(Object.class)
                .eq(translation.naming().column(table, target, SystemField.ID).coerce(Object.class));
        Expr visible = visibility.get(path);
        if (visible != null) {
            on = on.and(translation.condition(visible, translation.single(table, target)));
        }
        Joined join = new Joined(table, on);
        joined.put(path, join);
        return join;
    }
}
