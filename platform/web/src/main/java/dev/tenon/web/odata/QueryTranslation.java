package dev.tenon.web.odata;

import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.ListView;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.sdk.error.PlatformException;
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
import java.util.stream.Collectors;
import org.apache.olingo.server.api.uri.UriInfoResource;
import org.apache.olingo.server.api.uri.UriResource;
import org.apache.olingo.server.api.uri.UriResourceNavigation;
import org.apache.olingo.server.api.uri.UriResourcePrimitiveProperty;
import org.apache.olingo.server.api.uri.queryoption.ExpandItem;
import org.apache.olingo.server.api.uri.queryoption.ExpandOption;
import org.apache.olingo.server.api.uri.queryoption.FilterOption;
import org.apache.olingo.server.api.uri.queryoption.OrderByItem;
import org.apache.olingo.server.api.uri.queryoption.OrderByOption;
import org.apache.olingo.server.api.uri.queryoption.SelectItem;
import org.apache.olingo.server.api.uri.queryoption.SelectOption;
import org.apache.olingo.server.api.uri.queryoption.SystemQueryOption;
import org.jspecify.annotations.Nullable;

/** Turns the options of an address into a query for the records room. */
final class QueryTranslation {

    private final RecordSession session;
    private final VisibleModel visible;

    QueryTranslation(RecordSession session, VisibleModel visible) {
        this.session = session;
        this.visible = visible;
    }

    /** Conditions and order of a list. */
    record Criteria(Optional<Expr> filter, List<Query.SortKey> sort) {}

    Criteria criteria(String object, UriInfoResource options, @Nullable String view) {
        Paths paths = paths(object);
        List<Expr> conditions = new ArrayList<>();
        List<Query.SortKey> sort = new ArrayList<>(sort(options.getOrderByOption(), paths));
        if (view != null) {
            ListView named = view(object, view);
            named.filter().ifPresent(text -> conditions.add(session.expression(object, text)));
            if (sort.isEmpty()) {
                sort.addAll(sort(named, paths));
            }
        }
        FilterOption filter = options.getFilterOption();
        if (filter != null) {
            conditions.add(Conditions.condition(filter.getExpression(), paths));
        }
        if (options.getSearchOption() != null) {
            conditions.add(
                    Search.translate(options.getSearchOption().getSearchExpression(), visible.require(object), paths));
        }
        return new Criteria(conditions.stream().reduce(Expr::and), List.copyOf(sort));
    }

    Paths paths(String object) {
        return new Paths(visible, object, session::scope);
    }

    ListView view(String object, String name) {
        List<ListView> views = visible.require(object).type().views();
        return views.stream()
                .filter(v -> v.name().equals(name))
                .findFirst()
                .orElseThrow(() -> WebError.UNKNOWN_VIEW
                        .error()
                        .with("object", object)
                        .with("view", name)
                        .with("known", views.stream().map(ListView::name).collect(Collectors.joining(", ")))
                        .build());
    }

    /** A view's order; keys this caller may not read are passed over, as the view's columns are. */
    private static List<Query.SortKey> sort(ListView view, Paths paths) {
        List<Query.SortKey> keys = new ArrayList<>();
        for (String key : view.sort()) {
            boolean descending = key.startsWith("-");
            try {
                keys.add(new Query.SortKey(paths.builder().field(descending ? key.substring(1) : key), descending));
            } catch (PlatformException notReadable) {
                // Not for this caller.
            }
        }
        return keys;
    }

    private static List<Query.SortKey> sort(@Nullable OrderByOption option, Paths paths) {
        List<Query.SortKey> keys = new ArrayList<>();
        if (option != null) {
            for (OrderByItem item : option.getOrders()) {
                keys.add(new Query.SortKey(
                        Paths.comparable(Conditions.translate(item.getExpression(), paths)), item.isDescending()));
            }
        }
        return keys;
    }

    Shape shape(String object, @Nullable SelectOption select, @Nullable ExpandOption expand) {
        return shape(object, select, expand, 1);
    }

