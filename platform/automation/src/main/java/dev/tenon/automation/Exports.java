package dev.tenon.automation;

import dev.tenon.access.Identity;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Exports of lists as table files, in their order, with the rights that the person has while they are read. Only who has
 * started an export sees it and gets its file. Safe for use by several threads.
 */
public interface Exports {

    /** @throws dev.tenon.sdk.error.PlatformException what is wrong with the query, {@code automation.too-many-exports} */
    ExportStatus start(Identity identity, Request request);

    ExportStatus require(Identity identity, UUID id);

    /** Own ones, newest first. */
    List<ExportStatus> list(Identity identity);

    /** Stops it, or deletes the file of a finished one. */
    ExportStatus cancel(Identity identity, UUID id);

    /** The finished file. The caller closes it. */
    Download open(Identity identity, UUID id);

    /**
     * Writes the list at once, without a job and without a way on after an interruption.
     *
     * @param to opened when the query was found to be good and the first rows are there
     */
    void stream(Identity identity, Request request, Supplier<OutputStream> to);

    enum Format {
        CSV,
        XLSX
    }

    /**
     * @param query the list's options in an address, still encoded: {@code view=all&$filter=…&$orderby=…}
     * @param technicalNames names of fields and keys of values instead of their labels
     * @param charset {@code UTF-8} or {@code GBK}, for CSV
     * @param fileName without its ending; the object's name otherwise
     */
    record Request(
            String object,
            String query,
            boolean technicalNames,
            Format format,
            String charset,
            char separator,
            Optional<String> fileName) {}

    record Download(String fileName, String mediaType, long bytes, InputStream content) {}
}
