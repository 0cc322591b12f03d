package dev.tenon.store.schema;

import dev.tenon.store.Database;
import dev.tenon.store.Dialect;
import dev.tenon.store.H2Dialect;
import dev.tenon.store.PostgresDialect;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.CatalogueContent.Index;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Does single steps, each of them as often as asked with the same result. */
final class SchemaSteps {

    private final Database database;
    private final Catalogue catalogue;
    private final TableForms forms;
    private final RecastColumns recasts;
    private final TableCopy copies;
    private final ConcurrentIndex indexes;
    private final BiPredicate<String, String> large;

    RecastColumns recasts() {
        return recasts;
    }

    /** @param large whether a statement that rewrites a tenant's table would keep people waiting */
    SchemaSteps(Database database, Catalogue catalogue, BiPredicate<String, String> large) {
        this.database = database;
        this.catalogue = catalogue;
        this.forms = new TableForms(database);
        this.recasts = new RecastColumns(database, catalogue, forms);
        this.copies = new TableCopy(database, catalogue, forms, recasts);
        this.indexes = new ConcurrentIndex(database, forms);
        this.large = large;
    }

    /**
     * Does the step, notes it in the catalogue and runs {@code mark}: all in one transaction where the database can,
     * else in an order in which an interruption only means doing the step again.
     */
    void run(String tenant, SchemaStep step, StepProgress progress, Runnable applied, Runnable mark) {
        if (step instanceof SchemaStep.CopyTable copy) {
            copies.run(tenant, copy, progress, applied, mark);
            return;
        }
        if (step instanceof SchemaStep.RecastColumn recast && database.dialect().transactionalSchemaChanges()) {
            progress.giving(recast.object(), () -> recasts.begin(tenant, recast));
            recasts.fill(tenant, recast, progress);
            applied.run();
            database.transactions().run(() -> {
                note(tenant, step);
                mark.run();
            });
            return;
        }
        if (step instanceof SchemaStep.AddIndex add && add.online()) {
            indexes.run(tenant, add, columnsOf(tenant, add.index()), progress);
            applied.run();
            database.transactions().run(() -> {
                note(tenant, step);
                mark.run();
            });
            return;
        }
        progress.giving(step.concerns(), () -> once(tenant, step, progress, applied, mark));
    }

    /** Takes back what a step that takes its time has done before its end. */
    void abandon(String tenant, SchemaStep step) {
        switch (step) {
            case SchemaStep.CopyTable copy -> copies.abandon(tenant, copy);
            case SchemaStep.AddIndex add
            when add.online() -> indexes.abandon(tenant, add.index().name());
            case SchemaStep.RecastColumn recast -> GivingWay.run(() -> recasts.abandon(tenant, recast));
            case SchemaStep.DropColumns drop -> {}
            case SchemaStep.DropObject drop -> {}
            case SchemaStep.AddIndex add -> {}
            case SchemaStep.CreateTable create -> {}
            case SchemaStep.AddColumns add -> {}
            case SchemaStep.ChangeType change -> {}
            case SchemaStep.DropIndex drop -> {}
            case SchemaStep.DropTable drop -> {}
        }
    }

    private Collection<Column> columnsOf(String tenant, Index index) {
        return catalogue.read(tenant).columnsOf(index.object()).values();
    }

    private void once(String tenant, SchemaStep step, StepProgress progress, Runnable applied, Runnable mark) {
        if (database.dialect().transactionalSchemaChanges()) {
            database.transactions().run(() -> {
                database.dsl().execute(GivingWay.SHORTLY);
                apply(tenant, step);
                applied.run();
                note(tenant, step);
                mark.run();
            });
        } else {
            catalogue.gate().changing(tenant, () -> progress.waiting(step.concerns()), () -> apply(tenant, step));
            applied.run();
            database.transactions().run(() -> {
                note(tenant, step);
                mark.run();
            });
        }
    }

    private void apply(String tenant, SchemaStep step) {
        DSLContext dsl = database.dsl();
        switch (step) {
            case SchemaStep.CreateTable(String object, String name, List<Column> columns, List<Index> indexes) -> {
                Table<Record> table = Catalogue.at(tenant, name);
                forms.create(table, columns);
                indexes.forEach(index -> forms.addIndex(table, index, columns));
            }
            case SchemaStep.AddColumns(String object, String name, List<Column> columns) -> {
                Table<Record> table = Catalogue.at(tenant, name);
                // What the catalogue does not know is of an interrupted attempt, or has yet to be removed with its
                // values.
                dropColumns(table, columns.stream().map(Column::name).toList());
                // All at once: H2 copies the table for every such statement.
                dsl.alterTable(table)
                        .add(columns.stream()
                                .map(column -> forms.definition(column, true))
                                .toArray(Field<?>[]::new))
                        .execute();
            }
            case SchemaStep.ChangeType(String object, String name, Column column) -> {
                dropUnusedFolds(tenant, name, List.of(column.name()));
                changeType(tenant, name, column);
            }
            case SchemaStep.AddIndex(String name, Index index, boolean online) ->
                forms.addIndex(Catalogue.at(tenant, name), index, columnsOf(tenant, index));
            case SchemaStep.CopyTable copy -> throw new IllegalStateException("has a way of its own: " + copy);
            case SchemaStep.RecastColumn recast ->
                recasts.addComputed(Catalogue.at(tenant, recast.table()), recast.recast());
            case SchemaStep.DropColumns(String object, String name, List<String> columns) -> {
                dropUnusedFolds(tenant, name, columns);
                Set<String> used = catalogue
                        .read(tenant)
                        .allColumnsOf(object)
                        .map(Column::name)
                        .collect(Collectors.toSet());
                dropColumns(
                        Catalogue.at(tenant, name),
                        columns.stream()
                                .filter(column -> !used.contains(column))
                                .toList());
            }
            case SchemaStep.DropObject(String object, String name) ->
                dsl.dropTableIfExists(Catalogue.at(tenant, name)).execute();
            case SchemaStep.DropTable(String object, String name) ->
                dsl.dropTableIfExists(Catalogue.at(tenant, name)).execute();
            case SchemaStep.DropIndex(String object, String index) -> dropIndex(tenant, object, index);
        }
    }

