package dev.tenon.records;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * @param more true when further rows follow
 * @param count how many rows fulfil the filter, when the query asked
 * @param last place of the last row, when the query asked for pages and there is a row
 */
public record Page(List<Row> rows, boolean more, OptionalLong count, Optional<Query.Place> last) {
    public Page {
        rows = List.copyOf(rows);
    }
}
