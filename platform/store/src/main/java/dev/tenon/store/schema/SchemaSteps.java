package dev.tenon.store.schema;

import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.Dialect;
import dev.tenon.store.H2Dialect;
import dev.tenon.store.PostgresDialect;
import dev.tenon.store.StoreError;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.CatalogueContent.Index;
import dev.tenon.store.sql.ExpressionSql;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.CreateTableElementListStep;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Does single steps, each of them as often as asked with the same result. */
final class SchemaSteps {

    /** A change that waits for a long query would make everybody behind it wait too: better give way and come back. */
    private static final String LOCK_TIMEOUT = "3s";

    private static final int ATTEMPTS = 10;
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final Database database;
    private final Catalogue catalogue;

    SchemaSteps(Database database, Catalogue catalogue) {
        this.database = database;
        this.catalogue = catalogue;
    }

    /**
     * Does the step, notes it in the catalogue and runs {@code mark}: all in one transaction where the database can,
     * else in an order in which an interruption only means doing the step again.
     */
    void run(String tenant, SchemaStep step, Runnable applied, Runnable mark) {
        for (int attempt = 1; ; attempt++) {
            try {
                once(tenant, step, applied, mark);
                return;
            } catch (PlatformException e) {
                boolean passing = e.code() == StoreError.BUSY || e.code() == StoreError.CONFLICT;
                if (!passing || attempt == ATTEMPTS) {
                    throw e;
                }
                pause(attempt);
            }
        }
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(PAUSE.multipliedBy(attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StoreError.BUSY
                    .error()
                    .with("state", "interrupted")
                    .causedBy(e)
                    .build();
        }
    }

    private void once(String tenant, SchemaStep step, Runnable applied, Runnable mark) {
        if (database.dialect().transactionalSchemaChanges()) {
            database.transactions().run(() -> {
                database.dsl().execute("set local lock_timeout = '" + LOCK_TIMEOUT + "'");
                apply(tenant, step);
                applied.run();
                note(tenant, step);
                mark.run();
            });
        } else {
            catalogue.gate().changing(tenant, () -> apply(tenant, step));
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
                CreateTableElementListStep create = dsl.createTableIfNotExists(table);
                for (Column column : columns) {
                    boolean mandatory =
                            column.name().equals("id") || column.name().equals("version");
                    create = create.column(definition(column, !mandatory));
                }
                create.constraint(DSL.primaryKey(DSL.field(DSL.name("id")))).execute();
                indexes.forEach(index -> addIndex(table, index, columns));
            }
            case SchemaStep.AddColumns(String object, String name, List<Column> columns) -> {
                Table<Record> table = Catalogue.at(tenant, name);
                Set<String> present = columnNames(table);
                List<Field<?>> missing = columns.stream()
                        .filter(column -> !present.contains(column.name()))
                        .<Field<?>>map(column -> definition(column, true))
                        .toList();
                // All at once: H2 copies the table for every such statement.
                if (!missing.isEmpty()) {
                    dsl.alterTable(table).add(missing.toArray(Field<?>[]::new)).execute();
                }
            }
            case SchemaStep.ChangeType(String object, String name, Column column) -> changeType(tenant, name, column);
            case SchemaStep.AddIndex(String name, Index index) ->
                addIndex(
                        Catalogue.at(tenant, name),
                        index,
                        catalogue.read(tenant).columnsOf(index.object()).values().stream()
                                .toList());
            case SchemaStep.DropIndex(String object, String index) -> dropIndex(tenant, object, index);
        }
    }

    private void dropIndex(String tenant, String object, String index) {
        DSLContext dsl = database.dsl();
        // As a template: jOOQ's own statement leaves the schema out on PostgreSQL, and then finds nothing.
        dsl.execute("drop index if exists {0}", DSL.name(TenantSchemas.nameOf(tenant), index));
        if (database.dialect() instanceof H2Dialect) {
            new FoldedColumns(dsl).dropUnused(tenant, catalogue.read(tenant), object, index);
        }
    }

    private void note(String tenant, SchemaStep step) {
        switch (step) {
            case SchemaStep.CreateTable(String object, String table, List<Column> columns, List<Index> indexes) -> {
                catalogue.note(tenant, object, table);
                catalogue.note(tenant, object, columns);
                indexes.forEach(index -> catalogue.note(tenant, index));
            }
            case SchemaStep.AddColumns(String object, String table, List<Column> columns) ->
                catalogue.note(tenant, object, columns);
            case SchemaStep.ChangeType(String object, String table, Column column) ->
                catalogue.note(tenant, object, List.of(column));
            case SchemaStep.AddIndex(String table, Index index) -> catalogue.note(tenant, index);
            case SchemaStep.DropIndex(String object, String index) -> catalogue.forgetIndex(tenant, index);
        }
    }

    private Field<?> definition(Column column, boolean optional) {
        DataType<?> type = database.dialect().columnType(column.type());
        return DSL.field(DSL.name(column.name()), type.nullable(optional));
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

    private void addIndex(Table<Record> table, Index index, List<Column> columns) {
        List<OrderField<?>> parts = index.fields().stream()
                .<OrderField<?>>map(part -> {
                    Column column = columns.stream()
                            .filter(c -> c.field().equals(Index.fieldOf(part)))
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException("no column for " + part));
                    Field<?> field = Index.folded(part) ? folded(table, column) : DSL.field(DSL.name(column.name()));
                    return part.startsWith("-") ? field.desc() : field;
                })
                .toList();
        DSLContext dsl = database.dsl();
        (index.unique()
                        ? dsl.createUniqueIndexIfNotExists(DSL.name(index.name()))
                        : dsl.createIndexIfNotExists(DSL.name(index.name())))
                .on(table, parts)
                .execute();
    }

    /** H2 has no indexes on expressions, so there a column keeps the text in the form that is compared. */
    private Field<?> folded(Table<Record> table, Column column) {
        return switch (database.dialect()) {
            case H2Dialect h2 -> new FoldedColumns(database.dsl()).add(table, column);
            case PostgresDialect postgres ->
                ExpressionSql.fold(database.dsl().dialect(), DSL.field(DSL.name(column.name()), SQLDataType.VARCHAR));
        };
    }

    private void changeType(String tenant, String name, Column column) {
        Dialect dialect = database.dialect();
        DataType<?> type = dialect.columnType(column.type());
        Field<?> field = DSL.field(DSL.name(column.name()));
        // The conversion is spelled out so that a value which appeared meanwhile fails the step instead of getting
        // lost.
        String statement = switch (dialect) {
            case H2Dialect h2 -> "alter table {0} alter column {1} set data type {2}";
            case PostgresDialect postgres ->
                "alter table {0} alter column {1} type {2} using cast(cast({1} as text) as {2})";
        };
        database.dsl()
                .execute(
                        statement,
                        Catalogue.at(tenant, name),
                        field,
                        DSL.sql(type.getCastTypeName(database.dsl().configuration())));
    }
}
