package dev.tenon.store.schema;

import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import java.util.Map;
import java.util.Optional;

/** What the plan has to know of the data and of the model that they belong to. */
interface TableData {

    /** Those of a model that is in force: all of them are as it wants them. */
    static TableData fitting(Model inForce) {
        return new TableData() {
            @Override
            public Optional<Model> before() {
                return Optional.of(inForce);
            }

            @Override
            public Map<String, FieldType> departed() {
                return Map.of();
            }

            @Override
            public boolean fits(String table, Recast recast) {
                return true;
            }

            @Override
            public boolean keepsPeopleWaiting(String table) {
                return false;
            }

            @Override
            public boolean foldsConversions() {
                return true;
            }
        };
    }

    Optional<Model> before();

    /** See {@link dev.tenon.tenancy.port.SchemaEvolution.Wanted#departed}. */
    Map<String, FieldType> departed();

    /** Whether every value stays what it is. */
    boolean fits(String table, Recast recast);

    /** Whether a statement that rewrites the table would lock it for longer than people wait. */
    boolean keepsPeopleWaiting(String table);

    /** Whether an index can compare converted values without case; else it is made when the model is in force. */
    boolean foldsConversions();

    /** The data, which count what is asked of the rows. */
    final class Asked implements TableData {
        private final TableData data;
        private int asked;

        Asked(TableData data) {
            this.data = data;
        }

        int asked() {
            return asked;
        }

        @Override
        public Optional<Model> before() {
            return data.before();
        }

        @Override
        public Map<String, FieldType> departed() {
            return data.departed();
        }

        @Override
        public boolean fits(String table, Recast recast) {
            asked++;
            return data.fits(table, recast);
        }

        @Override
        public boolean keepsPeopleWaiting(String table) {
            asked++;
            return data.keepsPeopleWaiting(table);
        }

        @Override
        public boolean foldsConversions() {
            return data.foldsConversions();
        }
    }
}
