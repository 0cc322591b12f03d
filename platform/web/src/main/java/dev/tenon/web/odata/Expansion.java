package dev.tenon.web.odata;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Query;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.olingo.server.api.uri.UriResource;
import org.apache.olingo.server.api.uri.UriResourceComplexProperty;
import org.apache.olingo.server.api.uri.UriResourceNavigation;
import org.apache.olingo.server.api.uri.UriResourcePrimitiveProperty;
import org.apache.olingo.server.api.uri.queryoption.ExpandItem;
import org.apache.olingo.server.api.uri.queryoption.ExpandOption;
import org.apache.olingo.server.api.uri.queryoption.LevelsExpandOption;
import org.apache.olingo.server.api.uri.queryoption.SelectItem;
import org.apache.olingo.server.api.uri.queryoption.SelectOption;
import org.apache.olingo.server.api.uri.queryoption.SystemQueryOption;
import org.jspecify.annotations.Nullable;

/** Reads {@code $select} and {@code $expand}: what is shown of a record, and of those around it. For one request. */
final class Expansion {

    /** A way that is followed again at its end. */
    private record Again(ExpandItem item, String written, String name, int levels) {}

    private final VisibleModel visible;
    private final Function<String, Paths> paths;
    private int ways;

    Expansion(VisibleModel visible, Function<String, Paths> paths) {
        this.visible = visible;
        this.paths = paths;
    }

    /** @param computed values that the request has given names to */
    Shape shape(
            String object, @Nullable SelectOption select, @Nullable ExpandOption expand, Map<String, Expr> computed) {
        return shape(object, select, expand, expand == null ? "" : expand.getText(), computed, 1, Optional.empty());
    }

    private Shape shape(
            String object,
            @Nullable SelectOption select,
            @Nullable ExpandOption expand,
            String written,
            Map<String, Expr> computed,
            int depth,
            Optional<Again> again) {
        VisibleObject shown = visible.require(object);
        Ways all = new Ways(shown, depth);
        if (expand != null) {
            expand.getExpandItems().forEach(item -> all.expand(item, written));
        }
        again.ifPresent(all::follow);
        List<String> named = selected(select, shown);
        List<String> properties = new ArrayList<>(named.isEmpty() ? Shape.allProperties(shown) : named);
        Map<String, Expr> values = new LinkedHashMap<>(all.counts);
        computed.forEach((name, value) -> {
            if (shown.fieldOf(name).isPresent() || shown.fields().containsKey(name)) {
                throw WebError.ODATA_SYNTAX
                        .error()
                        .with("reason", "'" + name + "' is a property of " + object)
                        .build();
            }
            if (named.isEmpty()) {
                properties.add(name);
            }
            if (properties.contains(name)) {
                values.put(name, value);
            }
        });
        return new Shape(shown, properties, !named.isEmpty(), all.parents, all.children, values);
    }

    private static List<String> selected(@Nullable SelectOption select, VisibleObject shown) {
        if (select == null || select.getSelectItems().stream().anyMatch(SelectItem::isStar)) {
            return List.of();
        }
        Set<String> names = new LinkedHashSet<>();
        // Whoever changes a row needs them, and they cost nothing.
        names.add(SystemField.ID);
        names.add(SystemField.VERSION);
        for (SelectItem item : select.getSelectItems()) {
            UriResource part = item.getResourcePath() == null
                    ? null
                    : item.getResourcePath().getUriResourceParts().getLast();
            switch (part) {
                case UriResourcePrimitiveProperty property ->
                    names.add(property.getProperty().getName());
                case UriResourceComplexProperty whole ->
                    names.add(whole.getProperty().getName());
                // A way is answered when it is expanded; selecting it alone means its key.
                case UriResourceNavigation way -> {
                    if (!way.isCollection()) {
                        names.add(way.getProperty().getName() + VisibleObject.ID_SUFFIX);
                    }
                }
                case null -> throw QueryTranslation.unsupported("$select=" + shown.name() + ".*");
                default -> throw QueryTranslation.unsupported(part.getSegmentValue());
            }
        }
        return List.copyOf(names);
    }

    /** The ways from one record. */
    private final class Ways {

        private final VisibleObject shown;
        private final int depth;
        private final Map<String, Shape> parents = new LinkedHashMap<>();
        private final Map<String, Shape.Children> children = new LinkedHashMap<>();
        private final Map<String, Expr> counts = new LinkedHashMap<>();

        Ways(VisibleObject shown, int depth) {
            this.shown = shown;
            this.depth = depth;
        }

        /** @param written all of what is expanded here */
        void expand(ExpandItem item, String written) {
            if (item.isRef()) {
                throw QueryTranslation.unsupported("$expand with $ref");
            }
            if (item.isStar()) {
                refuse(item.getFilterOption(), item.getSelectOption(), item.getExpandOption());
                shown.fields().values().stream()
                        .filter(field -> VisibleObject.target(field)
                                .filter(visible.objects()::containsKey)
                                .isPresent())
                        .forEach(field -> way(item, "", field.name(), 1));
                shown.children().keySet().forEach(name -> way(item, "", name, 1));
                return;
            }
            List<UriResource> path = item.getResourcePath().getUriResourceParts();
            int steps = item.hasCountPath() ? path.size() - 1 : path.size();
            if (steps != 1 || !(path.getFirst() instanceof UriResourceNavigation way)) {
                throw QueryTranslation.unsupported("$expand over several steps; nest $expand instead");
            }
            String name = way.getProperty().getName();
            if (item.hasCountPath()) {
                count(name, item);
                return;
            }
            way(item, options(written, name), name, levels(item, name));
        }

