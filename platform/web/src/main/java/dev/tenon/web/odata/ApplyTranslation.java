package dev.tenon.web.odata;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.records.Aggregation;
import dev.tenon.records.Query;
import dev.tenon.web.errors.WebError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.olingo.server.api.uri.UriResource;
import org.apache.olingo.server.api.uri.UriResourceCount;
import org.apache.olingo.server.api.uri.queryoption.ApplyItem;
import org.apache.olingo.server.api.uri.queryoption.OrderByItem;
import org.apache.olingo.server.api.uri.queryoption.OrderByOption;
import org.apache.olingo.server.api.uri.queryoption.apply.Aggregate;
import org.apache.olingo.server.api.uri.queryoption.apply.AggregateExpression;
import org.apache.olingo.server.api.uri.queryoption.apply.BottomTop;
import org.apache.olingo.server.api.uri.queryoption.apply.Compute;
import org.apache.olingo.server.api.uri.queryoption.apply.ComputeExpression;
import org.apache.olingo.server.api.uri.queryoption.apply.Filter;
import org.apache.olingo.server.api.uri.queryoption.apply.GroupBy;
import org.apache.olingo.server.api.uri.queryoption.apply.GroupByItem;
import org.apache.olingo.server.api.uri.queryoption.apply.Identity;
import org.apache.olingo.server.api.uri.queryoption.apply.OrderBy;
import org.apache.olingo.server.api.uri.queryoption.apply.Search;
import org.apache.olingo.server.api.uri.queryoption.apply.Skip;
import org.apache.olingo.server.api.uri.queryoption.apply.Top;
import org.apache.olingo.server.api.uri.queryoption.expression.Literal;

/**
 * Carries out {@code $apply}, step by step: first about rows, and behind one {@code groupby} or {@code aggregate} about
 * the groups. What the other options of a list ask is about what comes out of it.
 */
final class ApplyTranslation {

    /** What was asked of rows, or of groups. */
    private static final class Stage {
        private Paths paths;
        private final List<Expr> conditions = new ArrayList<>();
        private final Map<String, Expr> named = new LinkedHashMap<>();
        private final List<String> computed = new ArrayList<>();
        private final List<Query.SortKey> sort = new ArrayList<>();
        private Optional<Integer> top = Optional.empty();
        private int skip;

        Stage(Paths paths) {
            this.paths = paths;
        }

        boolean limited() {
            return top.isPresent() || skip > 0;
        }

        Optional<Expr> filter() {
            return conditions.stream().reduce(Expr::and);
        }
    }

    private final Stage rows;
    private final List<Aggregation.Key> keys = new ArrayList<>();
    private final List<Aggregation.Measure> measures = new ArrayList<>();
    private Stage now;

    ApplyTranslation(Paths paths) {
        this.rows = new Stage(paths);
        this.now = rows;
    }

    void apply(List<ApplyItem> items) {
        items.forEach(this::item);
    }

    /** What may be named in what follows. */
    Paths paths() {
        return now.paths;
    }

    boolean grouped() {
        return now != rows;
    }

    void filter(Expr condition) {
        unlimited("a filter");
        now.conditions.add(condition);
    }

    void order(List<Query.SortKey> keys) {
        if (!keys.isEmpty()) {
            unlimited("an order");
            // The last one said is the first one sorted by.
            now.sort.addAll(0, keys);
        }
    }

    QueryTranslation.Criteria criteria() {
        Map<String, Expr> computed = new LinkedHashMap<>();
        rows.computed.forEach(name -> computed.put(name, rows.named.get(name)));
        return new QueryTranslation.Criteria(
                rows.filter(),
                List.copyOf(rows.sort),
                computed,
                rows.top,
                rows.skip,
                grouped() ? Optional.of(this::aggregation) : Optional.empty());
    }

    /** @param skip how many more groups to pass over */
    private Aggregation aggregation(int most, int skip) {
        List<Aggregation.Key> further = now.computed.stream()
                .map(name -> new Aggregation.Key(name, java.util.Objects.requireNonNull(now.named.get(name))))
                .toList();
        return new Aggregation(
                rows.paths.object(),
                rows.filter(),
                keys,
                measures,
                new Aggregation.Outcome(now.filter(), further, List.copyOf(now.sort), now.skip + skip),
                Math.clamp((long) now.top.orElse(Integer.MAX_VALUE) - skip, 0, most));
    }

