package dev.tenon.store.sql;

import dev.tenon.expression.Expr;
import dev.tenon.store.schema.SqlNaming;
import dev.tenon.store.sql.internal.SqlFunctions;
import dev.tenon.store.sql.internal.Translation;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.SortField;
import org.jspecify.annotations.Nullable;

/**
 * Translates the expressions of one statement. Lookups that they follow become outer joins of {@link #joins()}, so the
 * FROM clause is taken when everything is translated. One instance serves one statement and one thread.
 */
public final class ExpressionSql {

    private final Translation translation;
    private final Joins joins;

    /**
     * @param object the object whose records the statement reads
     * @param visibility for lookup paths, names joined by dots: the condition under which the joined record is visible
     *     (it is scope 0 there); see {@code QueryPlan}. A path without one is joined as it is
     * @param variables values of the expressions' variables; a jOOQ parameter is a value that is given at each run
     */
    public ExpressionSql(
            SQLDialect dialect,
            SqlNaming naming,
            String object,
            Map<String, Expr> visibility,
            Map<String, @Nullable Object> variables) {
        this.translation = new Translation(SqlFunctions.of(dialect), naming, variables);
        this.joins = new Joins(translation, object, visibility);
    }

    /**
     * Prepares a database for the SQL made here; to be called once after opening it, again does no harm. H2 gets
     * aliases in its schema PUBLIC; of PostgreSQL it is checked that it has what is needed.
     *
     * @throws IllegalStateException where the database cannot be used, with the reason
     */
    public static void install(DSLContext dsl) {
        SqlFunctions.of(dsl.dialect()).install(dsl);
    }

    /** What texts have in common that differ only in case or width. */
    public static Field<String> fold(SQLDialect dialect, Field<String> text) {
        return SqlFunctions.of(dialect).fold(text);
    }

    /** The record at hand and everything joined to it. */
    public Joins joins() {
        return joins;
    }

    /** A condition; like the expression it is true, false or null, and selects a row only where it is true. */
    public Condition condition(Expr expr) {
        return translation.condition(expr, joins);
    }

    /** For expressions about groups of the statement's records. */
    public GroupSql groups() {
        return new GroupSql(translation);
    }

    /** A value, of the Java type documented at {@link dev.tenon.expression.ValueType.Simple}. */
    public Field<?> field(Expr expr) {
        return translation.field(expr, joins);
    }

    /** Empty values last when ascending, first when descending; text by code point: the order of the language's {@code <}. */
    public SortField<?> order(Expr expr, boolean descending) {
        return translation.order(expr, descending, joins);
    }
}
