package dev.tenon.store.records;

import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.records.StoredFile;
import dev.tenon.records.port.FileStore;
import dev.tenon.store.Database;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.TenantTables;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Files of fields in the tenants' schemas. Safe for use by several threads and nodes. */
public final class JooqFileStore implements FileStore {

    /** Every table that keeps bytes under a hash; what is missing here loses its bytes. */
    public static final List<String> KEEPERS = List.of("tenon_file", "tenon_attachment", "tenon_import");

    /** The column of the keepers. */
    static final String HASH_COLUMN = "content_hash";

    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);
    private static final Field<String> OBJECT = DSL.field(DSL.name("object_name"), SQLDataType.VARCHAR);
    private static final Field<String> FIELD = DSL.field(DSL.name("field_name"), SQLDataType.VARCHAR);
    private static final Field<UUID> RECORD = DSL.field(DSL.name("record_id"), SQLDataType.UUID);
    private static final Field<String> NAME = DSL.field(DSL.name("file_name"), SQLDataType.VARCHAR);
    private static final Field<String> MEDIA = DSL.field(DSL.name("media_type"), SQLDataType.VARCHAR);
    private static final Field<Long> SIZE = DSL.field(DSL.name("size_bytes"), SQLDataType.BIGINT);
    private static final Field<Integer> WIDTH = DSL.field(DSL.name("width"), SQLDataType.INTEGER);
    private static final Field<Integer> HEIGHT = DSL.field(DSL.name("height"), SQLDataType.INTEGER);
    private static final Field<String> HASH = DSL.field(DSL.name(HASH_COLUMN), SQLDataType.VARCHAR);
    private static final Field<UUID> CREATED_BY = DSL.field(DSL.name("created_by"), SQLDataType.UUID);
    private static final Field<Instant> CREATED_AT = DSL.field(DSL.name("created_at"), SQLDataType.INSTANT);

    private final Database database;
    private final Catalogue catalogue;

    public JooqFileStore(Database database, Catalogue catalogue) {
        this.database = database;
        this.catalogue = catalogue;
    }

    @Override
    public void insert(String tenant, Entry entry) {
        StoredFile file = entry.file();
        database.dsl()
                .insertInto(at(tenant, "tenon_file"))
                .set(ID, file.id())
                .set(OBJECT, entry.object())
                .set(FIELD, entry.field())
                .set(RECORD, entry.recordId().orElse(null))
                .set(NAME, file.name())
                .set(MEDIA, file.mediaType())
                .set(SIZE, file.size())
                .set(WIDTH, file.pixels().map(StoredFile.Pixels::width).orElse(null))
                .set(HEIGHT, file.pixels().map(StoredFile.Pixels::height).orElse(null))
                .set(HASH, entry.contentHash())
                .set(CREATED_BY, entry.createdBy())
                .set(CREATED_AT, entry.createdAt())
                .execute();
    }

    @Override
    public Map<UUID, Entry> find(String tenant, Collection<UUID> ids) {
        Map<UUID, Entry> found = new HashMap<>();
        if (!ids.isEmpty()) {
            database.dsl()
                    .select(ID, OBJECT, FIELD, RECORD, NAME, MEDIA, SIZE, WIDTH, HEIGHT, HASH, CREATED_BY, CREATED_AT)
                    .from(at(tenant, "tenon_file"))
                    .where(ID.in(Set.copyOf(ids)))
                    .forEach(row -> found.put(row.get(ID), entry(row)));
        }
        return found;
    }

    private static Entry entry(Record row) {
        @Nullable Integer width = row.get(WIDTH);
        @Nullable Integer height = row.get(HEIGHT);
        return new Entry(
                new StoredFile(
                        row.get(ID),
                        row.get(NAME),
                        row.get(MEDIA),
                        row.get(SIZE),
                        width == null || height == null
                                ? Optional.empty()
                                : Optional.of(new StoredFile.Pixels(width, height))),
                row.get(OBJECT),
                row.get(FIELD),
                Optional.ofNullable(row.get(RECORD)),
                row.get(HASH),
                row.get(CREATED_BY),
                row.get(CREATED_AT));
    }

    @Override
    public int claim(String tenant, UUID recordId, Collection<UUID> ids) {
        return database.dsl()
                .update(at(tenant, "tenon_file"))
                .set(RECORD, recordId)
                .where(ID.in(Set.copyOf(ids)))
                .and(RECORD.isNull().or(RECORD.eq(recordId)))
                .execute();
    }

    @Override
    public int removeUnclaimed(String tenant, Instant before, int limit) {
        Table<Record> files = at(tenant, "tenon_file");
        List<UUID> old = database.dsl()
                .select(ID)
                .from(files)
                .where(RECORD.isNull())
                .and(CREATED_AT.lt(before))
                .limit(limit)
                .fetch(ID);
        // Asked once more: a save may have taken one of them meanwhile.
        return old.isEmpty()
                ? 0
                : database.dsl()
                        .deleteFrom(files)
                        .where(ID.in(old))
                        .and(RECORD.isNull())
                        .execute();
    }

    @Override
    public int removeOrphans(Model model, Instant before) {
        return catalogue.gate().using(model.tenant(), () -> {
            TenantTables tables = catalogue.tables(model);
            int removed = 0;
            // What belongs to an object that is not in the model stays: its table does, too.
            for (ObjectType object : model.objects().values()) {
                removed += removeOrphans(model.tenant(), "tenon_file", object.name(), tables, before);
                removed += removeOrphans(model.tenant(), "tenon_attachment", object.name(), tables, before);
            }
            return removed;
        });
    }

    private int removeOrphans(String tenant, String table, String object, TenantTables tables, Instant before) {
        Table<Record> held = at(tenant, table);
        Field<UUID> holder = DSL.field(held.getQualifiedName().append("record_id"), SQLDataType.UUID);
        return database.dsl()
                .deleteFrom(held)
                .where(OBJECT.eq(object))
                .and(holder.isNotNull())
                .and(CREATED_AT.lt(before))
                .and(DSL.notExists(one(tables.table(object), "id", holder)))
                .and(DSL.notExists(one(at(tenant, "tenon_bin_record"), "record_id", holder)))
                .execute();
    }

    private Select<?> one(Table<Record> from, String column, Field<UUID> holder) {
        Condition same = DSL.field(from.getQualifiedName().append(column), SQLDataType.UUID)
                .eq(holder);
        return database.dsl().selectOne().from(from).where(same);
    }

    @Override
    public List<String> referenced(String tenant, List<String> hashes) {
        Set<String> referenced = new HashSet<>();
        if (!hashes.isEmpty()) {
            for (String keeper : KEEPERS) {
                referenced.addAll(database.dsl()
                        .selectDistinct(HASH)
                        .from(at(tenant, keeper))
                        .where(HASH.in(hashes))
                        .fetch(HASH));
            }
        }
        return List.copyOf(referenced);
    }

    private static Table<Record> at(String tenant, String table) {
        return DSL.table(DSL.name(TenantSchemas.nameOf(tenant), table));
    }
}
