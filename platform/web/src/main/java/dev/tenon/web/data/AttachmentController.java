package dev.tenon.web.data;

import dev.tenon.records.RecordSession;
import dev.tenon.sdk.record.Attachment;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleModels;
import dev.tenon.web.security.RequestCaller;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Files of records. What people upload is only ever handed back as a download, never shown in this origin. */
@RestController
class AttachmentController {

    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,100}");
    private static final String ANY = "application/octet-stream";
    private static final int LONGEST_NAME = 255;

    private final RequestCaller caller;
    private final VisibleModels models;

    AttachmentController(RequestCaller caller, VisibleModels models) {
        this.caller = caller;
        this.models = models;
    }

    @GetMapping("/api/records/{object}/{id}/attachments")
    List<Map<String, @Nullable Object>> list(@PathVariable String object, @PathVariable UUID id) {
        RecordSession session = caller.records();
        List<Attachment> attachments = session.attachments(object, id);
        Map<UUID, Map<String, Object>> people = new Titles(session, models.of(session))
                .people(attachments.stream().map(Attachment::createdBy).toList());
        return attachments.stream()
                .map(a -> describe(a, people.get(a.createdBy())))
                .toList();
    }

    @PostMapping("/api/records/{object}/{id}/attachments")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, @Nullable Object> attach(
            @PathVariable String object, @PathVariable UUID id, @RequestPart("file") MultipartFile file)
            throws IOException {
        RecordSession session = caller.records();
        try (InputStream content = file.getInputStream()) {
            Attachment attached = session.attach(object, id, fileName(file), mediaType(file.getContentType()), content);
            Map<String, Object> me = new LinkedHashMap<>();
            me.put("id", session.identity().user().id());
            me.put("name", session.identity().user().name());
            return describe(attached, me);
        }
    }

    @GetMapping("/api/attachments/{id}")
    void download(@PathVariable UUID id, HttpServletResponse response) throws IOException {
        RecordSession.AttachmentContent found = caller.records()
                .openAttachment(id)
                .orElseThrow(() -> WebError.NOT_FOUND
                        .error()
                        .with("path", "/api/attachments/" + id)
                        .build());
        try (InputStream content = found.content()) {
            Attachment attachment = found.attachment();
            Downloads.head(attachment.fileName(), mediaType(attachment.mediaType()), attachment.size(), response);
            response.setHeader("Cache-Control", "private, no-store");
            content.transferTo(response.getOutputStream());
        }
    }

    /** The last part of what the browser calls the file, without control characters. */
    private static String fileName(MultipartFile file) {
        String given = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        String plain = last.replaceAll("\\p{Cntrl}", "").strip();
        if (plain.isEmpty()) {
            return "file";
        }
        return plain.length() > LONGEST_NAME ? plain.substring(plain.length() - LONGEST_NAME) : plain;
    }

    private static String mediaType(@Nullable String given) {
        if (given == null) {
            return ANY;
        }
        String type = given.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
        return MEDIA_TYPE.matcher(type).matches() ? type : ANY;
    }

    private static Map<String, @Nullable Object> describe(Attachment attachment, @Nullable Object by) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("id", attachment.id());
        all.put("fileName", attachment.fileName());
        all.put("mediaType", attachment.mediaType());
        all.put("size", attachment.size());
        all.put("createdBy", by);
        all.put("createdAt", attachment.createdAt());
        return all;
    }
}
