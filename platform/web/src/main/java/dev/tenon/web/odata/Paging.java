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
 * @param preferred the size of a page that the caller has asked for and gets
 */
record Paging(int rows, int skip, Optional<Integer> remaining, Optional<Integer> preferred) {

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
        Matcher size = PREFERRED.matcher(prefer == null ? "" : prefer);
        Optional<Integer> preferred = size.find()
                ? Optional.of(Math.clamp(Long.parseLong(size.group(1)), 1, Limits.MOST_ROWS))
                : Optional.empty();
        int page = preferred.orElse(top.isPresent() ? Limits.MOST_ROWS : Limits.PAGE);
        return new Paging(top.map(t -> Math.min(t, page)).orElse(page), skip, top, preferred);
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
                all.map(top -> Math.min(top, rows)).orElse(rows),
                further ? skip : skip + criteria.skip(),
                all,
                preferred);
    }

    /** Address of the next page, when there is one and the caller wants it. */
    Optional<String> next(Page page, ODataRequest request, PageTokens tokens) {
        boolean wanted = remaining.map(t -> t > rows).orElse(true);
        if (!page.more() || !wanted) {
            return Optional.empty();
        }
        return Optional.of(address(request, rows)
                .append("$skiptoken=")
                .append(tokens.token(page.last().orElseThrow()))
                .toString());
    }

    /** The same list from further behind; for what has a number and no place. */
    String behind(int shown, ODataRequest request) {
        return address(request, shown).append("$skip=").append(skip + shown).toString();
    }

    private StringBuilder address(ODataRequest request, int shown) {
        StringBuilder query = new StringBuilder(request.root())
                .append(request.path().substring(1))
                .append('?');
        String given = request.query();
        if (given != null) {
            for (String pair : given.split("&", -1)) {
                String name = Spelling.option(ODataRequest.decode(pair.split("=", 2)[0]));
                if (!REPLACED.contains(name) && !pair.isEmpty()) {
                    query.append(pair).append('&');
                }
            }
        }
        remaining.ifPresent(t -> query.append("$top=").append(t - shown).append('&'));
        return query;
    }
}
