package dev.tenon.store.schema;

import dev.tenon.store.Database;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * What was read of the catalogue, for as long as nobody on any node has changed it since; then only what is said of the
 * changed objects is read again. A stamp is written in the transaction of the change and is never the same twice: what was
 * read inside a transaction that is rolled back, or of a tenant whose name another one has now, has a stamp that nobody finds.
 * Safe for use by several threads.
 */
final class CatalogueStamps {

    /** Stands for all objects together. */
    private static final String ALL = "";

    /** Beyond this everything is read: the names alone make a long statement. */
    private static final int MOST_ONE_BY_ONE = 100;

    private static final Field<String> OBJECT = DSL.field(DSL.name("object_name"), SQLDataType.VARCHAR(200));
    private static final Field<String> STAMP = DSL.field(DSL.name("stamp"), SQLDataType.VARCHAR(40));

    /** @param stamps by object */
    private record Stamped(String stamp, Map<String, String> stamps, CatalogueContent content) {}

    private final Database database;
    private final CatalogueRows rows;
    private final Map<String, Stamped> known = new ConcurrentHashMap<>();

    CatalogueStamps(Database database, CatalogueRows rows) {
        this.database = database;
        this.rows = rows;
    }

    private static Table<Record> table(String tenant) {
        return Catalogue.at(tenant, "tenon_catalogue_stamp");
    }

    /** What the catalogue says at this moment, without former columns. */
    CatalogueContent content(String tenant) {
        Stamped before = known.get(tenant);
        if (before != null && before.stamp().equals(stamp(tenant))) {
            return before.content();
        }
        // Asked for before: what is changed while it is read is read again by the next.
        Map<String, String> stamps = stamps(tenant);
        CatalogueContent content = before == null ? rows.all(tenant) : renewed(tenant, before, stamps);
        String stamp = stamps.get(ALL);
        if (stamp != null) {
            known.put(tenant, new Stamped(stamp, stamps, content));
        }
        return content;
    }

    private CatalogueContent renewed(String tenant, Stamped before, Map<String, String> stamps) {
        Set<String> changed = new HashSet<>(before.stamps().keySet());
        changed.addAll(before.content().tables().keySet());
        changed.addAll(stamps.keySet());
        changed.removeIf(object -> object.equals(ALL)
                || stamps.containsKey(object)
                        && stamps.get(object).equals(before.stamps().get(object)));
        return changed.size() > MOST_ONE_BY_ONE
                ? rows.all(tenant)
                : before.content().with(changed, rows.of(tenant, changed));
    }

    private @Nullable String stamp(String tenant) {
        return database.dsl()
                .select(STAMP)
                .from(table(tenant))
                .where(OBJECT.eq(ALL))
                .fetchOne(STAMP);
    }

    private Map<String, String> stamps(String tenant) {
        Map<String, String> stamps = new HashMap<>();
        database.dsl()
                .select(OBJECT, STAMP)
                .from(table(tenant))
                .fetch()
                .forEach(row -> stamps.put(row.value1(), row.value2()));
        return Map.copyOf(stamps);
    }

    /** Changes what the catalogue says of an object. */
    void change(String tenant, String object, Runnable work) {
        database.transactions().run(() -> {
            work.run();
            String stamp = UUID.randomUUID().toString();
            database.dsl()
                    .deleteFrom(table(tenant))
                    .where(OBJECT.in(ALL, object))
                    .execute();
            database.dsl()
                    .insertInto(table(tenant), OBJECT, STAMP)
                    .values(ALL, stamp)
                    .values(object, stamp)
                    .execute();
        });
    }

    void forget(String tenant) {
        known.remove(tenant);
    }
}
