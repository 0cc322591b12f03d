package dev.tenon.records;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * What a dry run remembers of rows that it has tried and rolled back, so that later rows find those they would be
 * duplicates of. Asked and told in the thread of the save, inside of a transaction that is rolled back: whoever
 * implements it must not keep what it is told there.
 */
public interface TriedRows {

    /**
     * A row that would be kept.
     *
     * @param key a hash, of a unique key's values or of a duplicate rule's key
     * @param record the id that it had
     * @param forms the values that the duplicate rule compares; none for a unique key
     */
    record Tried(String key, UUID record, String title, List<String> forms) {
        public Tried {
            forms = List.copyOf(forms);
        }
    }

    /** Rows before this one that have one of the keys. */
    List<Tried> under(Collection<String> keys);

    /** A row was saved and is going to be rolled back. It counts as soon as its outcome is known. */
    void saved(UUID record, List<Tried> found);
}
