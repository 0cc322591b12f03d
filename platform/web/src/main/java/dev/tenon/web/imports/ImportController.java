package dev.tenon.web.imports;

import dev.tenon.automation.ImportStatus;
import dev.tenon.automation.Imports;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.web.Json;
import dev.tenon.web.security.RequestCaller;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

    record Options(
            @Nullable Map<String, String> mapping, @Nullable String keyField) {}

    @PostMapping("/api/imports")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ImportStatus start(
            @RequestPart("file") MultipartFile file,
            @RequestParam("object") String object,
            @RequestParam(name = "options", defaultValue = "{}") String options)
            throws IOException {
        var identity = caller.require(SystemPermission.IMPORT_DATA);
        Options wanted = Json.MAPPER.readValue(options, Options.class);
        String name = file.getOriginalFilename() == null ? "import.csv" : file.getOriginalFilename();
        Imports.Request request = new Imports.Request(
                object,
                name,
                wanted.mapping() == null ? Map.of() : wanted.mapping(),
                Optional.ofNullable(wanted.keyField()).filter(k -> !k.isBlank()));
        try (InputStream content = file.getInputStream()) {
            return imports.start(identity, request, content);
        }
    }

    @GetMapping("/api/imports")
    List<ImportStatus> list() {
        return imports.list(caller.require(SystemPermission.IMPORT_DATA));
    }

    @GetMapping("/api/imports/{id}")
    ImportStatus one(@PathVariable UUID id) {
        return imports.require(caller.require(SystemPermission.IMPORT_DATA), id);
    }

    @PostMapping("/api/imports/{id}/cancel")
    ImportStatus cancel(@PathVariable UUID id) {
        return imports.cancel(caller.require(SystemPermission.IMPORT_DATA), id);
    }

    @GetMapping("/api/imports/{id}/rejects")
    void rejects(@PathVariable UUID id, HttpServletResponse response) throws IOException {
        var identity = caller.require(SystemPermission.IMPORT_DATA);
        ImportStatus status = imports.require(identity, id);
        response.setContentType("text/csv;charset=utf-8");
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