    private void dropColumns(Table<Record> table, List<String> names) {
        Set<String> present = columnNames(table);
        List<Field<?>> gone = names.stream()
                .filter(present::contains)
                .<Field<?>>map(name -> DSL.field(DSL.name(name)))
                .toList();
        if (!gone.isEmpty()) {
            database.dsl().alterTable(table).dropColumns(gone).execute();
        }
    }

    private void dropIndex(String tenant, String object, String index) {
        DSLContext dsl = database.dsl();
        // As a template: jOOQ's own statement leaves the schema out on PostgreSQL, and then finds nothing.
        dsl.execute("drop index if exists {0}", DSL.name(TenantSchemas.nameOf(tenant), index));
        CatalogueContent have = catalogue.read(tenant);
        String table = have.tables().get(object);
        if (table != null) {
            dropUnusedFolds(
                    tenant, table, have.allColumnsOf(object).map(Column::name).toList());
        }
    }

    /** H2 copies the table for it: those of a large one are left to its next copy, which does not have them. */
    private void dropUnusedFolds(String tenant, String table, Collection<String> columns) {
        if (database.dialect() instanceof H2Dialect && !large.test(tenant, table)) {
            new FoldedColumns(database.dsl()).dropUnused(tenant, table, columns);
        }
    }

    private void note(String tenant, SchemaStep step) {
        switch (step) {
            case SchemaStep.CreateTable created -> catalogue.note(tenant, created);
            case SchemaStep.AddColumns(String object, String table, List<Column> columns) ->
                catalogue.note(tenant, object, columns);
            case SchemaStep.ChangeType(String object, String table, Column column) ->
                catalogue.note(tenant, object, List.of(column));
            case SchemaStep.CopyTable copy -> throw new IllegalStateException("has a way of its own: " + copy);
            case SchemaStep.RecastColumn recast -> catalogue.noteRecast(tenant, recast.object(), recast.recast());
            case SchemaStep.DropColumns drop -> {}
            case SchemaStep.DropObject drop -> catalogue.forgetObject(tenant, drop.object());
            case SchemaStep.DropTable drop -> {}
            case SchemaStep.AddIndex(String table, Index index, boolean online) -> catalogue.note(tenant, index);
            case SchemaStep.DropIndex(String object, String index) -> catalogue.forgetIndex(tenant, object, index);
        }
    }

    private Set<String> columnNames(Table<Record> table) {
        return database.dsl()
                .select(DSL.asterisk())
                .from(table)
                .where(DSL.falseCondition())
                .fetch()
                .fieldStream()
                .map(Field::getName)
                .collect(Collectors.toSet());
    }

    private void changeType(String tenant, String name, Column column) {
        Dialect dialect = database.dialect();
        DataType<?> type = dialect.columnType(column.type());
        Field<?> field = DSL.field(DSL.name(column.name()));
        String statement = switch (dialect) {
            case H2Dialect h2 -> "alter table {0} alter column {1} set data type {2}";
            // The conversion is spelled out where it touches values, so that one which appeared meanwhile fails the
            // step
            // instead of getting lost. Longer text and more digits are a matter of the catalogue alone.
            case PostgresDialect postgres ->
                "alter table {0} alter column {1} type {2}"
                        + (column.type() instanceof ColumnType.Text ? " collate \"C\"" : "")
                        + (onlyLonger(tenant, name, column) ? "" : " using cast(cast({1} as text) as {2})");
        };
        database.dsl()
                .execute(
                        statement,
                        Catalogue.at(tenant, name),
                        field,
                        DSL.sql(type.getCastTypeName(database.dsl().configuration())));
    }

    private boolean onlyLonger(String tenant, String table, Column column) {
        return catalogue.read(tenant).tables().entrySet().stream()
                .filter(entry -> entry.getValue().equals(table))
                .map(entry -> catalogue.read(tenant).columnsOf(entry.getKey()).get(column.field()))
                .anyMatch(present -> present != null && column.type().holdsAsStored(present.type()));
    }
}
