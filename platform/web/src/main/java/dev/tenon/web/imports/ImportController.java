package dev.tenon.web.imports;

import dev.tenon.automation.AutomationError;
import dev.tenon.automation.ImportPreview;
import dev.tenon.automation.ImportStatus;
import dev.tenon.automation.Imports;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.web.Json;
import dev.tenon.web.security.RequestCaller;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Starts and follows imports. */
@RestController
class ImportController {

    private final RequestCaller caller;
    private final Imports imports;

    ImportController(RequestCaller caller, Imports imports) {
        this.caller = caller;
        this.imports = imports;
    }

    /** What beside the file is said; a key field without a mode means that records are made or changed. */
    record Options(
            @Nullable Map<String, String> mapping,
            @Nullable String keyField,
            Imports.@Nullable Mode mode,
            @Nullable Boolean dryRun,
            Imports.@Nullable Duplicates duplicates,
            @Nullable String charset,
            @Nullable String separator,
            @Nullable String sheet) {

        Imports.Request request(String object, MultipartFile file) {
            Optional<String> key = given(keyField);
            String name = file.getOriginalFilename();
            return new Imports.Request(
                    object,
                    name == null || name.isBlank() ? "import" : name,
                    new Imports.FileChoice(given(charset), given(separator).map(Options::separator), given(sheet)),
                    mapping == null ? Map.of() : mapping,
                    key,
                    mode != null ? mode : key.isPresent() ? Imports.Mode.UPSERT : Imports.Mode.INSERT,
                    Boolean.TRUE.equals(dryRun),
                    duplicates == null ? Imports.Duplicates.REJECT : duplicates);
        }

        private static Optional<String> given(@Nullable String text) {
            return Optional.ofNullable(text).filter(t -> !t.isEmpty());
        }

        private static char separator(String text) {
            String known = text.equals("\\t") ? "\t" : text;
            if (known.length() != 1 || ",;\t|".indexOf(known.charAt(0)) < 0) {
                throw AutomationError.SEPARATOR_UNKNOWN
                        .error()
                        .with("separator", text)
                        .build();
            }
            return known.charAt(0);
        }
    }

    /** A number that is not known yet is null, not a number that means so. */
    private static Map<String, @Nullable Object> describe(ImportStatus status) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("id", status.id());
        entry.put("state", status.state().name());
        entry.put("object", status.object());
        entry.put("fileName", status.fileName());
        entry.put("startedBy", status.startedBy());
        entry.put("mode", status.mode().name());
        entry.put("dryRun", status.dryRun());
        entry.put("total", status.total() < 0 ? null : status.total());
        entry.put("processed", status.processed());
        entry.put("created", status.created());
        entry.put("updated", status.updated());
        entry.put("rejected", status.rejected());
        entry.put("queuedAt", status.queuedAt());
        entry.put("startedAt", status.startedAt());
        entry.put("endedAt", status.endedAt());
        entry.put("failure", status.failure());
        entry.put("fileKept", status.fileKept());
        entry.put("errors", status.errors());
        return entry;
    }

    private static Map<String, @Nullable Object> describe(ImportPreview preview) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("format", preview.format());
        entry.put("charset", preview.charset().orElse(null));
        entry.put("separator", preview.separator().map(String::valueOf).orElse(null));
        entry.put("sheets", preview.sheets());
        entry.put("sheet", preview.sheet().orElse(null));
        entry.put("columns", preview.columns());
        entry.put("rows", preview.rows());
        entry.put("problems", preview.problems());
        entry.put("errors", preview.errors());
        return entry;
    }

    @PostMapping("/api/imports/preview")
    Map<String, @Nullable Object> preview(
            @RequestPart("file") MultipartFile file,
            @RequestParam("object") String object,
            @RequestParam(name = "options", defaultValue = "{}") String options)
            throws IOException {
        var identity = caller.require(SystemPermission.IMPORT_DATA);
        Imports.Request request = Json.MAPPER.readValue(options, Options.class).request(object, file);
        try (InputStream content = file.getInputStream()) {
            return describe(imports.preview(identity, request, content));
        }
    }

    @PostMapping("/api/imports")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, @Nullable Object> start(
            @RequestPart("file") MultipartFile file,
            @RequestParam("object") String object,
            @RequestParam(name = "options", defaultValue = "{}") String options)
            throws IOException {
        var identity = caller.require(SystemPermission.IMPORT_DATA);
        Imports.Request request = Json.MAPPER.readValue(options, Options.class).request(object, file);
        try (InputStream content = file.getInputStream()) {
            return describe(imports.start(identity, request, content));
        }
    }

    @PostMapping("/api/imports/{id}/start")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, @Nullable Object> startTried(@PathVariable UUID id) {
        return describe(imports.startTried(caller.require(SystemPermission.IMPORT_DATA), id));
    }

    @GetMapping("/api/imports")
    List<Map<String, @Nullable Object>> list() {
        return imports.list(caller.require(SystemPermission.IMPORT_DATA)).stream()
                .map(ImportController::describe)
                .toList();
    }

    @GetMapping("/api/imports/{id}")
    Map<String, @Nullable Object> one(@PathVariable UUID id) {
        return describe(imports.require(caller.require(SystemPermission.IMPORT_DATA), id));
    }

    @PostMapping("/api/imports/{id}/cancel")
    Map<String, @Nullable Object> cancel(@PathVariable UUID id) {
        return describe(imports.cancel(caller.require(SystemPermission.IMPORT_DATA), id));
    }

    @GetMapping("/api/imports/{id}/rejects")
    void rejects(@PathVariable UUID id, HttpServletResponse response) throws IOException {
        var identity = caller.require(SystemPermission.IMPORT_DATA);
        ImportStatus status = imports.require(identity, id);
        response.setContentType(imports.mediaType(identity, id));
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader(
                "Content-Disposition",
                ContentDisposition.attachment()
                        .filename("rejected-" + status.fileName(), StandardCharsets.UTF_8)
                        .build()
                        .toString());
        imports.writeRejects(identity, id, response.getOutputStream());
    }
}
