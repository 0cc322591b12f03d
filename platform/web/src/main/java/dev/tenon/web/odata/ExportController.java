package dev.tenon.web.odata;

import dev.tenon.automation.ExportStatus;
import dev.tenon.automation.Exports;
import dev.tenon.automation.Exports.Download;
import dev.tenon.automation.Exports.Format;
import dev.tenon.automation.Exports.Request;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.security.RequestCaller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lists as table files: at once as CSV, or as a job whose file is fetched when it is ready. */
@RestController
class ExportController {

    private final RequestCaller caller;
    private final Exports exports;

    ExportController(RequestCaller caller, Exports exports) {
        this.caller = caller;
        this.exports = exports;
    }

    /** @param query options of the list, encoded as in an address */
    record Wanted(
            @Nullable String object,
            @Nullable String query,
            @Nullable Boolean technicalNames,
            @Nullable Format format,
            @Nullable String charset,
            @Nullable String separator,
            @Nullable String fileName) {

        Request request() {
            if (object == null || separator != null && separator.length() != 1) {
                throw WebError.MALFORMED_BODY
                        .error()
                        .with("reason", object == null ? "object" : "separator")
                        .build();
            }
            return new Request(
                    object,
                    query == null ? "" : query,
                    Boolean.TRUE.equals(technicalNames),
                    format == null ? Format.CSV : format,
                    charset == null ? "UTF-8" : charset,
                    separator == null ? ',' : separator.charAt(0),
                    Optional.ofNullable(fileName));
        }
    }

    private static Map<String, @Nullable Object> describe(ExportStatus status) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("id", status.id());
        entry.put("state", status.state().name());
        entry.put("object", status.object());
        entry.put("fileName", status.fileName());
        entry.put("format", status.format().name());
        entry.put("total", status.total() < 0 ? null : status.total());
        entry.put("processed", status.processed());
        entry.put("altered", status.altered());
        entry.put("bytes", status.bytes());
        entry.put("queuedAt", status.queuedAt());
        entry.put("startedAt", status.startedAt());
        entry.put("endedAt", status.endedAt());
        entry.put("expiresAt", status.expiresAt());
        entry.put("failure", status.failure());
        return entry;
    }

    @GetMapping("/api/export/{object}.csv")
    void export(@PathVariable String object, HttpServletRequest asked, HttpServletResponse response) {
        String query = asked.getQueryString() == null ? "" : asked.getQueryString();
        Request request = new Request(object, query, false, Format.CSV, "UTF-8", ',', Optional.empty());
        // Headers go before the first byte, and whatever is wrong with the query is still an error answer.
        exports.stream(caller.identity(), request, () -> {
            headers(response, "text/csv;charset=utf-8", object + ".csv");
            try {
                return response.getOutputStream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void headers(HttpServletResponse response, String mediaType, String fileName) {
        response.setContentType(mediaType);
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader(
                "Content-Disposition",
                ContentDisposition.attachment()
                        .filename(fileName, StandardCharsets.UTF_8)
                        .build()
                        .toString());
    }

    @PostMapping("/api/exports")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, @Nullable Object> start(@RequestBody Wanted wanted) {
        return describe(exports.start(caller.identity(), wanted.request()));
    }

    @GetMapping("/api/exports")
    List<Map<String, @Nullable Object>> list() {
        return exports.list(caller.identity()).stream()
                .map(ExportController::describe)
                .toList();
    }

    @GetMapping("/api/exports/{id}")
    Map<String, @Nullable Object> one(@PathVariable UUID id) {
        return describe(exports.require(caller.identity(), id));
    }

    @PostMapping("/api/exports/{id}/cancel")
    Map<String, @Nullable Object> cancel(@PathVariable UUID id) {
        return describe(exports.cancel(caller.identity(), id));
    }

    @GetMapping("/api/exports/{id}/file")
    void file(@PathVariable UUID id, HttpServletResponse response) throws IOException {
        Download file = exports.open(caller.identity(), id);
        try (InputStream content = file.content()) {
            headers(response, file.mediaType(), file.fileName());
            response.setContentLengthLong(file.bytes());
            content.transferTo(response.getOutputStream());
        }
    }
}
