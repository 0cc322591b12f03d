package dev.tenon.store.records.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.expression.ValueType.Simple;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Aggregation;
import dev.tenon.records.Query;
import dev.tenon.records.port.AggregatePlan;
import dev.tenon.records.port.QueryPlan;
import dev.tenon.records.port.RecordStore.QueryAnswer;
import dev.tenon.store.Database;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.ColumnType;
import dev.tenon.store.schema.TenantTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers plans with one statement each, plus one for a count that the rows do not tell already. */
public final class Plans {

    private final Database database;
    private final Catalogue catalogue;
    private final Statements statements;

    public Plans(Database database, Catalogue catalogue, Statements statements) {
        this.database = database;
        this.catalogue = catalogue;
        this.statements = statements;
    }

    /** What one statement is made of, without values: the key of its prepared text. */
    sealed interface Shape {
        /** Limits are set at each run; whether there is an offset is part of the text. */
        record Rows(QueryPlan plan, boolean offset, boolean keeping) implements Shape {}

        record Having(QueryPlan plan, int keys) implements Shape {}

        record Count(String object, Map<String, Expr> joins, Expr where) implements Shape {}

        record Groups(AggregatePlan plan, boolean offset) implements Shape {}
    }

    public QueryAnswer query(Model model, QueryPlan plan) {
        return query(model, plan, false);
    }

    private QueryAnswer query(Model model, QueryPlan plan, boolean keeping) {
        TenantTables tables = catalogue.tables(model);
        PlanShape values = new PlanShape(plan.variables());
        boolean offset = plan.offset() > 0;
        Shape.Rows shape = new Shape.Rows(withoutValues(plan, values), offset, keeping);
        PreparedSelect select = tables.prepared(
                shape, s -> new SelectBuilder(database, tables, values.parameters()).rows(s.plan(), offset, keeping));
        List<Map<String, @Nullable Object>> rows = statements.query(
                select.sql(), select.values(values.values(), plan.limit(), plan.offset()), select::read);
        return new QueryAnswer(
                rows, plan.count() ? OptionalLong.of(count(tables, plan, rows.size())) : OptionalLong.empty());
    }

    private long count(TenantTables tables, QueryPlan plan, int rows) {
        boolean lastPage = rows < plan.limit() && (rows > 0 || plan.offset() == 0);
        if (lastPage && plan.perParent().isEmpty()) {
            return plan.offset() + (long) rows;
        }
        PlanShape values = new PlanShape(plan.variables());
        Shape.Count shape = new Shape.Count(plan.object(), joins(plan.joins(), values), values.without(plan.where()));
        PreparedSelect select = tables.prepared(
                shape,
                s -> new SelectBuilder(database, tables, values.parameters()).count(s.object(), s.joins(), s.where()));
        return statements
                .query(select.sql(), select.values(values.values(), 0, 0), row -> row.getLong(1))
                .getFirst();
    }

    /**
     * The ids among the given ones for which the plan's condition holds, in the order given.
     *
     * @param keeping whether nobody may delete them before the transaction ends
     */
    @SuppressWarnings("NullAway") // it does not read the annotation inside a type of another room's record
    public List<UUID> matching(Model model, QueryPlan plan, List<UUID> ids, boolean keeping) {
        if (ids.isEmpty()) {
            return List.of();
        }
        ValueType type = new ValueType.Reference(plan.object());
        Expr id = new Expr.FieldRef(0, plan.object(), List.of(), SystemField.ID, type);
        List<Expr> candidates = new ArrayList<>(ids.size());
        ids.forEach(candidate -> candidates.add(new Expr.Literal(candidate, type)));
        Expr among = candidates.size() == 1 ? Expr.equal(id, candidates.getFirst()) : new Expr.In(id, candidates);
        QueryPlan narrowed = new QueryPlan(
                plan.object(),
                List.of(),
                plan.joins(),
                Expr.and(among, plan.where()),
                List.of(),
                ids.size(),
                0,
                Optional.empty(),
                false,
                plan.variables());
        List<UUID> found = new ArrayList<>();
        for (Map<String, @Nullable Object> row : query(model, narrowed, keeping).rows()) {
            if (row.get(SystemField.ID) instanceof UUID one) {
                found.add(one);
            }
        }
        return ids.stream().filter(found::contains).toList();
    }

