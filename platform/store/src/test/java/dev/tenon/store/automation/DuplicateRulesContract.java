package dev.tenon.store.automation;

import static dev.tenon.store.tenancy.ShopPackage.add;
import static dev.tenon.store.tenancy.ShopPackage.files;
import static dev.tenon.store.tenancy.ShopPackage.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.access.Identity;
import dev.tenon.automation.ImportStatus;
import dev.tenon.automation.Imports;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.schema.StepListener;
import dev.tenon.store.tenancy.Node;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.SchemaChange;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Duplicate rules over saves, imports, the recycle bin, two writers and a change of rules, on a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DuplicateRulesContract {

    private static final String TENANT = "people";
    private static final String CONTACT = "crm__Contact";

    private Node node;
    private Identity manager;
    private Identity ann;
    private Identity bob;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        node = new Node(settings(folder), folder, StepListener.NONE, List.of());
        node.tenancy().start();
        node.tenancy()
                .packages()
                .add(
                        Node.system(TENANT),
                        files(
                                "package.yaml",
                                """
                                name: crm
                                namespace: crm
                                version: 1.0.0
                                title: CRM
                                summary: Contacts.
                                """,
                                "objects/Contact.yaml",
                                """
                                label: Contact
                                titleField: name
                                fields:
                                  name: {type: text, label: Name, maxLength: 80}
                                  email: {type: text, label: E-mail, format: email}
                                  phone: {type: text, label: Phone, format: phone}
                                  born: {type: date, label: Born}
                                  code: {type: text, label: Code}
                                  kind: {type: text, label: Kind}
                                duplicateRules:
                                  samePerson:
                                    match: [{email: normalized}, {name: {fuzzy: 90}, born: exact}]
                                    message: This person is known.
                                    action: block
                                    condition: "kind == null || kind != 'test'"
                                  sameName: {match: [{name: fuzzy}], message: A similar name.}
                                  samePhone: {match: [{phone: normalized}], message: Your own., visibility: readable}
                                """,
                                "permissions/manager.yaml",
                                """
                                label: Manager
                                system: [importData, manageRecycleBin, customize]
                                objects:
                                  Contact: {create: true, read: true, edit: true, delete: true, scope: all, editScope: all, fieldDefault: edit}
                                """,
                                "permissions/blind.yaml",
                                """
                                label: Blind
                                objects:
                                  Contact: {create: true, read: true, edit: true, scope: all, editScope: all, fieldDefault: edit, fields: {born: none}}
                                """,
                                "permissions/seller.yaml",
                                """
                                label: Seller
                                objects:
                                  Contact: {create: true, read: true, edit: true, delete: true, fieldDefault: edit}
                                """));
        node.tenancy().tenants().create(Node.system(TENANT), TENANT, "People", List.of(new PackageId("crm", "1.0.0")));
        node.automation().start();
        manager = node.person(TENANT, "crm__manager");
        ann = node.person(TENANT, "crm__seller");
        bob = node.person(TENANT, "crm__seller");
    }

    @AfterAll
    void close() {
        node.close();
    }

    private UUID create(Identity who, Map<String, @Nullable Object> values) {
        return node.session(who).create(CONTACT, values).id();
    }

    private static PlatformException refused(Runnable save) {
        return catchThrowableOfType(PlatformException.class, save::run);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    @Test
    void aBlockingRuleNamesWhatTheSaverMaySee() {
        UUID first = create(ann, Map.of("name", "Zoe Zander", "email", "zoe@example.com"));

        PlatformException told = refused(() -> create(manager, Map.of("name", "Z.", "email", "ZOE@Ｅxample.com")));
        PlatformException secret = refused(() -> create(bob, Map.of("email", "Zoe@example.com")));

        assertThat(told.code()).isEqualTo(RecordsError.DUPLICATES_BLOCKED);
        assertThat(told.args()).containsEntry("rules", "samePerson").containsEntry("message", "This person is known.");
        assertThat(told.details())
                .extracting(
                        ErrorDetail::code,
                        d -> d.args().get("id"),
                        d -> d.args().get("title"))
                .containsExactly(org.assertj.core.api.Assertions.tuple(
                        RecordsError.DUPLICATE_FOUND, first.toString(), "Zoe Zander"));
        assertThat(secret.code()).isEqualTo(RecordsError.DUPLICATES_BLOCKED);
        assertThat(secret.details())
                .extracting(ErrorDetail::code, d -> d.args().keySet())
                .containsExactly(org.assertj.core.api.Assertions.tuple(RecordsError.DUPLICATE_HIDDEN, Set.of("rule")));
        assertThat(create(manager, Map.of("email", "zoe@example.com", "kind", "test")))
                .isNotNull();
    }

    @Test
    void anAlternativeHoldsOnlyWithAllOfItsFields() {
        LocalDate day = LocalDate.of(1990, 5, 4);
        create(manager, Map.of("name", "Müller, Jürgen", "born", day));
        RecordSession sure = node.session(manager).allowingDuplicates(Set.of("sameName"));

        PlatformException told = refused(() -> sure.create(CONTACT, Map.of("name", "Jurgen Muller", "born", day)));

        assertThat(told.code()).isEqualTo(RecordsError.DUPLICATES_BLOCKED);
        assertThat(sure.create(CONTACT, Map.of("name", "Jurgen Muller", "born", day.plusDays(1))))
                .isNotNull();
    }

    @Test
    void whoMayNotReadAComparedFieldLearnsOnlyThatThereIsSomething() {
        LocalDate day = LocalDate.of(1970, 1, 2);
        create(manager, Map.of("name", "Olga Orlova", "born", day));
        UUID other = create(manager, Map.of("name", "Pavel", "born", day));
        RecordSession blind = node.session(node.person(TENANT, "crm__blind")).allowingDuplicates(Set.of("sameName"));

        PlatformException told =
                refused(() -> blind.update(CONTACT, other, Optional.empty(), Map.of("name", "Orlova Olga")));

        assertThat(told.code()).isEqualTo(RecordsError.DUPLICATES_BLOCKED);
        assertThat(told.details()).extracting(ErrorDetail::code).containsExactly(RecordsError.DUPLICATE_HIDDEN);
    }

    @Test
    void aWarningIsPassedOverByWhoSaysSoAndTheHistoryTells() {
        create(manager, Map.of("name", "欧阳明日"));

        PlatformException told = refused(() -> create(manager, Map.of("name", "欧阳 明月")));
        UUID kept = node.session(manager)
                .allowingDuplicates(Set.of("sameName"))
                .create(CONTACT, Map.of("name", "欧阳明日"))
                .id();

        assertThat(told.code()).isEqualTo(RecordsError.DUPLICATES_TO_CONFIRM);
        assertThat(create(manager, Map.of("name", "诸葛明日"))).isNotNull();
        assertThat(node.session(manager).history(CONTACT, kept)).anySatisfy(entry -> {
            assertThat(entry.kind()).isEqualTo(HistoryEntry.Kind.CONFIRMED);
            assertThat(entry.newValue()).isEqualTo("\"sameName\"");
            assertThat(entry.by()).isEqualTo(manager.user().id());
        });
    }

    @Test
    void aRuleOverReadableRecordsSaysNothingOfOthers() {
        create(ann, Map.of("phone", "+86 138-0013-8000"));

        assertThat(create(bob, Map.of("phone", "138 0013 8000"))).isNotNull();
        assertThat(refused(() -> create(bob, Map.of("phone", "0086 (138) 00138000")))
                        .code())
                .isEqualTo(RecordsError.DUPLICATES_TO_CONFIRM);
        assertThat(refused(() -> create(manager, Map.of("phone", "13800138000")))
                        .details())
                .hasSize(2);
    }

    @Test
    void aRecordTellsWhatIsLikeItByWhatTheReaderMaySee() {
        LocalDate day = LocalDate.of(1955, 3, 1);
        RecordSession sure = node.session(ann).allowingDuplicates(Set.of(RecordSession.ALL_DUPLICATES));
        UUID first = sure.create(CONTACT, Map.of("name", "Igor Ivanov", "phone", "5550001", "kind", "test"))
                .id();
        UUID second = sure.create(
                        CONTACT, Map.of("name", "Ivanov Igor", "phone", "555-0001", "born", day, "kind", "test"))
                .id();
        UUID others = node.session(bob)
                .allowingDuplicates(Set.of(RecordSession.ALL_DUPLICATES))
                .create(CONTACT, Map.of("name", "Igor Ivanow", "kind", "test"))
                .id();

        assertThat(node.session(ann).duplicates(CONTACT, first)).singleElement().satisfies(found -> {
            assertThat(found.id()).isEqualTo(second);
            assertThat(found.title()).isEqualTo("Ivanov Igor");
            assertThat(found.likeness()).isEqualTo(100);
        });
        assertThat(node.session(manager).duplicates(CONTACT, first))
                .extracting(found -> found.id(), found -> found.rule())
                .contains(org.assertj.core.api.Assertions.tuple(others, "sameName"))
                .hasSize(2);
        assertThat(refused(() -> node.session(bob).duplicates(CONTACT, first)).code())
                .isEqualTo(RecordsError.NOT_FOUND);
    }

    @Test
    void keysFollowChangeDeletionAndRestore() {
        UUID id = create(manager, Map.of("email", "moved@example.com"));
        node.session(manager).update(CONTACT, id, Optional.empty(), Map.of("email", "new@example.com"));
        UUID old = create(manager, Map.of("email", "moved@example.com"));

        assertThat(refused(() -> node.session(manager)
                                .update(CONTACT, old, Optional.empty(), Map.of("email", "NEW@example.com")))
                        .code())
                .isEqualTo(RecordsError.DUPLICATES_BLOCKED);
        node.session(manager).delete(CONTACT, id, Optional.empty());
        UUID between = create(manager, Map.of("email", "new@example.com"));
        node.session(manager).delete(CONTACT, between, Optional.empty());
        node.session(manager).recycleBin().restore(id);

        assertThat(refused(() -> create(manager, Map.of("email", "new@example.com")))
                        .code())
                .isEqualTo(RecordsError.DUPLICATES_BLOCKED);
        // What the save does not touch is not asked again.
        node.session(manager).update(CONTACT, id, Optional.empty(), Map.of("code", "x"));
    }

    @Test
    void anImportRefusesOrKeepsWhatIsWarnedOf() throws InterruptedException {
        create(manager, Map.of("name", "Import Target"));
        String csv =
                "name,email\nImport Target,a1@example.com\nSomebody Else,a2@example.com\nQuite Other,a2@example.com\n";

        ImportStatus refused = imported(csv, Imports.Duplicates.REJECT);
        ImportStatus kept = imported("name\nImport  Target\n", Imports.Duplicates.ACCEPT);

        assertThat(refused.created()).isEqualTo(1);
        assertThat(refused.rejected()).isEqualTo(2);
        assertThat(refused.errors())
                .extracting(e -> e.code())
                .contains("records.duplicates-to-confirm", "records.duplicates-blocked");
        assertThat(kept.created()).isEqualTo(1);
    }

    @Test
    void aDryRunFindsDuplicatesAlsoFarApartInTheFile() throws InterruptedException {
        StringBuilder csv = new StringBuilder("name,email,kind\n");
        for (int i = 0; i < 450; i++) {
            String name = i == 6 ? "Faraway Johansson" : i == 430 ? "Johanson Faraway" : "";
            String email = i == 420 ? "FAR5@example.com" : i == 425 ? "far7@example.com" : "far" + i + "@example.com";
            csv.append(name + "," + email + "," + (i == 7 ? "test" : "real") + "\n");
        }
        ImportStatus tried = imported(csv.toString(), Imports.Duplicates.REJECT, true);
        ImportStatus real = imported(csv.toString(), Imports.Duplicates.REJECT, false);

        assertThat(tried.created()).isEqualTo(448);
        assertThat(tried.errors())
                .extracting(e -> e.line() + " " + e.code())
                .containsExactly(
                        "422 records.duplicates-blocked",
                        "422 records.duplicate-found",
                        "432 records.duplicates-to-confirm",
                        "432 records.duplicate-found");
        assertThat(real.errors()).isEqualTo(tried.errors());
        assertThat(real.created()).isEqualTo(448);
    }

    private ImportStatus imported(String csv, Imports.Duplicates duplicates) throws InterruptedException {
        return imported(csv, duplicates, false);
    }

    private ImportStatus imported(String csv, Imports.Duplicates duplicates, boolean dryRun)
            throws InterruptedException {
        Imports.Request request = new Imports.Request(
                CONTACT,
                "contacts.csv",
                Imports.FileChoice.NONE,
                Map.of(),
                Optional.empty(),
                Imports.Mode.INSERT,
                dryRun,
                duplicates);
        UUID id = node.automation()
                .imports()
                .start(manager, request, new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)))
                .id();
        await(() -> node.automation().imports().require(manager, id).state() == ImportStatus.State.DONE);
        return node.automation().imports().require(manager, id);
    }

    @Test
    void ofTwoWritersOfTheSameOneWins() throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 15; round++) {
                String email = "race" + round + "@example.com";
                CyclicBarrier start = new CyclicBarrier(2);
                List<Future<Boolean>> saves = new ArrayList<>();
                for (Identity who : List.of(ann, bob)) {
                    Callable<Boolean> save = () -> {
                        start.await();
                        return refused(() -> create(who, Map.of("email", email))) == null;
                    };
                    saves.add(threads.submit(save));
                }
                assertThat(List.of(saves.get(0).get(), saves.get(1).get())).containsExactlyInAnyOrder(true, false);
            }
        }
    }

    @Test
    void keysOfARuleThatComesLaterAreMadeForWhatIsThere() throws InterruptedException {
        RecordSession session = node.session(manager);
        session.inTransaction(() -> {
            for (int i = 0; i < 450; i++) {
                session.create(CONTACT, Map.of("code", "K" + i));
            }
            return true;
        });
        publish(add(
                "duplicateRule:" + CONTACT + "/c__sameCode",
                "match",
                List.of(Map.of("code", "exact")),
                "message",
                "Known code.",
                "action",
                "block"));
        SchemaChange built = ended();

        assertThat(built.state()).isEqualTo(SchemaChange.State.DONE);
        assertThat(built.phase()).isEqualTo(SchemaChange.Phase.MATCHING);
        assertThat(built.done()).isEqualTo(built.total()).isGreaterThanOrEqualTo(450);
        assertThat(refused(() -> create(manager, Map.of("code", "K17"))).code())
                .isEqualTo(RecordsError.DUPLICATES_BLOCKED);
        long with = keys();
        publish(set("duplicateRule:" + CONTACT + "/c__sameCode", "active", false));
        ended();
        assertThat(keys()).isLessThanOrEqualTo(with - 450);
        assertThat(create(manager, Map.of("code", "K17"))).isNotNull();
    }

    @Test
    void anObjectThatComesBackHasTheKeysOfItsRecords() throws InterruptedException {
        publish(
                add("object:c__Lead", "label", "Lead", "pluralLabel", "Leads", "titleField", "code"),
                add("field:c__Lead/code", "type", "text", "label", "Code"),
                add(
                        "duplicateRule:c__Lead/sameCode",
                        "match",
                        List.of(Map.of("code", "exact")),
                        "message",
                        "Known code.",
                        "action",
                        "block"),
                add(
                        "objectPermission:crm__manager/c__Lead",
                        "create",
                        true,
                        "read",
                        true,
                        "scope",
                        "all",
                        "fieldDefault",
                        "edit"));
        node.session(manager).create("c__Lead", Map.of("code", "L1"));
        long with = keys();
        long gone = publish(
                new LayerEdit.RemoveElement(ElementKey.parse("object:c__Lead")),
                new LayerEdit.RemoveElement(ElementKey.parse("objectPermission:crm__manager/c__Lead")));
        ended();
        assertThat(keys()).isEqualTo(with - 1);

        node.tenancy()
                .customizing()
                .undo(Node.system(TENANT), gone, Optional.empty(), false)
                .orThrow();
        ended();

        assertThat(keys()).isEqualTo(with);
        assertThat(refused(() -> node.session(manager).create("c__Lead", Map.of("code", "L1")))
                        .code())
                .isEqualTo(RecordsError.DUPLICATES_BLOCKED);
    }

    private long publish(LayerEdit... edits) {
        return node.tenancy()
                .customizing()
                .apply(Node.system(TENANT), List.of(edits), Optional.empty(), false)
                .orThrow();
    }

    private SchemaChange ended() throws InterruptedException {
        await(() -> newest().state() != SchemaChange.State.RUNNING);
        return newest();
    }

    private SchemaChange newest() {
        return node.tenancy()
                .customizing()
                .schemaChanges(Node.system(TENANT), 1)
                .getFirst();
    }

    private long keys() {
        return node.database().dsl().fetchCount(DSL.table(DSL.name(TenantSchemas.nameOf(TENANT), "tenon_match_key")));
    }
}
