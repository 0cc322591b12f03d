package dev.tenon.store.schema;

import static dev.tenon.store.TestModels.field;
import static dev.tenon.store.TestModels.model;
import static dev.tenon.store.TestModels.object;
import static dev.tenon.store.TestModels.text;
import static dev.tenon.store.TestModels.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.Model;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.schema.CatalogueContent.Column;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a node remembers of the catalogue is never what another one has changed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CatalogueContract {

    private static final AtomicInteger TENANT = new AtomicInteger();
    private static final String OFFER = "recruiting__Offer";
    private static final String NOTE = "recruiting__Note";

    private Database database;
    private Catalogue here;
    private Catalogue there;
    private JournaledSchemaEvolution one;
    private JournaledSchemaEvolution other;
    private String tenant;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        database = Database.open(settings(folder));
        here = new Catalogue(database);
        there = new Catalogue(database);
        one = new JournaledSchemaEvolution(database, here);
        other = new JournaledSchemaEvolution(database, there);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @BeforeEach
    void newTenant() {
        tenant = "known" + TENANT.incrementAndGet();
        one.createTenant(tenant);
    }

    private Model models(int version, Field... offer) {
        return model(tenant, version, object(OFFER, offer), object(NOTE, field("subject", text(80))));
    }

    private void theSame() {
        CatalogueContent read = new Catalogue(database).read(tenant);
        assertThat(here.read(tenant)).isEqualTo(read);
        assertThat(there.read(tenant)).isEqualTo(read);
    }

    @Test
    void whatIsKnownStaysUntilSomethingIsChangedAndThenOnlyThatIsReadAgain() {
        one.evolve(tenant, models(1, field("title", text(50))));
        CatalogueContent known = here.read(tenant);
        assertThat(here.read(tenant).columns()).isSameAs(known.columns());
        one.evolve(tenant, models(2, field("title", text(50)), field("grade", text(10))));
        CatalogueContent then = here.read(tenant);
        assertThat(then.columnsOf(OFFER)).containsKey("grade");
        assertThat(then.columnsOf(NOTE)).isSameAs(known.columnsOf(NOTE));
        theSame();
    }

    @Test
    void aNodePlansWithWhatAnotherHasChanged() {
        one.evolve(tenant, models(1, field("title", text(50))));
        other.evolve(tenant, models(1, field("title", text(50))));
        one.evolve(tenant, models(2, field("title", text(50)), field("grade", text(10))));
        Model third = models(3, field("title", text(90)), field("grade", text(10)), field("level", whole()));
        assertThat(other.plan(tenant, third)).hasSize(2).noneMatch(step -> step.contains("grade"));
        other.evolve(tenant, third);
        assertThat(one.plan(tenant, third)).isEmpty();
        theSame();
    }

    @Test
    void whatWasRolledBackIsForgotten() {
        one.evolve(tenant, models(1, field("title", text(50))));
        CatalogueContent before = here.read(tenant);
        assertThatThrownBy(() -> database.transactions().run(() -> {
                    here.note(tenant, OFFER, List.of(new Column("lost", "lost", ColumnType.Simple.WHOLE)));
                    assertThat(here.read(tenant).columnsOf(OFFER)).containsKey("lost");
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        assertThat(here.read(tenant)).isEqualTo(before);
        theSame();
    }

    @Test
    void aTenantOfTheSameNameIsAnotherOne() {
        one.evolve(tenant, models(1, field("title", text(50))));
        assertThat(there.read(tenant).tables()).containsKey(OFFER);
        one.dropTenant(tenant);
        one.createTenant(tenant);
        assertThat(there.read(tenant).tables()).isEmpty();
        one.evolve(tenant, model(tenant, 1, object(NOTE, field("subject", text(80)))));
        assertThat(there.read(tenant).tables()).containsOnlyKeys(NOTE);
        theSame();
    }

    @Test
    void withoutStampsEverythingIsReadEachTime() {
        one.evolve(tenant, models(1, field("title", text(50)), field("grade", text(10))));
        theSame();
        database.dsl().deleteFrom(Catalogue.at(tenant, "tenon_catalogue_stamp")).execute();
        database.dsl()
                .deleteFrom(Catalogue.at(tenant, "tenon_column"))
                .where("field_name = 'grade'")
                .execute();
        theSame();
        assertThat(here.read(tenant).columnsOf(OFFER)).doesNotContainKey("grade");
        one.evolve(tenant, models(2, field("title", text(50)), field("grade", text(10))));
        theSame();
    }

    @Test
    void tablesOfAModelShareThoseThatNoChangeHasTouched() {
        Model first = models(1, field("title", text(50)));
        one.evolve(tenant, first);
        TenantTables.ObjectTable note = here.tables(first).object(NOTE);
        Model second = new Model(
                tenant,
                2,
                "another",
                Map.of(
                        OFFER,
                        object(OFFER, field("title", text(50)), field("grade", text(10))),
                        NOTE,
                        first.requireObject(NOTE)),
                first.permissionSets(),
                first.approvals(),
                first.policies(),
                first.settings(),
                first.apps(),
                first.scripts(),
                first.provenance());
        one.evolve(tenant, second);
        assertThat(here.tables(second).object(NOTE)).isSameAs(note);
        assertThat(here.tables(second).object(OFFER).columns()).containsKey("grade");
        one.unloaded(tenant);
        assertThat(here.tables(second).object(NOTE)).isEqualTo(note).isNotSameAs(note);
    }
}