    /** See {@link dev.tenon.records.port.MatchKeyStore#having}. */
    @SuppressWarnings("NullAway") // it does not read the annotation inside a type of another room's record
    List<Map<String, @Nullable Object>> having(Model model, QueryPlan plan, List<String> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        TenantTables tables = catalogue.tables(model);
        PlanShape values = new PlanShape(plan.variables());
        List<String> padded = KeyedSelect.padded(keys, KeyedSelect.NO_KEY);
        Shape.Having shape = new Shape.Having(withoutValues(plan, values), padded.size());
        int first = values.values().size();
        PreparedSelect select = tables.prepared(
                shape,
                s -> new SelectBuilder(database, tables, values.parameters())
                        .having(s.plan(), new KeyedSelect(MatchKeyRows.keys(model.tenant()), first, s.keys())));
        values.values().addAll(padded);
        return statements.query(select.sql(), select.values(values.values(), plan.limit(), 0), select::read);
    }

    public List<Map<String, @Nullable Object>> aggregate(Model model, AggregatePlan plan) {
        TenantTables tables = catalogue.tables(model);
        PlanShape values = new PlanShape(plan.variables());
        boolean offset = plan.outcome().offset() > 0;
        Shape.Groups shape = new Shape.Groups(withoutValues(plan, values), offset);
        PreparedSelect select = tables.prepared(
                shape, s -> new SelectBuilder(database, tables, values.parameters()).groups(s.plan(), offset));
        return statements.query(
                select.sql(),
                select.values(values.values(), plan.limit(), plan.outcome().offset()),
                select::read);
    }

    private static QueryPlan withoutValues(QueryPlan plan, PlanShape values) {
        return new QueryPlan(
                plan.object(),
                QueryPlan.Projection.each(plan.projections(), values::without),
                joins(plan.joins(), values),
                values.without(plan.where()),
                plan.order().stream()
                        .map(o -> new QueryPlan.Order(values.without(o.value()), o.descending()))
                        .toList(),
                0,
                0,
                plan.perParent(),
                false,
                Map.of());
    }

    private static AggregatePlan withoutValues(AggregatePlan plan, PlanShape values) {
        return new AggregatePlan(
                plan.object(),
                joins(plan.joins(), values),
                values.without(plan.where()),
                plan.groupBy().stream()
                        .map(k -> new Aggregation.Key(k.name(), values.without(k.value())))
                        .toList(),
                plan.measures().stream()
                        .map(m -> new Aggregation.Measure(
                                m.name(), m.function(), m.value().map(values::without)))
                        .toList(),
                withoutValues(plan.outcome(), values),
                0,
                Map.of());
    }

    private static Aggregation.Outcome withoutValues(Aggregation.Outcome outcome, PlanShape values) {
        return new Aggregation.Outcome(
                outcome.filter().map(values::without),
                outcome.computed().stream()
                        .map(k -> new Aggregation.Key(k.name(), values.without(k.value())))
                        .toList(),
                outcome.order().stream()
                        .map(k -> new Query.SortKey(values.without(k.value()), k.descending()))
                        .toList(),
                0);
    }

    private static Map<String, Expr> joins(Map<String, Expr> joins, PlanShape values) {
        if (joins.isEmpty()) {
            return joins;
        }
        // In a fixed order: the slots of equal shapes have to be the same.
        Map<String, Expr> all = new HashMap<>();
        joins.keySet().stream().sorted().forEach(path -> {
            Expr condition = joins.get(path);
            if (condition != null) {
                all.put(path, values.without(condition));
            }
        });
        return all;
    }

    /** How a value is read; absent for a decimal of no particular scale. */
    static Optional<ColumnType> readAs(TenantTables tables, Expr value) {
        return switch (value) {
            case Expr.FieldRef field ->
                Optional.of(tables.object(field.owner()).column(field.field()).type());
            // A cell that only some may read.
            case Expr.Conditional(var condition, var then, Expr.Literal(var nothing, var ignored), var type)
            when nothing == null -> readAs(tables, then);
            default -> readAs(value.type());
        };
    }

    static Optional<ColumnType> readAs(ValueType type) {
        return switch (type) {
            case Simple simple ->
                switch (simple) {
                    case TEXT, JSON, ENCRYPTED_TEXT, NULL -> Optional.of(ColumnType.SHORT_TEXT);
                    case INTEGER -> Optional.of(ColumnType.Simple.WHOLE);
                    case DECIMAL -> Optional.empty();
                    case BOOLEAN -> Optional.of(ColumnType.Simple.BOOL);
                    case DATE -> Optional.of(ColumnType.Simple.DATE);
                    case DATE_TIME -> Optional.of(ColumnType.Simple.INSTANT);
                    case TIME -> Optional.of(ColumnType.Simple.TIME);
                    case ID -> Optional.of(ColumnType.Simple.ID);
                };
            case ValueType.Reference reference -> Optional.of(ColumnType.Simple.ID);
            case ValueType.ListOf list -> throw new IllegalArgumentException("a list cannot be an answer");
        };
    }
}
