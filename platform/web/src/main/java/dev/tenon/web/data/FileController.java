package dev.tenon.web.data;

import dev.tenon.records.RecordSession.FileContent;
import dev.tenon.records.StoredFile;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.security.RequestCaller;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Files of fields: uploaded here first, then named by the save of a record. */
@RestController
public class FileController {

    private static final String ADDRESS = "/api/files/";

    private final RequestCaller caller;

    FileController(RequestCaller caller) {
        this.caller = caller;
    }

    @PostMapping("/api/files/{object}/{field}")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> upload(
            @PathVariable String object, @PathVariable String field, @RequestPart("file") MultipartFile file)
            throws IOException {
        String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
        try (InputStream content = file.getInputStream()) {
            return describe(caller.records().upload(object, field, name, content));
        }
    }

    /** A file never changes under its id, so a browser may keep it, and asks only whether it may still see it. */
    @GetMapping("/api/files/{id}")
    void download(
            @PathVariable UUID id,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String known,
            HttpServletResponse response)
            throws IOException {
        FileContent found = caller.records()
                .openFile(id)
                .orElseThrow(() ->
                        WebError.NOT_FOUND.error().with("path", ADDRESS + id).build());
        try (InputStream content = found.content()) {
            String tag = '"' + found.contentHash() + '"';
            response.setHeader("ETag", tag);
            response.setHeader("Cache-Control", "private, no-cache");
            if (tag.equals(known)) {
                response.setStatus(HttpStatus.NOT_MODIFIED.value());
                return;
            }
            Downloads.head(
                    found.file().name(), found.file().mediaType(), found.file().size(), response);
            content.transferTo(response.getOutputStream());
        }
    }

    /** A file as the JSON value of its field. */
    public static Map<String, Object> describe(StoredFile file) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("id", file.id());
        all.put("name", file.name());
        all.put("type", file.mediaType());
        all.put("size", file.size());
        file.pixels().ifPresent(pixels -> {
            all.put("width", pixels.width());
            all.put("height", pixels.height());
        });
        all.put("href", ADDRESS + file.id());
        return all;
    }
}
