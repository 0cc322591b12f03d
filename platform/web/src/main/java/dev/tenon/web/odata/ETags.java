package dev.tenon.web.odata;

import dev.tenon.web.errors.WebError;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A record's version as an entity tag: weak, because expanded records may differ under the same one. */
final class ETags {

    private static final Pattern TAG = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

    /** Enough of a sum to tell documents of one service apart. */
    private static final int DOCUMENT_BYTES = 12;

    private ETags() {}

    static String of(long version) {
        return "W/\"" + version + "\"";
    }

    /** Of a document: another one for any other content. */
    static String of(byte[] document) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(document);
            return "W/\"" + HexFormat.of().formatHex(sum, 0, DOCUMENT_BYTES) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The version that a change is meant for; empty for any. A change that names none is refused. */
    static Optional<Long> ifMatch(@Nullable String header) {
        if (header == null || header.isBlank()) {
            throw WebError.PRECONDITION_REQUIRED.error().build();
        }
        String value = header.strip();
        if (value.equals("*")) {
            return Optional.empty();
        }
        Matcher matcher = TAG.matcher(value);
        if (!matcher.matches()) {
            throw WebError.MALFORMED_ETAG.error().with("value", value).build();
        }
        return Optional.of(Long.parseLong(matcher.group(1)));
    }
}
