package dev.tenon.web.odata;

import dev.tenon.access.Identity;
import dev.tenon.automation.port.ExportQuery;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Page;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.records.RecordsError;
import dev.tenon.sdk.ActingUser;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.olingo.server.api.uri.UriInfoResource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists for exports: the same query as the list's own, with the same rights, in the same order. */
@Component
class ExportReader implements ExportQuery {

    /** Rows of a page with links, and where those have too many for one answer. */
    private static final int LINKING_ROWS = 200;

    private static final int FULL_ROWS = 10;

    /** Each page is searched in the whole list, so there are few; a row is a few kilobytes at most times. */
    private static final int ROWS = 5_000;

    private final Records records;
    private final Services services;

    ExportReader(Records records, Services services) {
        this.records = records;
        this.services = services;
    }

    @Override
    public Reading open(Identity identity, String object, String query, boolean technicalNames) {
        RecordSession session = records.open(identity, HistoryEntry.Channel.API);
        Service service = services.of(session);
        service.visible().require(object);
        UriInfoResource options = service.parse("/" + object, query).asUriInfoResource();
        if (options.getApplyOption() != null
                || options.getExpandOption() != null
                || options.getSelectOption() != null) {
            throw QueryTranslation.unsupported("$apply, $expand and $select in an export");
        }
        if (options.getTopOption() != null || options.getSkipOption() != null || options.getSkipTokenOption() != null) {
            throw QueryTranslation.unsupported("$top, $skip and $skiptoken in an export, which is the whole list");
        }
        @Nullable String view = parameter(query, "view");
        QueryTranslation translation = new QueryTranslation(session, service.visible());
        QueryTranslation.Criteria criteria = translation.criteria(object, options, view);
        ActingUser user = identity.user();
        VisibleObject visible = service.visible().require(object);
        List<String> wanted = Optional.ofNullable(parameter(query, "columns"))
                .map(names -> List.of(names.split(",", -1)))
                .orElseGet(List::of);
        List<String> shown = !wanted.isEmpty()
                ? wanted
                : view == null
                        ? visible.type().fields().keySet().stream()
                                .filter(name -> visible.described(name).isPresent())
                                .toList()
                        : translation.view(object, view).columns();
        ExportColumns columns =
                ExportColumns.of(service.visible(), visible, shown, technicalNames, user.locale(), user.zone());
        if (!wanted.isEmpty() && columns.size() < wanted.size()) {
            throw WebError.EXPORT_COLUMN_UNKNOWN
                    .error()
                    .with("object", object)
                    .with("columns", String.join(", ", wanted))
                    .build();
        }
        if (columns.titles().isEmpty()) {
            throw WebError.NOT_FOUND.error().with("path", object).build();
        }
        return new ListReading(session, object, columns, criteria);
    }

    private static @Nullable String parameter(String query, String name) {
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    private record ListReading(
            RecordSession session, String object, ExportColumns columns, QueryTranslation.Criteria criteria)
            implements Reading {

        @Override
        public List<String> titles() {
            return columns.titles();
        }

        @Override
        public Chunk read(String after, boolean count) {
            PageTokens tokens = new PageTokens(object, criteria);
            Optional<Query.Place> place = after.isEmpty() ? Optional.empty() : Optional.of(tokens.placeOf(after));
            Page page = page(place, count);
            List<List<@Nullable Object>> rows = new ArrayList<>(page.rows().size());
            rows.addAll(columns.cells(page.rows(), session));
            return new Chunk(
                    rows,
                    page.last().map(tokens::token).orElse(after),
                    page.more(),
                    page.count().orElse(-1));
        }

        private Page page(Optional<Query.Place> place, boolean count) {
            if (!columns.links()) {
                return page(place, count, ROWS);
            }
            try {
                return page(place, count, LINKING_ROWS);
            } catch (PlatformException tooMany) {
                if (tooMany.code() != RecordsError.LIMIT_EXCEEDED) {
                    throw tooMany;
                }
                return page(place, count, FULL_ROWS);
            }
        }

        private Page page(Optional<Query.Place> place, boolean count, int rows) {
            return session.query(
                    new Query(object, columns.selection(), criteria.filter(), criteria.sort(), rows, 0, count)
                            .from(place));
        }
    }
}
