package dev.tenon.records;

import java.util.List;
import java.util.OptionalLong;

/**
 * @param more true when further rows follow
 * @param count how many rows fulfil the filter, when the query asked
 */
public record Page(List<Row> rows, boolean more, OptionalLong count) {
    public Page {
        rows = List.copyOf(rows);
    }
}
