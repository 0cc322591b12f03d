package dev.tenon.store.approval;

import dev.tenon.store.TenantSchemas;
import dev.tenon.store.schema.TenantTables;
import dev.tenon.store.schema.TenantTables.ObjectTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The tables of one tenant that the engine reads and writes. */
final class ApprovalTables {

    static final Field<UUID> INSTANCE_ID = DSL.field(DSL.name("instance_id"), SQLDataType.UUID);
    static final Field<Long> VERSION = DSL.field(DSL.name("version"), SQLDataType.BIGINT);
    static final Field<Long> SEQ = DSL.field(DSL.name("seq"), SQLDataType.BIGINT);
    static final Field<Long> ROUND_SEQ = DSL.field(DSL.name("round_seq"), SQLDataType.BIGINT);
    static final Field<Instant> LAST_AT = DSL.field(DSL.name("last_at"), SQLDataType.INSTANT(6));
    static final Field<String> LAST_HASH = DSL.field(DSL.name("last_hash"), SQLDataType.VARCHAR);
    static final Field<String> OBJECT_NAME = DSL.field(DSL.name("object_name"), SQLDataType.VARCHAR);
    static final Field<UUID> RECORD_ID = DSL.field(DSL.name("record_id"), SQLDataType.UUID);
    static final Field<String> PROCESS = DSL.field(DSL.name("process"), SQLDataType.VARCHAR);
    static final Field<UUID> SUBMITTER_ID = DSL.field(DSL.name("submitter_id"), SQLDataType.UUID);
    static final Field<String> STATE = DSL.field(DSL.name("state"), SQLDataType.VARCHAR);
    static final Field<String> LOCK_MODE = DSL.field(DSL.name("lock_mode"), SQLDataType.VARCHAR);
    static final Field<String> ACTIVE_KEY = DSL.field(DSL.name("active_key"), SQLDataType.VARCHAR);
    static final Field<Instant> STARTED_AT = DSL.field(DSL.name("started_at"), SQLDataType.INSTANT(6));
    static final Field<UUID> ACTOR_ID = DSL.field(DSL.name("actor_id"), SQLDataType.UUID);
    static final Field<String> COMMAND_ID = DSL.field(DSL.name("command_id"), SQLDataType.VARCHAR);
    static final Field<String> FINGERPRINT = DSL.field(DSL.name("fingerprint"), SQLDataType.VARCHAR);
    static final Field<String> DEFINITION = DSL.field(DSL.name("definition"), SQLDataType.VARCHAR);

    private final DSLContext sql;
    private final TenantTables tables;

    ApprovalTables(DSLContext sql, TenantTables tables) {
        this.sql = sql;
        this.tables = tables;
    }

    static Table<Record> head(String tenant) {
        return DSL.table(DSL.name(TenantSchemas.nameOf(tenant), "tenon_approval_head"));
    }

    /** What an open approval claims its record with. */
    static String key(String object, UUID record) {
        return object + "/" + record;
    }

    static Table<Record> commands(String tenant) {
        return DSL.table(DSL.name(TenantSchemas.nameOf(tenant), "tenon_approval_command"));
    }

    static Table<Record> definitions(String tenant) {
        return DSL.table(DSL.name(TenantSchemas.nameOf(tenant), "tenon_approval_definition"));
    }

    DSLContext sql() {
        return sql;
    }

    Table<Record> table(String object) {
        return tables.object(object).table();
    }

    <T> Field<T> column(String object, String field, Class<T> type) {
        ObjectTable of = tables.object(object);
        return of.in(of.table(), field).coerce(type);
    }

    /** Inserts rows that all have the same fields, with one statement. */
    void insert(String object, List<Map<String, @Nullable Object>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        ObjectTable of = tables.object(object);
        List<Field<?>> columns = new ArrayList<>();
        for (String field : rows.getFirst().keySet()) {
            columns.add(unqualified(of, field));
        }
        var insert = sql.insertInto(of.table(), columns);
        for (Map<String, @Nullable Object> row : rows) {
            List<Object> values = new ArrayList<>();
            int i = 0;
            for (Object value : row.values()) {
                values.add(DSL.val(value, columns.get(i++).getDataType()));
            }
            insert = insert.values(values);
        }
        insert.execute();
    }

    /** Assignments for an update of the object's table. */
    Map<Field<?>, Object> assignments(String object, Map<String, @Nullable Object> values) {
        ObjectTable of = tables.object(object);
        Map<Field<?>, Object> assignments = new LinkedHashMap<>();
        values.forEach((field, value) -> {
            Field<?> column = unqualified(of, field);
            assignments.put(column, DSL.val(value, column.getDataType()));
        });
        return assignments;
    }

    private static Field<?> unqualified(ObjectTable of, String field) {
        var column = of.column(field);
        return DSL.field(DSL.name(column.name()), column.type().valueType());
    }
}
