package dev.tenon.web.odata;

import dev.tenon.records.Page;
import dev.tenon.web.errors.WebError;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.olingo.server.api.uri.UriInfoResource;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a list one answer holds. The server decides the size of a page and links to the next one.
 *
 * @param rows of this answer
 * @param remaining how many the caller wants altogether from here on; empty for all
 */
record Paging(int rows, int skip, Optional<Integer> remaining) {

    private static final Pattern PREFERRED = Pattern.compile("(?:odata\\.)?maxpagesize=(\\d{1,9})");

    /** Options that say where a page begins and how much is still wanted. */
    private static final Set<String> REPLACED = Set.of("$skip", "$top", "$skiptoken");

    static Paging of(UriInfoResource options, @Nullable String prefer) {
        int skip = options.getSkipOption() == null ? 0 : options.getSkipOption().getValue();
        Optional<Integer> top = Optional.ofNullable(options.getTopOption()).map(t -> t.getValue());
        if (skip < 0 || top.filter(t -> t < 0).isPresent()) {
            throw WebError.ODATA_OPTION_VALUE
                    .error()
                    .with("option", skip < 0 ? "$skip" : "$top")
                    .with("value", skip < 0 ? skip : top.orElseThrow())
                    .with("expected", "0, 1, 2, …")
                    .build();
        }
        Matcher preferred = PREFERRED.matcher(prefer == null ? "" : prefer);
        int page = preferred.find()
                ? Math.clamp(Long.parseLong(preferred.group(1)), 1, Limits.MOST_ROWS)
                : top.isPresent() ? Limits.MOST_ROWS : Limits.PAGE;
        return new Paging(top.map(t -> Math.min(t, page)).orElse(page), skip, top);
    }

    /**
     * No more than what {@code $apply} leaves.
     *
     * @param further whether this is not the first page: then what is to be passed over is passed already
     */
    Paging within(QueryTranslation.Criteria criteria, boolean further) {
        Optional<Integer> most = criteria.top();
        if (most.isEmpty() && criteria.skip() == 0) {
            return this;
        }
        Optional<Integer> all = most.map(top -> Math.min(Math.max(0, top - skip), remaining.orElse(top)))
                .or(() -> remaining);
        return new Paging(
                all.map(top -> Math.min(top, rows)).orElse(rows), further ? skip : skip + criteria.skip(), all);
    }

    /** Address of the next page, when there is one and the caller wants it. */
    Optional<String> next(Page page, ODataRequest request, PageTokens tokens) {
        boolean wanted = remaining.map(t -> t > rows).orElse(true);
        if (!page.more() || !wanted) {
            return Optional.empty();
        }
        StringBuilder query = new StringBuilder();
        String given = request.query();
        if (given != null) {
            for (String pair : given.split("&", -1)) {
                String name = ODataRequest.decode(pair.split("=", 2)[0]);
                if (!REPLACED.contains(name) && !pair.isEmpty()) {
                    query.append(pair).append('&');
                }
            }
        }
        remaining.ifPresent(t -> query.append("$top=").append(t - rows).append('&'));
        query.append("$skiptoken=").append(tokens.token(page.last().orElseThrow()));
        return Optional.of(request.root() + request.path().substring(1) + "?" + query);
    }
}
