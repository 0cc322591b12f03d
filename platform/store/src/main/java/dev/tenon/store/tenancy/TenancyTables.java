package dev.tenon.store.tenancy;

import dev.tenon.store.TenantSchemas;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Names of tenancy's tables and columns. */
final class TenancyTables {

    static final Table<Record> TENANTS = table("tenant");
    static final Table<Record> RIGHT = table("exclusive_right");
    static final Table<Record> CONTENT_PIECE = table("layer_content");
    static final Table<Record> PACKAGE = table("package_version");
    static final Table<Record> MODEL = table("model_version");
    static final Table<Record> LAYER = table("model_layer");
    static final Table<Record> INTENT = table("publish_intent");
    static final Table<Record> SEED = table("seed_due");
    static final Table<Record> RECOMPUTE = table("recompute_due");
    static final Table<Record> CONFLICT = table("upgrade_conflict");

    static final Field<String> TENANT = text("tenant");
    static final Field<String> PLACE_OBJECT = text("object_name");
    static final Field<Integer> PLACE_STAGE = DSL.field(DSL.name("stage"), SQLDataType.INTEGER);
    static final Field<Long> PLACE_DONE = DSL.field(DSL.name("done"), SQLDataType.BIGINT);
    static final Field<java.util.UUID> PLACE_ID = DSL.field(DSL.name("last_id"), SQLDataType.UUID);
    static final Field<String> NAME = text("name");
    static final Field<Boolean> ACTIVE = DSL.field(DSL.name("active"), SQLDataType.BOOLEAN);
    static final Field<Long> VERSION = DSL.field(DSL.name("version"), SQLDataType.BIGINT);
    static final Field<String> PLATFORM = text("platform");
    static final Field<Instant> CREATED_AT = time("created_at");
    static final Field<String> HASH = text("hash");
    static final Field<Integer> PIECE = DSL.field(DSL.name("piece"), SQLDataType.INTEGER);
    static final Field<byte[]> BYTES = DSL.field(DSL.name("bytes"), SQLDataType.VARBINARY);
    static final Field<String> SEMVER = text("version");
    static final Field<String> NAMESPACE = text("namespace");
    static final Field<String> TITLE = text("title");
    static final Field<String> SUMMARY = text("summary");
    static final Field<String> CONTENT = text("content");
    static final Field<Instant> ADDED_AT = time("added_at");
    static final Field<String> FINGERPRINT = text("fingerprint");
    static final Field<String> KIND = text("kind");
    static final Field<Instant> PUBLISHED_AT = time("published_at");
    static final Field<UUID> PUBLISHED_BY = DSL.field(DSL.name("published_by"), SQLDataType.UUID);
    static final Field<String> PUBLISHED_BY_NAME = text("published_by_name");
    static final Field<String> REMARK = text("remark");
    static final Field<String> CHANGES = text("changes");
    static final Field<Integer> ORDINAL = DSL.field(DSL.name("ordinal"), SQLDataType.INTEGER);
    static final Field<String> PACKAGE_VERSION = text("package_version");
    static final Field<String> PLUGIN = text("plugin");
    static final Field<Boolean> ENABLED = DSL.field(DSL.name("enabled"), SQLDataType.BOOLEAN);
    static final Field<Instant> NOTED_AT = time("noted_at");
    static final Field<String> PACKAGE_NAME = text("package_name");
    static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);
    static final Field<String> FROM_VERSION = text("from_version");
    static final Field<String> TO_VERSION = text("to_version");
    static final Field<String> ELEMENT = text("element");
    static final Field<String> PROPERTY = text("property");
    static final Field<String> BASE = text("base_value");
    static final Field<String> THEIRS = text("their_value");
    static final Field<String> MINE = text("my_value");
    static final Field<String> STATE = text("state");
    static final Field<UUID> DECIDED_BY = DSL.field(DSL.name("decided_by"), SQLDataType.UUID);
    static final Field<String> DECIDED_BY_NAME = text("decided_by_name");
    static final Field<Instant> DECIDED_AT = time("decided_at");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TenancyTables() {}

    private static Table<Record> table(String table) {
        return DSL.table(DSL.name(TenantSchemas.PLATFORM, table));
    }

    private static Field<String> text(String column) {
        return DSL.field(DSL.name(column), SQLDataType.VARCHAR);
    }

    private static Field<Instant> time(String column) {
        return DSL.field(DSL.name(column), SQLDataType.INSTANT);
    }

    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    static List<String> lines(String json) {
        return JSON.readValue(json, new TypeReference<List<String>>() {});
    }

    static Map<String, String> texts(String json) {
        return JSON.readValue(json, new TypeReference<LinkedHashMap<String, String>>() {});
    }
}
