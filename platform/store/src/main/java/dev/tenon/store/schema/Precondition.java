package dev.tenon.store.schema;

import dev.tenon.store.schema.CatalogueContent.Column;
import java.util.List;
import java.util.Set;

/** Something that only the data can tell. */
sealed interface Precondition {
    /** No value is lost or becomes another one, or somebody has seen which and wants it so. */
    record Confirmed(String object, String table, Recast recast) implements Precondition {}

    /** No value is there: the types have nothing in common. In words, what the values are and what they would be. */
    record Empty(String object, String table, Column column, String then, String now) implements Precondition {}

    /**
     * A field comes back whose records refer to others, which may have been deleted meanwhile.
     *
     * @param part whether a record is removed with what it belongs to
     */
    record Returning(String object, Column column, String target, boolean part) implements Precondition {}

    /** No record refers to an object that its lookup is to refer to no more. */
    record NoReferences(String object, String table, Column column) implements Precondition {}

    /**
     * @param folded fields whose texts are compared without case and width
     * @param recasts of some of the columns, which are not there yet
     */
    record NoDuplicates(String object, String table, List<Column> columns, Set<String> folded, List<Recast> recasts)
            implements Precondition {
        public NoDuplicates {
            columns = List.copyOf(columns);
            folded = Set.copyOf(folded);
            recasts = List.copyOf(recasts);
        }
    }
}
