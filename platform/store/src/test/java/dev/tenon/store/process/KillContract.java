package dev.tenon.store.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.port.FileStore;
import dev.tenon.records.port.RecordStore.NewRow;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.DiskBlobStore;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.records.JooqFileStore;
import dev.tenon.store.records.JooqRecordStore;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.JournaledSchemaEvolution;
import dev.tenon.store.schema.TenantTables;
import dev.tenon.tenancy.SchemaChange;
import dev.tenon.tenancy.port.SchemaEvolution.Initiator;
import dev.tenon.tenancy.port.SchemaEvolution.Wanted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is left after a process was killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KillContract {

    private static final String TENANT = "killed";
    /** More by hand: {@code -Dkills=200}. */
    private static final int ROUNDS = Integer.getInteger("kills", 3);

    private static final int ROWS = 300;

    /** More than a table has that is changed at once. */
    private static final int LARGE = 3_000;

    private DatabaseSettings settings;
    private Path files;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void choose(@TempDir Path folder) {
        settings = settings(folder);
        files = folder.resolve("files");
    }

    @Test
    void everyAcknowledgedSaveIsThereAndNoHalfOne() throws Exception {
        try (Database database = Database.open(settings)) {
            prepare(database, TENANT, 0);
        }
        List<UUID> acknowledged = new ArrayList<>();
        Set<UUID> whole = new HashSet<>();
        Random random = new Random();
        for (int round = 0; round < ROUNDS; round++) {
            Process process = StoreProcess.start(settings, "insert", TENANT, files.toString());
            int wanted = 50 + random.nextInt(250);
            try (BufferedReader out = reader(process)) {
                for (int seen = 0; seen < wanted; ) {
                    seen += acknowledge(Objects.requireNonNull(out.readLine(), "it ended by itself"), acknowledged);
                }
                // Through its handle: the other way would also close what it has printed.
                process.toHandle().destroyForcibly();
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    acknowledge(line, acknowledged);
                }
            } finally {
                process.toHandle().destroyForcibly();
            }
            assertThat(process.waitFor()).isEqualTo(StoreProcess.KILLED);
            try (Database database = Database.open(settings)) {
                Set<UUID> offers = ids(database, TENANT, "recruiting__offer");
                assertThat(offers).containsAll(acknowledged);
                assertThat(ids(database, TENANT, "recruiting__note")).isEqualTo(offers);
                assertThat(ids(database, TENANT, "tenon_file")).isEqualTo(offers);
                offers.removeAll(whole);
                assertThatBytesAreThere(database, offers);
                whole.addAll(offers);
            }
        }
        assertThatNothingElseIsOnTheDisk(whole.size());
        System.out.println(
                getClass().getSimpleName() + ": " + ROUNDS + " kills, " + acknowledged.size() + " saves acknowledged");
    }

    @Test
    void aSchemaChangeKilledInAnyStepIsCompletedWithAllRows() throws Exception {
        List<String> tenants = new ArrayList<>();
        try (Database database = Database.open(settings)) {
            for (int steps = 1; tenants.size() < steps; ) {
                String tenant = "step" + tenants.size();
                steps = prepare(database, tenant, ROWS);
                tenants.add(tenant);
            }
        }
        assertThat(tenants).hasSizeGreaterThanOrEqualTo(4);
        for (String tenant : tenants) {
            Process process = StoreProcess.start(settings, "evolve", tenant, tenant.substring("step".length()));
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(StoreProcess.KILLED);
        }
        try (Database database = Database.open(settings)) {
            JournaledSchemaEvolution evolution = new JournaledSchemaEvolution(database, new Catalogue(database));
            assertThat(evolution.resume()).containsExactlyInAnyOrderElementsOf(tenants);
            for (String tenant : tenants) {
                assertThat(evolution.plan(tenant, StoreProcess.after(tenant))).isEmpty();
                assertThat(ids(database, tenant, "recruiting__offer")).hasSize(ROWS);
            }
        }
    }

    @Test
    void aChangeOfALargeTableKilledInTheMiddleIsTakenBackWithAllRows() throws Exception {
        String tenant = "large";
        try (Database database = Database.open(settings)) {
            prepare(database, tenant, LARGE);
        }
        Process process = StoreProcess.start(settings, "evolve", tenant, String.valueOf(longStep()));
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(StoreProcess.KILLED);
        try (Database database = Database.open(settings)) {
            Catalogue catalogue = new Catalogue(database);
            JournaledSchemaEvolution evolution = new JournaledSchemaEvolution(database, catalogue);
            assertThat(evolution.resume()).containsExactly(tenant);
            assertThat(ids(database, tenant, "recruiting__offer")).hasSize(LARGE);
            assertThat(evolution.changes(tenant, 1).getFirst().state()).isEqualTo(SchemaChange.State.FAILED);
            evolution.evolve(tenant, StoreProcess.after(tenant));
            assertThat(evolution.plan(tenant, StoreProcess.after(tenant))).isEmpty();
            assertThat(ids(database, tenant, "recruiting__offer")).hasSize(LARGE);
        }
    }

    @Test
    void aRetypeKilledAnywhereCanBeTakenBackAndDoneAgainWithAllValues() throws Exception {
        for (String place : List.of("progressed", "applied", "marked")) {
            String tenant = "retyped_" + place;
            try (Database database = Database.open(settings)) {
                prepare(database, tenant, LARGE);
            }
            killed("retype", tenant, place);
            try (Database database = Database.open(settings)) {
                Catalogue catalogue = new Catalogue(database);
                JournaledSchemaEvolution evolution = new JournaledSchemaEvolution(database, catalogue);
                Model before = StoreProcess.before(tenant);
                assertThat(evolution.resume()).containsExactly(tenant);
                evolution.inForce(tenant, 1);
                evolution.evolve(tenant, before);
                assertThat(codes(database, catalogue, before)).hasSize(LARGE).contains("c1", "c2999");
                Wanted wanted = new Wanted(StoreProcess.retyped(tenant), Optional.of(before), Optional.empty());
                String digest = evolution.losses(tenant, wanted).digest();
                evolution.evolve(
                        tenant,
                        new Wanted(wanted.model(), wanted.before(), Optional.of(digest)),
                        Initiator.PLATFORM,
                        id -> {});
                database.schemaGate().switching(tenant, 2, () -> true);
                evolution.inForce(tenant, 2);
                assertThat(codes(database, catalogue, wanted.model())).hasSize(LARGE);
                assertThat(evolution.plan(tenant, wanted.model())).isEmpty();
            }
        }
    }

    @Test
    void aRemovalOfKeptDataThatIsKilledIsDoneAgain() throws Exception {
        String tenant = "purged";
        Model reduced = StoreProcess.reduced(tenant);
        try (Database database = Database.open(settings)) {
            prepare(database, tenant, LARGE);
            JournaledSchemaEvolution evolution = new JournaledSchemaEvolution(database, new Catalogue(database));
            evolution.evolve(tenant, reduced);
            evolution.keep(tenant, reduced, Instant.now());
        }
        killed("purge", tenant);
        try (Database database = Database.open(settings)) {
            JournaledSchemaEvolution evolution = new JournaledSchemaEvolution(database, new Catalogue(database));
            evolution.resume();
            evolution.purge(tenant, reduced, Instant.now().plus(Duration.ofDays(31)));
            assertThat(evolution.kept(tenant))
                    .hasSize(2)
                    .allSatisfy(data -> assertThat(data.purgedAt()).isPresent());
            assertThat(database.dsl()
                            .fetchCount(DSL.table(DSL.name(
                                    TenantSchemas.nameOf(tenant),
                                    new Catalogue(database)
                                            .tables(reduced)
                                            .object(StoreProcess.OFFER)
                                            .table()
                                            .getName()))))
                    .isEqualTo(LARGE);
        }
    }

    private void killed(String command, String... arguments) throws IOException, InterruptedException {
        Process process = StoreProcess.start(settings, command, arguments);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(StoreProcess.KILLED);
    }

    private static List<Object> codes(Database database, Catalogue catalogue, Model model) {
        TenantTables.ObjectTable offers = catalogue.tables(model).object(StoreProcess.OFFER);
        return new ArrayList<>(database.dsl()
                .select(DSL.field(DSL.name(offers.column("code").name())))
                .from(offers.table())
                .fetch(0));
    }

    /** Which step of the change of a large table takes its time. */
    abstract int longStep();

    /** The last line of a process that was killed may be half a one. */
    private static int acknowledge(String line, List<UUID> acknowledged) {
        if (line.startsWith(StoreProcess.SAVED) && line.length() == StoreProcess.SAVED.length() + 36) {
            acknowledged.add(UUID.fromString(line.substring(StoreProcess.SAVED.length())));
            return 1;
        }
        return 0;
    }

    private void assertThatBytesAreThere(Database database, Set<UUID> records) throws IOException {
        DiskBlobStore blobs = new DiskBlobStore(files);
        for (FileStore.Entry entry : new JooqFileStore(database, new Catalogue(database))
                .find(TENANT, records)
                .values()) {
            try (InputStream bytes = blobs.open(TENANT, entry.contentHash()).orElseThrow()) {
                assertThat(bytes.readAllBytes())
                        .isEqualTo(StoreProcess.content(entry.file().id()));
            }
        }
    }

    /** Bytes of saves that were not committed, and halves of uploads, are gone after the next cleaning. */
    private void assertThatNothingElseIsOnTheDisk(int wanted) throws IOException {
        try (Database database = Database.open(settings)) {
            JooqFileStore store = new JooqFileStore(database, new Catalogue(database));
            new DiskBlobStore(files)
                    .sweep(TENANT, Instant.now().plusSeconds(1), hashes -> store.referenced(TENANT, hashes));
        }
        try (Stream<Path> left = Files.walk(files)) {
            assertThat(left.filter(Files::isRegularFile)).hasSize(wanted);
        }
    }

    /** Makes a tenant with rows; tells how many steps its change will take. */
    private static int prepare(Database database, String tenant, int rows) {
        Catalogue catalogue = new Catalogue(database);
        JournaledSchemaEvolution evolution = new JournaledSchemaEvolution(database, catalogue);
        evolution.createTenant(tenant);
        evolution.evolve(tenant, StoreProcess.before(tenant));
        List<NewRow> all = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            all.add(new NewRow(RecordIds.next(), Map.of("title", "row " + i, "code", "c" + i)));
        }
        new JooqRecordStore(database, catalogue).insertAll(StoreProcess.before(tenant), StoreProcess.OFFER, all);
        return evolution.plan(tenant, StoreProcess.after(tenant)).size();
    }

    static Set<UUID> ids(Database database, String tenant, String table) {
        return database
                .dsl()
                .select(DSL.field(DSL.name("id"), UUID.class))
                .from(DSL.table(DSL.name(TenantSchemas.nameOf(tenant), table)))
                .fetch()
                .stream()
                .map(row -> row.value1())
                .collect(Collectors.toSet());
    }

    static BufferedReader reader(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
