package dev.tenon.store.schema;

import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.CatalogueContent.Index;
import dev.tenon.tenancy.SchemaChange.Phase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Builds indexes on PostgreSQL while others write: outside of a transaction, with progress, to be cancelled. */
final class ConcurrentIndex {

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Database database;
    private final TableForms forms;

    ConcurrentIndex(Database database, TableForms forms) {
        this.database = database;
        this.forms = forms;
    }

    void run(String tenant, SchemaStep.AddIndex step, Collection<Column> columns, StepProgress progress) {
        Index index = step.index();
        progress.at(index.object(), Phase.BUILDING_INDEX, 0, 0);
        if (!valid(tenant, index.name())) {
            abandon(tenant, index.name());
            build(tenant, step, columns, progress);
        }
    }

    /** A build that was interrupted leaves an index that costs each write and helps nobody. */
    void abandon(String tenant, String index) {
        autocommit("drop index concurrently if exists " + quoted(TenantSchemas.nameOf(tenant), index));
    }

    private boolean valid(String tenant, String index) {
        return database.dsl()
                        .fetchOne(
                                "select i.indisvalid from pg_index i join pg_class c on c.oid = i.indexrelid"
                                        + " join pg_namespace n on n.oid = c.relnamespace"
                                        + " where n.nspname = {0} and c.relname = {1} and i.indisvalid",
                                DSL.val(TenantSchemas.nameOf(tenant)), DSL.val(index))
                != null;
    }

    private void build(String tenant, SchemaStep.AddIndex step, Collection<Column> columns, StepProgress progress) {
        Index index = step.index();
        DSLContext dsl = database.dsl();
        String parts = dsl.renderInlined(DSL.list(
                forms.parts(Catalogue.at(tenant, step.table()), index, columns).toArray(org.jooq.QueryPart[]::new)));
        String sql = "create " + (index.unique() ? "unique " : "") + "index concurrently "
                + quoted(index.name()) + " on " + quoted(TenantSchemas.nameOf(tenant), step.table()) + " (" + parts
                + ")";
        AtomicReference<@Nullable Integer> process = new AtomicReference<>();
        CompletableFuture<Boolean> built = new CompletableFuture<>();
        Thread.ofVirtual().name("index of " + index.object()).start(() -> {
            try {
                database.withConnection(connection -> {
                    process.set(backend(connection));
                    execute(connection, sql);
                    return true;
                });
                built.complete(true);
            } catch (RuntimeException | Error fault) {
                built.completeExceptionally(fault);
            }
        });
        try {
            watch(tenant, index, progress, built, process);
        } catch (RuntimeException | Error interrupted) {
            if (!built.isDone()) {
                stop(process.get());
                built.exceptionally(ended -> true).join();
            }
            throw interrupted;
        }
    }

    private void watch(
            String tenant,
            Index index,
            StepProgress progress,
            CompletableFuture<Boolean> built,
            AtomicReference<@Nullable Integer> process) {
        while (true) {
            try {
                built.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                progress.at(index.object(), Phase.BUILDING_INDEX, 1, 1);
                return;
            } catch (TimeoutException notYet) {
                Integer id = process.get();
                Record row = id == null
                        ? null
                        : database.dsl()
                                .fetchOne(
                                        "select blocks_done, blocks_total from pg_stat_progress_create_index where pid = {0}",
                                        DSL.val(id));
                long done = row == null ? 0 : row.get(0, long.class);
                progress.at(index.object(), Phase.BUILDING_INDEX, done, row == null ? 0 : row.get(1, long.class));
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof PlatformException known ? known : new CompletionException(failed);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw StepProgress.cancelled(tenant);
            }
        }
    }

    private static @Nullable Integer backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var answer = statement.executeQuery("select pg_backend_pid()")) {
            return answer.next() ? answer.getInt(1) : null;
        }
    }

    private void stop(@Nullable Integer process) {
        if (process != null) {
            database.dsl().fetch("select pg_cancel_backend({0})", DSL.val(process));
        }
    }

    private void autocommit(String sql) {
        database.withConnection(connection -> {
            execute(connection, sql);
            return true;
        });
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String quoted(String... name) {
        return database.dsl().render(DSL.name(name));
    }
}
