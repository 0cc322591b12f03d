package dev.tenon.web.odata;

import dev.tenon.expression.Expr;
import dev.tenon.records.Aggregation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.olingo.server.api.uri.UriResource;
import org.apache.olingo.server.api.uri.UriResourceCount;
import org.apache.olingo.server.api.uri.queryoption.ApplyItem;
import org.apache.olingo.server.api.uri.queryoption.ApplyOption;
import org.apache.olingo.server.api.uri.queryoption.apply.Aggregate;
import org.apache.olingo.server.api.uri.queryoption.apply.AggregateExpression;
import org.apache.olingo.server.api.uri.queryoption.apply.Filter;
import org.apache.olingo.server.api.uri.queryoption.apply.GroupBy;
import org.apache.olingo.server.api.uri.queryoption.apply.GroupByItem;

/** Turns {@code $apply} into an aggregation: filters first, then one {@code groupby} or {@code aggregate}. */
final class ApplyTranslation {

    private final Paths paths;
    private final List<Expr> conditions = new ArrayList<>();
    private final List<Aggregation.Key> keys = new ArrayList<>();
    private final List<Aggregation.Measure> measures = new ArrayList<>();

    private ApplyTranslation(Paths paths) {
        this.paths = paths;
    }

    /** @param further conditions of the list itself: its view, {@code $search} */
    static Aggregation translate(ApplyOption option, Optional<Expr> further, Paths paths, int limit) {
        ApplyTranslation translation = new ApplyTranslation(paths);
        further.ifPresent(translation.conditions::add);
        List<ApplyItem> items = option.getApplyItems();
        for (int i = 0; i < items.size(); i++) {
            translation.item(items.get(i), i == items.size() - 1);
        }
        if (translation.keys.isEmpty() && translation.measures.isEmpty()) {
            throw QueryTranslation.unsupported("$apply without groupby and aggregate");
        }
        return new Aggregation(
                paths.object(),
                translation.conditions.stream().reduce(Expr::and),
                translation.keys,
                translation.measures,
                limit);
    }

    private void item(ApplyItem item, boolean last) {
        switch (item) {
            case Filter filter ->
                conditions.add(Conditions.condition(filter.getFilterOption().getExpression(), paths));
            case GroupBy groupBy when last -> groupBy(groupBy);
            case Aggregate aggregate when last -> aggregate(aggregate);
            default ->
                throw QueryTranslation.unsupported(
                        "$apply=" + item.getKind().name().toLowerCase(java.util.Locale.ROOT) + " at this place");
        }
    }

    private void groupBy(GroupBy groupBy) {
        for (GroupByItem item : groupBy.getGroupByItems()) {
            if (item.isRollupAll() || !item.getRollup().isEmpty()) {
                throw QueryTranslation.unsupported("rollup");
            }
            List<UriResource> path = item.getPath();
            keys.add(new Aggregation.Key(name(path), Paths.comparable(paths.resolve(path))));
        }
        ApplyOption inner = groupBy.getApplyOption();
        if (inner != null) {
            if (inner.getApplyItems().size() != 1
                    || !(inner.getApplyItems().getFirst() instanceof Aggregate aggregate)) {
                throw QueryTranslation.unsupported("anything but aggregate inside groupby");
            }
            aggregate(aggregate);
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
                ? Conditions.translate(expression.getExpression(), paths)
                : paths.resolve(path);
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
        return new Aggregation.Measure(alias, function, Optional.of(Paths.comparable(value)));
    }

    /** The path as the answer nests it. */
    private static String name(List<UriResource> path) {
        return String.join("/", path.stream().map(UriResource::getSegmentValue).toList());
    }
}
