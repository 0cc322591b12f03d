package dev.tenon.store.schema;

import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.store.Database;
import dev.tenon.tenancy.port.SchemaEvolution.Wanted;
import java.util.Map;
import java.util.Optional;

/** The data as they are at this moment. */
record LiveTableData(Database database, DataPreconditions data, OnlinePlan online, String tenant, Wanted wanted)
        implements TableData {

    @Override
    public Optional<Model> before() {
        return wanted.before();
    }

    @Override
    public Map<String, FieldType> departed() {
        return wanted.departed();
    }

    @Override
    public boolean fits(String table, Recast recast) {
        return data.fits(tenant, table, recast);
    }

    @Override
    public boolean keepsPeopleWaiting(String table) {
        return foldsConversions() && online.isLarge(tenant, table);
    }

    @Override
    public boolean foldsConversions() {
        return database.dialect().transactionalSchemaChanges();
    }
}
