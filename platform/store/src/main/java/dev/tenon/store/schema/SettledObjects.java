package dev.tenon.store.schema;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.CatalogueContent.Former;
import dev.tenon.store.schema.CatalogueContent.Index;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Objects of a tenant for which a plan found nothing to do, with all that it has looked at: a later plan that would look at
 * the same need not look again. Safe for use by several threads.
 */
final class SettledObjects {

    private final Map<String, Looked> settled = new ConcurrentHashMap<>();

    /**
     * All that a plan looks at for an object whose type is the same as before.
     *
     * @param type this very one: models of which one comes from the other share the types that no change has touched
     */
    record Looked(
            ObjectType type, String table, Map<String, Column> columns, List<Index> indexes, List<Former> former) {

        /** Whether a plan looks at nothing else: roll-ups and lookups to several objects depend on other objects. */
        boolean all() {
            return type.fields().values().stream().noneMatch(Looked::looksAround);
        }

        private static boolean looksAround(Field field) {
            return field.refersForAnother() || field.type() instanceof FieldType.RollUp;
        }

        private boolean sameAs(Looked other) {
            return type == other.type
                    && table.equals(other.table)
                    && columns.equals(other.columns)
                    && indexes.equals(other.indexes)
                    && former.equals(other.former);
        }
    }

    boolean contains(Looked looked) {
        Looked known = settled.get(looked.type().name());
        return known != null && known.sameAs(looked);
    }

    void add(Looked looked) {
        settled.put(looked.type().name(), looked);
    }
}
