package dev.tenon.records.port;

import dev.tenon.records.StoredFile.Pixels;
import java.io.InputStream;
import java.util.Optional;

/** Tells from the bytes what a file is. */
public interface ContentInspection {

    /**
     * The media type. The name only tells apart what has the same form, a text that is a table or a zip that is a document;
     * it never makes one form of another.
     */
    String mediaType(InputStream content, String fileName);

    /** The size of an image of the type in pixels; absent where the bytes are not one that browsers show. */
    Optional<Pixels> pixels(InputStream content, String mediaType);
}
