package dev.tenon.store.schema;

import dev.tenon.store.Database;
import dev.tenon.store.StoreError;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.CatalogueContent.Former;
import dev.tenon.tenancy.SchemaChange.Phase;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Columns that are filled from others. Until the model that uses them is in force the database itself keeps them right,
 * whoever writes: PostgreSQL with a trigger beside which the rows of before are filled in batches, H2 by computing the
 * column.
 */
final class RecastColumns {

    private static final int BATCH = 1_000;
    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);

    private final Database database;
    private final Catalogue catalogue;
    private final TableForms forms;

    RecastColumns(Database database, Catalogue catalogue, TableForms forms) {
        this.database = database;
        this.catalogue = catalogue;
        this.forms = forms;
    }

    // H2

    /** A column that H2 computes; for that it goes through the table, which had better be small. */
    void addComputed(Table<Record> table, Recast recast) {
        String type = database.dsl()
                .render(DSL.sql(database.dialect()
                        .columnType(recast.to().type())
                        .getCastTypeName(database.dsl().configuration())));
        run("alter table " + name(table) + " add column if not exists " + name(recast.to()) + " " + type
                + " generated always as (" + database.dsl().renderInlined(recast.value()) + ")");
    }

    private void makePlain(String tenant, String table, Column column) {
        run("alter table " + name(Catalogue.at(tenant, table)) + " alter column " + name(column) + " drop expression");
    }

    // PostgreSQL

    /** The column, empty, and the trigger. */
    void begin(String tenant, SchemaStep.RecastColumn step) {
        Recast recast = step.recast();
        Table<Record> table = Catalogue.at(tenant, step.table());
        database.transactions().run(() -> {
            run(GivingWay.SHORTLY);
            dropTrigger(tenant, step.table(), recast.to());
            run("alter table " + name(table) + " drop column if exists " + name(recast.to()));
            database.dsl()
                    .alterTable(table)
                    .add(forms.definition(recast.to(), true))
                    .execute();
            addTrigger(tenant, table, step.table(), recast);
        });
    }

    private void addTrigger(String tenant, Table<Record> table, String tableName, Recast recast) {
        String value = database.dsl()
                .renderInlined(recast.value(column ->
                        DSL.field(DSL.name("new", column.name()), column.type().valueType())));
        String source = "new." + name(recast.from());
        run("create function " + trigger(tenant, tableName, recast.to())
                + "() returns trigger language plpgsql as $fill$"
                // Who saves with the new model writes the new column alone, and a new record has nothing in the old
                // one.
                + " begin if tg_op = 'UPDATE' or " + source + " is not null then new." + name(recast.to()) + " := "
                + value + "; end if; return new; end $fill$");
        run("create trigger " + quoted(triggerName(tableName, recast.to())) + " before insert or update of "
                + name(recast.from()) + " on " + name(table) + " for each row execute function "
                + trigger(tenant, tableName, recast.to()) + "()");
    }

    private void dropTrigger(String tenant, String table, Column column) {
        run("drop trigger if exists " + quoted(triggerName(table, column)) + " on "
                + name(Catalogue.at(tenant, table)));
        run("drop function if exists " + trigger(tenant, table, column) + "()");
    }

    /** Fills the rows of before. Only a moment's worth of them is locked at a time. */
    void fill(String tenant, SchemaStep.RecastColumn step, StepProgress progress) {
        Table<Record> table = Catalogue.at(tenant, step.table());
        long total = database.dsl().fetchCount(table);
        long done = 0;
        UUID last = null;
        while (true) {
            progress.at(step.object(), Phase.CONVERTING, Math.min(done, total), total);
            UUID after = last;
            List<UUID> batch = database.dsl()
                    .select(ID)
                    .from(table)
                    .where(after == null ? DSL.noCondition() : ID.gt(after))
                    .orderBy(ID)
                    .limit(BATCH)
                    .fetch(ID);
            if (batch.isEmpty()) {
                break;
            }
            UUID end = batch.getLast();
            progress.giving(step.object(), () -> fill(table, step.recast(), after, end));
            done += batch.size();
            last = end;
        }
        progress.at(step.object(), Phase.CONVERTING, total, total);
        if (database.dsl()
                .fetchExists(DSL.selectOne().from(table).where(step.recast().open()))) {
            throw StoreError.BUSY.error().with("state", "conversion").build();
        }
    }

    /** Locks in the order of the keys, as saves do, and gives way before the database would have to choose a victim. */
    private void fill(Table<Record> table, Recast recast, @Nullable UUID after, UUID end) {
        Condition range = ID.le(end).and(after == null ? DSL.noCondition() : ID.gt(after));
        Field<?> target =
                DSL.field(DSL.name(recast.to().name()), recast.to().type().valueType());
        database.transactions().run(() -> {
            run(GivingWay.SHORTLY);
            List<UUID> rows = database.dsl()
                    .select(ID)
                    .from(table)
                    .where(range)
                    .and(recast.open())
                    .orderBy(ID)
                    .forNoKeyUpdate()
                    .fetch(ID);
            if (!rows.isEmpty()) {
                database.dsl()
                        .update(table)
                        .set(Map.of(target, recast.value()))
                        .where(ID.in(rows))
                        .execute();
            }
        });
    }

    void abandon(String tenant, SchemaStep.RecastColumn step) {
        database.transactions().run(() -> {
            run(GivingWay.SHORTLY);
            dropTrigger(tenant, step.table(), step.recast().to());
            run("alter table " + name(Catalogue.at(tenant, step.table())) + " drop column if exists "
                    + name(step.recast().to()));
        });
    }

    // After the step

    /** The model that uses the new columns is in force: nothing computes them any more. */
    void settle(String tenant, CatalogueContent have, Former former) {
        Column column = have.columnsOf(former.object()).get(former.column().field());
        String table = have.tables().get(former.object());
        if (column != null && table != null) {
            if (database.dialect().transactionalSchemaChanges()) {
                GivingWay.run(() -> database.transactions().run(() -> {
                    run(GivingWay.SHORTLY);
                    dropTrigger(tenant, table, column);
                }));
            } else {
                makePlain(tenant, table, column);
            }
        }
        database.transactions().run(() -> new ColumnVersions(database).settled(tenant, former));
    }

    /** H2 refuses values for a column that it computes, so it must stop in the very moment of the switch. */
    void settleAtSwitch(String tenant) {
        if (!database.dialect().transactionalSchemaChanges()) {
            catalogue.gate().atSwitch(tenant, () -> {
                CatalogueContent have = catalogue.read(tenant);
                have.former().stream().filter(f -> !f.settled()).forEach(f -> settle(tenant, have, f));
            });
        }
    }

    /** The model never came in force: the field goes on with the column of before. */
    void takeBack(String tenant, CatalogueContent have, Former former) {
        Column column = have.columnsOf(former.object()).get(former.column().field());
        String table = have.tables().get(former.object());
        catalogue.gate().forgetAtSwitch(tenant);
        database.transactions().run(() -> {
            catalogue.note(tenant, former.object(), List.of(former.column()));
            new ColumnVersions(database).forget(tenant, former.object(), former.column());
        });
        if (column == null || table == null) {
            return;
        }
        if (database.dialect().transactionalSchemaChanges()) {
            GivingWay.run(() -> abandon(
                    tenant,
                    new SchemaStep.RecastColumn(
                            former.object(),
                            table,
                            new Recast(
                                    former.column(),
                                    column,
                                    List.of(),
                                    null,
                                    former.until(),
                                    Recast.Way.CONVERTED,
                                    former.meaning()),
                            true)));
        } else {
            catalogue.gate().changing(tenant, () -> {}, () -> {
                new ColumnIndexes(database.dsl()).drop(tenant, table, column.name());
                run("alter table " + name(Catalogue.at(tenant, table)) + " drop column if exists " + name(column));
            });
        }
    }

    private static String triggerName(String table, Column column) {
        return Names.identifier(table + "__" + column.name() + "__fill");
    }

    private String trigger(String tenant, String table, Column column) {
        return quoted(TenantSchemas.nameOf(tenant), triggerName(table, column));
    }

    private String name(Table<Record> table) {
        return database.dsl().render(table);
    }

    private String name(Column column) {
        return quoted(column.name());
    }

    private static String quoted(String... parts) {
        return Stream.of(parts).map(p -> '"' + p + '"').collect(Collectors.joining("."));
    }

    private void run(String sql) {
        database.withConnection(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }
}
