package dev.tenon.web.odata;

import dev.tenon.metadata.model.ListView;
import dev.tenon.records.Page;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.sdk.ActingUser;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.security.RequestCaller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.olingo.server.api.uri.UriInfo;
import org.apache.olingo.server.api.uri.UriInfoResource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lists as CSV, streamed page by page. The same query as the list's own, with the same rights; a page is read with the
 * rights of its moment, so that a person who loses access in the middle gets no further rows.
 */
@RestController
class ExportController {

    /** Each page is searched in the whole list, so that sorting costs by the square; longer exports go by id. */
    private static final int SORTED = 100_000;

    private final RequestCaller caller;
    private final Services services;

    ExportController(RequestCaller caller, Services services) {
        this.caller = caller;
        this.services = services;
    }

    @GetMapping("/api/export/{object}.csv")
    void export(@PathVariable String object, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        RecordSession session = caller.records();
        Service service = services.of(session);
        service.visible().require(object);
        UriInfo uri = service.parse("/" + object, request.getQueryString());
        UriInfoResource options = uri.asUriInfoResource();
        if (options.getApplyOption() != null
                || options.getExpandOption() != null
                || options.getSelectOption() != null) {
            throw QueryTranslation.unsupported("$apply, $expand and $select in an export");
        }
        String view = request.getParameter("view");
        QueryTranslation translation = new QueryTranslation(session, service.visible());
        QueryTranslation.Criteria criteria = translation.criteria(object, options, view);
        Optional<ListView> named = Optional.ofNullable(view).map(name -> translation.view(object, name));
        ActingUser user = session.identity().user();
        ExportColumns columns = ExportColumns.of(
                service.visible(), service.visible().require(object), named, user.locale(), user.zone());
        if (columns.titles().isEmpty()) {
            throw WebError.NOT_FOUND
                    .error()
                    .with("path", request.getRequestURI())
                    .build();
        }
        // Before the first byte, so that whatever is wrong with the query is still an error answer.
        Page first = page(session, object, columns, criteria, Optional.empty(), true);
        if (!criteria.sort().isEmpty() && first.count().orElse(0) > SORTED) {
            criteria = new QueryTranslation.Criteria(criteria.filter(), List.of());
            first = page(session, object, columns, criteria, Optional.empty(), false);
        }
        response.setContentType("text/csv;charset=utf-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + object + ".csv\"");
        response.setHeader("Cache-Control", "private, no-store");
        try (Writer out =
                new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8))) {
            Csv csv = new Csv(out);
            csv.row(columns.titles());
            Page page = first;
            while (true) {
                for (List<String> cells : columns.cells(page.rows(), session)) {
                    csv.row(cells);
                }
                if (!page.more()) {
                    return;
                }
                page = page(caller.records(), object, columns, criteria, page.last(), false);
            }
        }
    }

    private static Page page(
            RecordSession session,
            String object,
            ExportColumns columns,
            QueryTranslation.Criteria criteria,
            Optional<Query.Place> after,
            boolean count) {
        return session.query(
                new Query(object, columns.selection(), criteria.filter(), criteria.sort(), Limits.MOST_ROWS, 0, count)
                        .from(after));
    }
}
