package dev.tenon.web.odata;

import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.ListView;
import dev.tenon.records.Aggregation;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.olingo.server.api.uri.UriInfoResource;
import org.apache.olingo.server.api.uri.queryoption.ExpandOption;
import org.apache.olingo.server.api.uri.queryoption.FilterOption;
import org.apache.olingo.server.api.uri.queryoption.SelectItem;
import org.apache.olingo.server.api.uri.queryoption.SelectOption;
import org.jspecify.annotations.Nullable;

/** Turns the options of an address into a query for the records room. */
final class QueryTranslation {

    private final RecordSession session;
    private final VisibleModel visible;

    QueryTranslation(RecordSession session, VisibleModel visible) {
        this.session = session;
        this.visible = visible;
    }

    /**
     * Conditions and order of a list, and what it makes of its rows.
     *
     * @param computed values that have names of their own
     * @param top most rows that there are, whatever the caller asks besides
     * @param groups what is answered instead of the rows
     */
    record Criteria(
            Optional<Expr> filter,
            List<Query.SortKey> sort,
            Map<String, Expr> computed,
            Optional<Integer> top,
            int skip,
            Optional<Groups> groups) {
        Criteria(Optional<Expr> filter, List<Query.SortKey> sort) {
            this(filter, sort, Map.of(), Optional.empty(), 0, Optional.empty());
        }
    }

    /** Groups of a list. */
    @FunctionalInterface
    interface Groups {
        Aggregation ask(int most, int skip);
    }

    Criteria criteria(String object, UriInfoResource options, @Nullable String view) {
        return criteria(object, options, view, Optional.empty());
    }

    /** @param among a condition that the address itself is */
    Criteria criteria(String object, UriInfoResource options, @Nullable String view, Optional<Expr> among) {
        ApplyTranslation applied = new ApplyTranslation(paths(object));
        among.ifPresent(applied::filter);
        Optional<ListView> named = Optional.ofNullable(view).map(name -> view(object, name));
        named.flatMap(ListView::filter).ifPresent(text -> applied.filter(session.expression(object, text)));
        if (options.getApplyOption() != null) {
            applied.apply(options.getApplyOption().getApplyItems());
        }
        FilterOption filter = options.getFilterOption();
        if (filter != null) {
            applied.filter(Conditions.condition(filter.getExpression(), applied.paths()));
        }
        if (options.getSearchOption() != null) {
            if (applied.grouped()) {
                throw unsupported("$search in groups");
            }
            applied.filter(Search.translate(options.getSearchOption().getSearchExpression(), applied.paths()));
        }
        if (options.getOrderByOption() != null) {
            applied.order(ApplyTranslation.sort(options.getOrderByOption(), applied.paths()));
        } else if (named.isPresent()
                && !applied.grouped()
                && applied.criteria().sort().isEmpty()) {
            applied.order(sort(named.get(), applied.paths()));
        }
        return applied.criteria();
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

    Shape shape(String object, @Nullable SelectOption select, @Nullable ExpandOption expand) {
        return shape(object, select, expand, Map.of());
    }

    /** @param computed values of the rows that have names of their own */
    Shape shape(
            String object, @Nullable SelectOption select, @Nullable ExpandOption expand, Map<String, Expr> computed) {
        return new Expansion(visible, this::paths).shape(object, select, expand, computed);
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

    static PlatformException unsupported(String what) {
        return WebError.ODATA_NOT_SUPPORTED.error().with("what", what).build();
    }
}