    private Shape shape(String object, @Nullable SelectOption select, @Nullable ExpandOption expand, int depth) {
        VisibleObject shown = visible.require(object);
        Map<String, Shape> parents = new LinkedHashMap<>();
        Map<String, Shape.Children> children = new LinkedHashMap<>();
        if (expand != null && !expand.getExpandItems().isEmpty()) {
            if (depth > Limits.EXPAND_DEPTH) {
                throw WebError.ODATA_EXPAND_TOO_DEEP
                        .error()
                        .with("maximum", Limits.EXPAND_DEPTH)
                        .build();
            }
            for (ExpandItem item : expand.getExpandItems()) {
                expand(shown, item, depth, parents, children);
            }
        }
        List<String> properties = selected(select, shown);
        return properties.isEmpty()
                ? new Shape(shown, Shape.allProperties(shown), false, parents, children)
                : new Shape(shown, properties, true, parents, children);
    }

    /** The selected ones of some properties, in their order. */
    static List<String> properties(@Nullable SelectOption select, List<String> all) {
        if (select == null || select.getSelectItems().stream().anyMatch(SelectItem::isStar)) {
            return all;
        }
        List<String> named = select.getSelectItems().stream()
                .map(item -> item.getResourcePath() == null
                        ? "*"
                        : item.getResourcePath().getUriResourceParts().getLast().getSegmentValue())
                .toList();
        return all.stream().filter(named::contains).toList();
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
                // A way is answered when it is expanded; selecting it alone means its key.
                case UriResourceNavigation way -> {
                    if (!way.isCollection()) {
                        names.add(way.getProperty().getName() + VisibleObject.ID_SUFFIX);
                    }
                }
                case null -> throw unsupported("$select=" + shown.name() + ".*");
                default -> throw unsupported(part.getSegmentValue());
            }
        }
        return List.copyOf(names);
    }

    private void expand(
            VisibleObject shown,
            ExpandItem item,
            int depth,
            Map<String, Shape> parents,
            Map<String, Shape.Children> children) {
        if (item.isStar() || item.isRef() || item.hasCountPath() || item.getLevelsOption() != null) {
            throw unsupported("$expand with *, $ref, $count or $levels");
        }
        List<UriResource> path = item.getResourcePath().getUriResourceParts();
        if (path.size() != 1 || !(path.getFirst() instanceof UriResourceNavigation way)) {
            throw unsupported("$expand over several steps; nest $expand instead");
        }
        refuse(item.getSkipOption(), item.getCountOption(), item.getSearchOption(), item.getApplyOption());
        String name = way.getProperty().getName();
        VisibleObject.Collection collection = shown.children().get(name);
        if (collection == null) {
            refuse(item.getFilterOption(), item.getOrderByOption(), item.getTopOption());
            String target = shown.fields().containsKey(name)
                    ? VisibleObject.target(shown.fields().get(name)).orElseThrow()
                    : name;
            parents.put(name, shape(target, item.getSelectOption(), item.getExpandOption(), depth + 1));
            return;
        }
        Shape below = shape(collection.object(), item.getSelectOption(), item.getExpandOption(), depth + 1);
        Paths paths = paths(collection.object());
        Optional<Expr> filter =
                Optional.ofNullable(item.getFilterOption()).map(f -> Conditions.condition(f.getExpression(), paths));
        int limit = item.getTopOption() == null
                ? Limits.CHILDREN
                : Math.min(item.getTopOption().getValue(), Limits.MOST_ROWS);
        Query.Children query = new Query.Children(
                collection.object(),
                collection.via(),
                below.selection(),
                filter,
                sort(item.getOrderByOption(), paths),
                Math.max(1, limit));
        children.put(name, new Shape.Children(below, query));
    }

    private static void refuse(@Nullable SystemQueryOption... options) {
        for (SystemQueryOption option : options) {
            if (option != null) {
                throw unsupported(option.getName() + " inside this $expand");
            }
        }
    }

    static PlatformException unsupported(String what) {
        return WebError.ODATA_NOT_SUPPORTED.error().with("what", what).build();
    }
}