    private void unlimited(String what) {
        if (now.limited()) {
            throw QueryTranslation.unsupported(what + " behind top, skip, topcount or bottomcount");
        }
    }

    private void item(ApplyItem item) {
        switch (item) {
            case Identity _ -> {}
            case Filter filter ->
                filter(Conditions.condition(filter.getFilterOption().getExpression(), now.paths));
            case Search search
            when !grouped() ->
                filter(dev.tenon.web.odata.Search.translate(
                        search.getSearchOption().getSearchExpression(), now.paths));
            case Compute compute -> compute.getExpressions().forEach(this::compute);
            case OrderBy order -> order(sort(order.getOrderByOption(), now.paths));
            case Skip skip -> {
                unlimited("skip");
                now.skip = skip.getSkipOption().getValue();
            }
            case Top top ->
                now.top = Optional.of(Math.min(top.getTopOption().getValue(), now.top.orElse(Integer.MAX_VALUE)));
            case BottomTop most -> most(most);
            case GroupBy groupBy
            when !grouped() -> {
                unlimited("groupby");
                groupBy(groupBy);
                regroup();
            }
            case Aggregate aggregate
            when !grouped() -> {
                unlimited("aggregate");
                aggregate(aggregate);
                regroup();
            }
            default ->
                throw QueryTranslation.unsupported(
                        "$apply=" + item.getKind().name().toLowerCase(Locale.ROOT) + " at this place");
        }
    }

    private void compute(ComputeExpression expression) {
        String name = expression.getAlias();
        Expr value = Conditions.translate(expression.getExpression(), now.paths);
        if (now.named.containsKey(name)) {
            throw WebError.ODATA_SYNTAX
                    .error()
                    .with("reason", "'" + name + "' is there twice")
                    .build();
        }
        now.computed.add(name);
        name(Map.of(name, value));
    }

    private void name(Map<String, Expr> values) {
        now.named.putAll(values);
        now.paths = grouped() ? now.paths.only(now.named) : now.paths.with(now.named);
    }

    /** Those with the greatest or least values; a row without a value is in no top. */
    private void most(BottomTop most) {
        boolean top = most.getMethod() == BottomTop.Method.TOP_COUNT;
        if (!top && most.getMethod() != BottomTop.Method.BOTTOM_COUNT) {
            throw QueryTranslation.unsupported(
                    most.getMethod().name().toLowerCase(Locale.ROOT).replace("_", ""));
        }
        if (!(most.getNumber() instanceof Literal literal
                && Literals.value(literal) instanceof Long number
                && number > 0
                && number <= Integer.MAX_VALUE)) {
            throw WebError.ODATA_OPTION_VALUE
                    .error()
                    .with("option", "$apply")
                    .with("value", most.getNumber())
                    .with("expected", "1, 2, 3, …")
                    .build();
        }
        Expr value = Conditions.translate(most.getValue(), now.paths);
        filter(now.paths.builder().not(now.paths.builder().isNull(value)));
        order(List.of(new Query.SortKey(value, top)));
        now.top = Optional.of(number.intValue());
    }

    static List<Query.SortKey> sort(OrderByOption option, Paths paths) {
        List<Query.SortKey> keys = new ArrayList<>();
        for (OrderByItem item : option.getOrders()) {
            keys.add(new Query.SortKey(
                    paths.comparable(Conditions.translate(item.getExpression(), paths)), item.isDescending()));
        }
        return keys;
    }

    /** From here on groups are spoken of. */
    private void regroup() {
        Map<String, Expr> values = new LinkedHashMap<>();
        keys.forEach(key ->
                values.put(key.name(), Aggregation.value(key.name(), key.value().type())));
        measures.forEach(measure -> values.put(measure.name(), Aggregation.value(measure.name(), type(measure))));
        now = new Stage(rows.paths);
        name(values);
    }

