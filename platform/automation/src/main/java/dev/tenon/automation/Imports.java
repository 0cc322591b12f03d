package dev.tenon.automation;

import dev.tenon.access.Identity;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Imports of CSV files as background jobs. Rows are saved with the rights of the person who started the import; good
 * rows are kept, each bad one is told with its line. Needs the right to import. Safe for use by several threads.
 */
public interface Imports {

    /** The column that {@link #writeRejects} adds; a file that has it can be sent again as it is. */
    String ERROR_COLUMN = "_error";

    /**
     * Keeps the file and starts the import. Everything that is wrong with the file as a whole is told here: its
     * encoding, its header, the mapping.
     *
     * @throws dev.tenon.sdk.error.PlatformException {@code automation.file-*}, {@code automation.columns-unfit} with a
     *     detail for each column
     */
    ImportStatus start(Identity identity, Request request, InputStream file);

    /** An import of the identity's own, or of anybody for who manages users. */
    ImportStatus require(Identity identity, UUID id);

    /** Imports of the tenant, newest first; the errors are not filled. */
    List<ImportStatus> list(Identity identity);

    /** Stops after the rows that are being saved; what was saved stays. Does nothing when it has ended. */
    ImportStatus cancel(Identity identity, UUID id);

    /** Writes the rejected rows with the columns of the file and one more that says what is wrong, in UTF-8. */
    void writeRejects(Identity identity, UUID id, OutputStream to);

    /**
     * @param mapping column title to field name, empty text to leave the column out; a column that it does not name is
     *     matched by field name or label in any language
     * @param keyField field by whose value an existing record is found and updated
     */
    record Request(String object, String fileName, Map<String, String> mapping, Optional<String> keyField) {
        public Request {
            mapping = Map.copyOf(mapping);
        }
    }
}
