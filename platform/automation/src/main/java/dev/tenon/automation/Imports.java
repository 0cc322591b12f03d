package dev.tenon.automation;

import dev.tenon.access.Identity;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Imports of table files (CSV, XLSX) as background jobs. Rows are saved with the rights of the person who started the import; good
 * rows are kept, each bad one is told with its line. Needs the right to import. Safe for use by several threads.
 */
public interface Imports {

    /** The column that {@link #writeRejects} adds; a file that has it can be sent again as it is. */
    String ERROR_COLUMN = "_error";

    /**
     * Reads the beginning of a file and says how it would be taken: what was found out, the field of each column, what is
     * wrong. Nothing is kept.
     */
    ImportPreview preview(Identity identity, Request request, InputStream file);

    /**
     * Keeps the file and starts the import. Everything that is wrong with the file as a whole is told here: its
     * encoding, its header, the mapping.
     *
     * @throws dev.tenon.sdk.error.PlatformException {@code automation.file-*}, {@code automation.columns-unfit} with a
     *     detail for each column
     */
    ImportStatus start(Identity identity, Request request, InputStream file);

    /** Starts for real what an own dry run has tried: the same file with the same columns. */
    ImportStatus startTried(Identity identity, UUID dryRun);

    /** An import of the identity's own, or of anybody for who manages users. */
    ImportStatus require(Identity identity, UUID id);

    /** Imports of the tenant, newest first; the errors are not filled. */
    List<ImportStatus> list(Identity identity);

    /** Stops after the rows that are being saved; what was saved stays. Does nothing when it has ended. */
    ImportStatus cancel(Identity identity, UUID id);

    /**
     * Writes the rejected rows with the columns of the file and one more that says what is wrong, in the file's own format
     * and encoding.
     */
    void writeRejects(Identity identity, UUID id, OutputStream to);

    /** What browsers call the import's file, and so its rejects. */
    String mediaType(Identity identity, UUID id);

    /** What becomes of rows that a record is found for by the key field, and of those that none is found for. */
    enum Mode {
        /** Every row is a new record. */
        INSERT,
        /** Rows without a record are refused. */
        UPDATE,
        /** Rows without a record make one. */
        UPSERT
    }

    /** What becomes of rows that duplicate rules warn of; those that a rule blocks are refused in any case. */
    enum Duplicates {
        REJECT,
        /** They are kept, and the history tells that they were. */
        ACCEPT
    }

    /**
     * @param file what the person knows about the file
     * @param mapping column title to field name, empty text to leave the column out; a column that it does not name is
     *     matched by field name or label in any language
     * @param keyField field by whose value an existing record is found: the id, or one that identifies
     * @param mode needs a key field, but for {@link Mode#INSERT}, which takes none
     * @param dryRun everything is checked and nothing kept
     */
    record Request(
            String object,
            String fileName,
            FileChoice file,
            Map<String, String> mapping,
            Optional<String> keyField,
            Mode mode,
            boolean dryRun,
            Duplicates duplicates) {
        public Request {
            mapping = Map.copyOf(mapping);
        }

        /** Duplicates are refused. */
        public Request(
                String object,
                String fileName,
                FileChoice file,
                Map<String, String> mapping,
                Optional<String> keyField,
                Mode mode,
                boolean dryRun) {
            this(object, fileName, file, mapping, keyField, mode, dryRun, Duplicates.REJECT);
        }
    }

    /**
     * What a person says about a file; what he leaves out is found out.
     *
     * @param charset of CSV, for example {@code GBK}
     * @param separator of CSV
     * @param sheet name of a workbook's sheet; the first one otherwise
     */
    record FileChoice(Optional<String> charset, Optional<Character> separator, Optional<String> sheet) {
        public static final FileChoice NONE = new FileChoice(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
