package dev.tenon.web.data;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;

/** What people uploaded is only ever handed back as a download, never shown in this origin. */
final class Downloads {

    private Downloads() {}

    static void head(String name, String mediaType, long size, HttpServletResponse response) {
        response.setContentType(mediaType);
        response.setContentLengthLong(size);
        response.setHeader(
                "Content-Disposition",
                ContentDisposition.attachment()
                        .filename(name, StandardCharsets.UTF_8)
                        .build()
                        .toString());
        // Should a browser show it after all, it may do nothing.
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }
}
