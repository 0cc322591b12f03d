package dev.tenon.store.schema;

import static dev.tenon.store.TestModels.field;
import static dev.tenon.store.TestModels.model;
import static dev.tenon.store.TestModels.object;
import static dev.tenon.store.TestModels.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType.UniqueKey;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

class H2OnlineChangeTest extends OnlineChangeContract {
    @Override
    DatabaseSettings settings(Path folder) {
        return TestDatabases.h2(folder);
    }

    @Override
    int unusedIndexes(Database database) {
        return 0;
    }

    private Model offers(int version, int titleLength, boolean unique) {
        List<UniqueKey> keys =
                unique ? List.of(new UniqueKey("titleAndCode", List.of("title", "code"), true)) : List.of();
        return model(tenant, version, object(OFFER, keys, field("title", text(titleLength)), field("code", text(20))));
    }

    private int foldedColumns() {
        return database.dsl()
                .fetch(
                        "select column_name from information_schema.columns"
                                + " where table_schema = {0} and table_name = {1} and is_generated = 'ALWAYS'",
                        DSL.val(TenantSchemas.nameOf(tenant)),
                        DSL.val(catalogue.read(tenant).tables().get(OFFER)))
                .size();
    }

    /** To drop a column is to copy the table, and nobody could read it meanwhile. */
    @Test
    void whatAKeyWithoutCaseHasComputedGoesWithTheNextCopyOfALargeTable() {
        evolution().evolve(tenant, offers(2, 20, true));
        assertThat(foldedColumns()).isEqualTo(2);
        String table = catalogue.read(tenant).tables().get(OFFER);

        evolution().evolve(tenant, offers(3, 20, false));
        assertThat(catalogue.read(tenant).tables()).containsEntry(OFFER, table);
        assertThat(foldedColumns()).isEqualTo(2);
        records.insert(offers(3, 20, false), OFFER, RecordIds.next(), Map.of("title", "row 1", "code", "c1"));

        evolution().evolve(tenant, offers(4, 200, false));
        assertThat(foldedColumns()).isZero();
    }

    @Test
    void aTableThatIsNoLongerLargeIsNotKeptByThemFromChanging() {
        evolution().evolve(tenant, offers(2, 20, true));
        evolution().evolve(tenant, offers(3, 20, false));
        database.dsl()
                .deleteFrom(Catalogue.at(tenant, catalogue.read(tenant).tables().get(OFFER)))
                .execute();

        Model longer = offers(4, 200, false);
        evolution().evolve(tenant, longer);
        assertThat(foldedColumns()).isEqualTo(1);
        records.insert(longer, OFFER, RecordIds.next(), Map.of("title", "x".repeat(200)));

        Model without = model(tenant, 5, object(OFFER, field("title", text(200))));
        publish(without, longer);
        assertThat(evolution().purge(tenant, without, NOW.plus(Duration.ofDays(400))))
                .isTrue();
        assertThat(foldedColumns()).isZero();
        assertThat(rows()).isEqualTo(1);
    }
}
