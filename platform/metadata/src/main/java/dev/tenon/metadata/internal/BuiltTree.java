package dev.tenon.metadata.internal;

import java.util.List;

/**
 * A tree that was checked without a finding, and what was built of it.
 *
 * @param reads what was looked at for both
 * @param parts parts of a model: object types, permission sets, …
 */
public record BuiltTree(Reads reads, List<Object> parts) {
    public BuiltTree {
        parts = List.copyOf(parts);
    }
}
