package dev.tenon.automation.port;

import dev.tenon.access.Identity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads lists for exports. */
public interface ExportQuery {

    /**
     * The list as the identity may read it now; throws what is wrong with it.
     *
     * @param query options of a list in an address, still encoded
     * @param technicalNames names and keys instead of labels
     */
    Reading open(Identity identity, String object, String query, boolean technicalNames);

    /** One list, read from any place on. */
    interface Reading {

        List<String> titles();

        /**
         * The following rows.
         *
         * @param after the place that the chunk before told; empty text for the first
         * @param count also count all rows
         */
        Chunk read(String after, boolean count);
    }

    /**
     * @param rows cells of the kinds that a table file takes
     * @param last place behind which the next chunk begins
     * @param total -1 where it was not asked for
     */
    record Chunk(List<List<@Nullable Object>> rows, String last, boolean more, long total) {
        // Written out: the compact form loses the annotation inside of the type for those who read the class file.
        public Chunk(List<List<@Nullable Object>> rows, String last, boolean more, long total) {
            this.rows = Collections.unmodifiableList(new ArrayList<>(rows));
            this.last = last;
            this.more = more;
            this.total = total;
        }
    }

    /** A number of hundredths, as a cell. */
    record Percent(java.math.BigDecimal value) {}
}