        void follow(Again again) {
            if (again.levels() > 0) {
                way(again.item(), again.written(), again.name(), again.levels());
            }
        }

        private int levels(ExpandItem item, String name) {
            LevelsExpandOption levels = item.getLevelsOption();
            if (levels == null) {
                return 1;
            }
            if (!target(name).equals(shown.name())) {
                throw QueryTranslation.unsupported("$levels of a way to another object");
            }
            return levels.isMax() ? Limits.EXPAND_DEPTH - depth + 1 : levels.getValue();
        }

        private String target(String name) {
            VisibleObject.Collection collection = shown.children().get(name);
            return collection != null ? collection.object() : shown.requireTarget(name);
        }

        /** @param written the options of the way */
        private void way(ExpandItem item, String written, String name, int levels) {
            if (levels == 0) {
                return;
            }
            if (depth + levels - 1 > Limits.EXPAND_DEPTH) {
                throw WebError.ODATA_EXPAND_TOO_DEEP
                        .error()
                        .with("maximum", Limits.EXPAND_DEPTH)
                        .build();
            }
            if (++ways > Limits.EXPAND_WAYS) {
                throw WebError.ODATA_EXPAND_TOO_WIDE
                        .error()
                        .with("maximum", Limits.EXPAND_WAYS)
                        .build();
            }
            refuse(item.getSkipOption(), item.getApplyOption());
            Shape below = shape(
                    target(name),
                    item.getSelectOption(),
                    item.getExpandOption(),
                    option(written, "$expand"),
                    Map.of(),
                    depth + 1,
                    Optional.of(new Again(item, written, name, levels - 1)));
            VisibleObject.Collection collection = shown.children().get(name);
            if (collection == null) {
                refuse(
                        item.getFilterOption(),
                        item.getOrderByOption(),
                        item.getTopOption(),
                        item.getSearchOption(),
                        item.getCountOption());
                parents.put(name, below);
                return;
            }
            if (item.getCountOption() != null && item.getCountOption().getValue()) {
                count(name, item);
            }
            Optional<Integer> top = Optional.ofNullable(item.getTopOption()).map(option -> option.getValue());
            boolean all = top.filter(number -> number < Limits.MOST_ROWS).isPresent();
            // One more than is shown tells that there are further ones.
            int rows = all ? top.get() : top.isPresent() ? Limits.MOST_ROWS - 1 : Limits.CHILDREN;
            Paths inner = paths.apply(collection.object());
            List<Expr> conditions = conditions(item, inner);
            Query.Children query = new Query.Children(
                    collection.links().map(VisibleObject.Links::junction).orElse(collection.object()),
                    collection.via(),
                    below.selection(),
                    conditions.stream().reduce(Expr::and),
                    item.getOrderByOption() == null ? List.of() : ApplyTranslation.sort(item.getOrderByOption(), inner),
                    all ? Math.max(1, rows) : rows + 1,
                    collection.links().map(VisibleObject.Links::through));
            Further further = new Further(
                    shown.name(),
                    collection,
                    Further.options(name, written, levels - 1),
                    rows,
                    top.map(number -> number - rows),
                    item.getOrderByOption() != null,
                    conditions,
                    inner);
            children.put(name, new Shape.Children(below, query, rows, all ? Optional.empty() : Optional.of(further)));
        }

        private void count(String name, ExpandItem item) {
            VisibleObject.Collection collection = shown.children().get(name);
            if (collection == null) {
                throw QueryTranslation.unsupported("$count of " + name);
            }
            Paths inner = paths.apply(collection.object());
            Expr owner = new Expr.FieldRef(1, shown.name(), List.of(), SystemField.ID, ValueType.Simple.ID);
            Paths.Members members = inner.members(
                    collection,
                    owner,
                    conditions(item, inner).stream().reduce(Expr::and).orElse(Expr.TRUE));
            counts.put(Shape.count(name), new Expr.Count(members.object(), members.condition()));
        }

        private static List<Expr> conditions(ExpandItem item, Paths inner) {
            List<Expr> conditions = new ArrayList<>();
            if (item.getFilterOption() != null) {
                conditions.add(Conditions.condition(item.getFilterOption().getExpression(), inner));
            }
            if (item.getSearchOption() != null) {
                conditions.add(Search.translate(item.getSearchOption().getSearchExpression(), inner));
            }
            return conditions;
        }
    }

    /** What is written between the brackets of a way. */
    private static String options(String expand, String way) {
        return Spelling.split(expand, ',').stream()
                .map(String::strip)
                .filter(item -> item.startsWith(way + "(") && item.endsWith(")"))
                .map(item -> item.substring(way.length() + 1, item.length() - 1))
                .findFirst()
                .orElse("");
    }

    private static String option(String options, String name) {
        return Spelling.split(options, ';').stream()
                .filter(option -> option.startsWith(name + "="))
                .map(option -> option.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    private static void refuse(@Nullable SystemQueryOption... options) {
        for (SystemQueryOption option : options) {
            if (option != null) {
                throw QueryTranslation.unsupported(option.getName() + " inside this $expand");
            }
        }
    }
}