    private static ValueType type(Aggregation.Measure measure) {
        return switch (measure.function()) {
            case COUNT, COUNT_DISTINCT -> ValueType.Simple.INTEGER;
            case AVERAGE -> ValueType.Simple.DECIMAL;
            case SUM, MIN, MAX -> measure.value().orElseThrow().type();
        };
    }

    private void groupBy(GroupBy groupBy) {
        for (GroupByItem item : groupBy.getGroupByItems()) {
            if (item.isRollupAll() || !item.getRollup().isEmpty()) {
                throw QueryTranslation.unsupported("rollup");
            }
            List<UriResource> path = item.getPath();
            keys.add(new Aggregation.Key(name(path), rows.paths.comparable(rows.paths.resolve(path))));
        }
        List<ApplyItem> inner = groupBy.getApplyOption() == null
                ? List.of()
                : groupBy.getApplyOption().getApplyItems();
        for (ApplyItem step : inner) {
            boolean last = step == inner.getLast();
            switch (step) {
                // Before the last step it is the same to ask it of all rows.
                case Filter filter when !last -> item(filter);
                case Compute compute when !last -> item(compute);
                case Aggregate aggregate when last -> aggregate(aggregate);
                default -> throw QueryTranslation.unsupported("this inside groupby");
            }
        }
    }

    private void aggregate(Aggregate aggregate) {
        for (AggregateExpression expression : aggregate.getExpressions()) {
            if (expression.getCustomMethod() != null
                    || expression.getInlineAggregateExpression() != null
                    || !expression.getFrom().isEmpty()) {
                throw QueryTranslation.unsupported("this form of aggregate");
            }
            String alias = expression.getAlias();
            if (alias == null) {
                throw QueryTranslation.unsupported("aggregate without \"as <name>\"");
            }
            measures.add(measure(alias, expression));
        }
    }

    private Aggregation.Measure measure(String alias, AggregateExpression expression) {
        List<UriResource> path = expression.getPath();
        if (!path.isEmpty() && path.getLast() instanceof UriResourceCount) {
            if (path.size() > 1) {
                throw QueryTranslation.unsupported("$count of a collection");
            }
            return new Aggregation.Measure(alias, Aggregation.Function.COUNT, Optional.empty());
        }
        Expr value = expression.getExpression() != null
                ? Conditions.translate(expression.getExpression(), rows.paths)
                : rows.paths.resolve(path);
        if (expression.getStandardMethod() == null) {
            throw QueryTranslation.unsupported("aggregate without \"with <method>\"");
        }
        Aggregation.Function function = switch (expression.getStandardMethod()) {
            case SUM -> Aggregation.Function.SUM;
            case MIN -> Aggregation.Function.MIN;
            case MAX -> Aggregation.Function.MAX;
            case AVERAGE -> Aggregation.Function.AVERAGE;
            case COUNT_DISTINCT -> Aggregation.Function.COUNT_DISTINCT;
        };
        return new Aggregation.Measure(alias, function, Optional.of(fitting(function, rows.paths.comparable(value))));
    }

    private static boolean ordered(Aggregation.Function function) {
        return function == Aggregation.Function.MIN || function == Aggregation.Function.MAX;
    }

    private static Expr fitting(Aggregation.Function function, Expr value) {
        boolean number = value.type() == ValueType.Simple.INTEGER || value.type() == ValueType.Simple.DECIMAL;
        boolean fits = switch (function) {
            case SUM, AVERAGE -> number;
            // Truth values and ids have no order that means anything.
            case MIN, MAX ->
                value.type() instanceof ValueType.Simple
                        && value.type() != ValueType.Simple.BOOLEAN
                        && value.type() != ValueType.Simple.ID;
            case COUNT, COUNT_DISTINCT -> true;
        };
        if (!fits) {
            throw WebError.ODATA_TYPE_MISMATCH
                    .error()
                    .with("value", value.type().describe())
                    .with("target", function.name().toLowerCase(Locale.ROOT))
                    .with(
                            "expected",
                            ordered(function) ? "integer, decimal, text, date, date-time, time" : "integer, decimal")
                    .build();
        }
        return value;
    }

    /** The path as the answer nests it. */
    private static String name(List<UriResource> path) {
        return String.join("/", path.stream().map(UriResource::getSegmentValue).toList());
    }
}
