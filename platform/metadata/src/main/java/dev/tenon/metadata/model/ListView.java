package dev.tenon.metadata.model;

import java.util.List;
import java.util.Optional;

/**
 * A named way to look at an object's records.
 *
 * @param columns fields or paths over lookups, in order
 * @param filter only records for which it is true
 * @param sort field or path, {@code -} in front for descending
 */
public record ListView(
        String name,
        String origin,
        Label label,
        List<String> columns,
        Optional<ExpressionText> filter,
        List<String> sort) {

    public ListView {
        columns = List.copyOf(columns);
        sort = List.copyOf(sort);
    }
}
