package dev.tenon.store.schema;

import dev.tenon.store.Database;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.CatalogueContent.Index;
import dev.tenon.tenancy.SchemaChange.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Copies a table into its new form in batches, for H2, whose own way keeps readers out for as long as it takes. Nobody
 * writes to the object meanwhile; the old table is read until the catalogue names the new one.
 */
final class TableCopy {

    private static final int BATCH = 2_000;
    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);

    private final Database database;
    private final Catalogue catalogue;
    private final TableForms forms;
    private final RecastColumns columns;

    TableCopy(Database database, Catalogue catalogue, TableForms forms, RecastColumns columns) {
        this.database = database;
        this.catalogue = catalogue;
        this.forms = forms;
        this.columns = columns;
    }

    void run(String tenant, SchemaStep.CopyTable step, StepProgress progress, Runnable applied, Runnable mark) {
        catalogue.gate().copying(tenant, step.object(), () -> progress.waiting(step.object()), () -> {
            abandon(tenant, step);
            Table<Record> copy = Catalogue.at(tenant, step.to());
            forms.create(copy, kept(tenant, step));
            step.recasts().forEach(recast -> columns.addComputed(copy, recast));
            copyRows(tenant, step, progress);
            int built = 0;
            for (Index index : step.indexes()) {
                progress.at(
                        step.object(),
                        Phase.BUILDING_INDEX,
                        built++,
                        step.indexes().size());
                forms.addIndex(copy, index, step.columns());
            }
            progress.at(step.object(), Phase.BUILDING_INDEX, built, built);
            applied.run();
            database.transactions().run(() -> {
                catalogue.noteInstead(tenant, step.object(), step.to(), step.columns(), step.indexes());
                step.recasts().forEach(recast -> catalogue.noteRecast(tenant, step.object(), recast));
                mark.run();
            });
            // Before the first writer comes: it must find the new table.
            catalogue.forget(tenant);
        });
    }

    /** The columns of the copy that are no others' conversions, with those that fields had before. */
    private List<Column> kept(String tenant, SchemaStep.CopyTable step) {
        List<Column> all = new ArrayList<>(step.columns());
        for (Recast recast : step.recasts()) {
            all.set(all.indexOf(recast.to()), recast.from());
        }
        catalogue.read(tenant).former().stream()
                .filter(former -> former.object().equals(step.object()))
                .forEach(former -> all.add(former.column()));
        return all;
    }

    /** Removes an unfinished copy. */
    void abandon(String tenant, SchemaStep.CopyTable step) {
        boolean inUse = step.to().equals(catalogue.read(tenant).tables().get(step.object()));
        if (!inUse) {
            database.dsl().dropTableIfExists(Catalogue.at(tenant, step.to())).execute();
        }
    }

    private void copyRows(String tenant, SchemaStep.CopyTable step, StepProgress progress) {
        Table<Record> from = Catalogue.at(tenant, step.from());
        Table<Record> to = Catalogue.at(tenant, step.to());
        Set<String> present = catalogue
                .read(tenant)
                .allColumnsOf(step.object())
                .map(Column::name)
                .collect(Collectors.toSet());
        List<Field<?>> columns = kept(tenant, step).stream()
                .filter(column -> present.contains(column.name()))
                .<Field<?>>map(TableCopy::field)
                .toList();
        long total = database.dsl().fetchCount(from);
        long done = 0;
        UUID last = null;
        do {
            progress.at(step.object(), Phase.COPYING_ROWS, done, total);
            UUID end = endOfBatch(from, last);
            Condition batch = within(last, end);
            done += database.dsl()
                    .insertInto(to, columns)
                    .select(DSL.select(columns).from(from).where(batch))
                    .execute();
            last = end;
        } while (last != null);
        progress.at(step.object(), Phase.COPYING_ROWS, done, total);
    }

    private @Nullable UUID endOfBatch(Table<Record> from, @Nullable UUID last) {
        return database.dsl()
                .select(ID)
                .from(from)
                .where(within(last, null))
                .orderBy(ID)
                .offset(BATCH - 1)
                .limit(1)
                .fetchOne(ID);
    }

    private static Condition within(@Nullable UUID after, @Nullable UUID upTo) {
        Condition lower = after == null ? DSL.noCondition() : ID.gt(after);
        return upTo == null ? lower : lower.and(ID.le(upTo));
    }

    private static Field<?> field(Column column) {
        return DSL.field(DSL.name(column.name()));
    }
}
