package dev.tenon.store.door;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.Aggregation;
import dev.tenon.records.ExpressionModelCompiler;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.MaskedText;
import dev.tenon.records.ModelCompiler;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.records.RecycleBin.DeletedRecord;
import dev.tenon.records.Row;
import dev.tenon.records.RowOutcome;
import dev.tenon.records.shop.InMemoryFiles;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordQuery;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.StoreError;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.records.JooqRecycleBin;
import dev.tenon.store.secrets.DataKeys;
import dev.tenon.store.secrets.SealedTexts;
import dev.tenon.store.secrets.SealingKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted fields: what is stored, who is shown what, and what becomes of them with their keys; on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EncryptedTextContract {

    private static final String CARD = "6222-0000-1111-4444";
    private static final String MASKED_CARD = "••••••••4444";
    private static final String PIN = "zx-98765";
    private static final String DOTS = "••••••••";
    private static final Field<@Nullable String> COLUMN = DSL.field(DSL.name("card"), SQLDataType.VARCHAR);
    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);

    private ShopDatabase shops;
    private Model model;
    private ShopDoor door;
    private DataKeys keys;

    abstract DatabaseSettings settings(Path folder);

    private static Map<String, String> files() {
        Map<String, String> files = ShopPackage.files();
        files.computeIfPresent(
                "objects/Customer.yaml",
                (path, text) -> text.replace("  secret: {", """
                  card: {type: encryptedText, label: Card, maxLength: 40, mask: lastFour}
                  pin: {type: encryptedText, label: Pin, maxLength: 8}
                  greeting: {type: encryptedText, label: Greeting, default: "'good day'"}
                  secret: {""".indent(2).stripTrailing()));
        files.computeIfPresent(
                "permissions/manager.yaml",
                (path, text) -> text.replaceFirst("Customer: \\{", "Customer: {reveal: [card, pin, greeting], "));
        return files;
    }

    private static SealingKeys keys(String... ids) {
        List<String> texts = new ArrayList<>();
        for (String id : ids) {
            byte[] key = new byte[32];
            key[0] = (byte) id.charAt(0);
            texts.add(id + ":" + Base64.getEncoder().encodeToString(key));
        }
        return SealingKeys.of(texts);
    }

    private DataKeys dataKeys(String... ids) {
        DataKeys made = new DataKeys(shops.database(), new SealedTexts(keys(ids)));
        made.prepare();
        return made;
    }

    /** A door whose keys can be changed, as by another start of the program. */
    private ShopDoor door(Model of) {
        return new ShopDoor(
                shops.store(),
                new JooqRecycleBin(shops.database(), 30),
                new InMemoryFiles().ports(),
                tenant -> keys.of(tenant),
                of);
    }

    @BeforeAll
    void open(@TempDir Path folder) {
        shops = new ShopDatabase(Database.open(settings(folder)));
        model = shops.tenant(files());
        keys = dataKeys("a");
        door = door(model);
    }

    @AfterAll
    void close() {
        shops.close();
    }

    private Row customer(ShopDoor at, String name) {
        return at.manager()
                .create(
                        CUSTOMER,
                        values("name", name, "agent", at.clerkIdentity().user().id(), "card", CARD, "pin", PIN));
    }

    private static @Nullable Object seen(RecordSession who, Row row, String field) {
        return who.find(CUSTOMER, row.id(), Query.Selection.ALL)
                .orElseThrow()
                .values()
                .get(field);
    }

    private Table<Record> customers() {
        return shops.catalogue().tables(model).table(CUSTOMER);
    }

    /** Everything that the tenant's tables hold, as text. */
    private String everything() {
        StringBuilder all = new StringBuilder();
        shops.database().dsl().meta().getTables().stream()
                .filter(table -> Objects.requireNonNull(table.getSchema())
                        .getName()
                        .equalsIgnoreCase(TenantSchemas.nameOf(model.tenant())))
                .forEach(table -> all.append(shops.database()
                        .dsl()
                        .selectFrom(DSL.table(table.getQualifiedName()))
                        .fetch()
                        .formatCSV()));
        return all.toString();
    }

    private static PlatformException refused(ThrowingCallable call) {
        return catchThrowableOfType(PlatformException.class, call);
    }

    @Test
    void noTableHoldsThePlainTextWhateverHappensToTheRecord() {
        Row ada = customer(door, "Ada");
        door.manager().update(CUSTOMER, ada.id(), Optional.empty(), values("card", "6222-5555-6666-7777"));
        Row bob = customer(door, "Bob");
        door.manager().delete(CUSTOMER, bob.id(), Optional.empty());
        List<RowOutcome> imported = door.manager().importRows(CUSTOMER, List.of(values("name", "Cleo", "card", CARD)));
        assertThat(imported).allMatch(RowOutcome.Saved.class::isInstance);

        String stored = everything();
        assertThat(stored).contains("Ada", "Bob", "Cleo", "sealed1.");
        assertThat(stored).doesNotContain(CARD, "6222-5555-6666-7777", PIN, "good day");
    }

    @Test
    void theTextIsShownToWhoMayRevealItAndMaskedToOthers() {
        Row row = customer(door, "Dora");
        assertThat(row.values()).containsEntry("card", CARD).containsEntry("greeting", "good day");
        assertThat(seen(door.manager(), row, "pin")).isEqualTo(PIN);
        assertThat(seen(door.clerk(), row, "card")).isEqualTo(MASKED_CARD);
        assertThat(seen(door.clerk(), row, "pin")).isEqualTo(DOTS);
        assertThat(seen(door.as(door.systemIdentity()), row, "card")).isEqualTo(MASKED_CARD);

        Row order = door.order(row);
        Query.Selection above =
                new Query.Selection(List.of("number"), Map.of("customer", Query.Selection.of("card")), Map.of());
        assertThat(parent(door.manager(), order, above)).isEqualTo(CARD);
        assertThat(parent(door.clerk(), order, above)).isEqualTo(MASKED_CARD);
    }

    private static @Nullable Object parent(RecordSession who, Row order, Query.Selection above) {
        Row found = who.find(ShopDoor.ORDER, order.id(), above).orElseThrow();
        return Objects.requireNonNull(found.parents().get("customer")).values().get("card");
    }

    @Test
    void historyAndRecycleBinShowWhatTheRecordShows() {
        Row row = customer(door, "Eve");
        door.clerk().update(CUSTOMER, row.id(), Optional.empty(), values("card", "4000-0000-0000-1234"));
        assertThat(changes(door.manager(), row)).containsExactly("\"" + CARD + "\"", "\"4000-0000-0000-1234\"");
        assertThat(changes(door.clerk(), row)).containsExactly("\"" + MASKED_CARD + "\"", "\"••••••••1234\"");

        door.manager().delete(CUSTOMER, row.id(), Optional.empty());
        UUID deletion = door.manager()
                .recycleBin()
                .list(Optional.of(CUSTOMER), Optional.empty(), 1)
                .getFirst()
                .id();
        DeletedRecord kept =
                door.manager().recycleBin().require(deletion).records().getFirst();
        assertThat(kept.values()).containsEntry("card", "4000-0000-0000-1234");
        door.manager().recycleBin().restore(deletion);
        assertThat(seen(door.manager(), row, "card")).isEqualTo("4000-0000-0000-1234");
        assertThat(seen(door.clerk(), row, "pin")).isEqualTo(DOTS);
    }

    private static List<@Nullable String> changes(RecordSession who, Row row) {
        HistoryEntry changed = who.history(CUSTOMER, row.id()).stream()
                .filter(entry -> "card".equals(entry.field()))
                .findFirst()
                .orElseThrow();
        List<@Nullable String> values = new ArrayList<>();
        values.add(changed.oldValue());
        values.add(changed.newValue());
        return values;
    }

    @Test
    void whatWasShownMaskedComesBackAsNoChangeAndIsNeverKept() {
        Row row = customer(door, "Finn");
        long version = row.version();
        Row same =
                door.clerk().update(CUSTOMER, row.id(), Optional.of(version), values("card", MASKED_CARD, "pin", DOTS));
        assertThat(same.version()).isEqualTo(version);
        assertThat(door.manager()
                        .update(CUSTOMER, row.id(), Optional.empty(), values("card", CARD))
                        .version())
                .isEqualTo(version);
        // Who cannot read the text must not find it by trying.
        assertThat(door.clerk()
                        .update(CUSTOMER, row.id(), Optional.empty(), values("pin", PIN))
                        .version())
                .isEqualTo(version + 1);
        assertThat(seen(door.manager(), row, "pin")).isEqualTo(PIN);

        PlatformException masked =
                refused(() -> door.clerk().create(CUSTOMER, values("name", "Gil", "card", MASKED_CARD)));
        assertThat(masked.details().getFirst().code()).isEqualTo(RecordsError.MASKED_VALUE);
        PlatformException long9 =
                refused(() -> door.manager().update(CUSTOMER, row.id(), Optional.empty(), values("pin", "123456789")));
        assertThat(long9.details().getFirst().code()).isEqualTo(RecordsError.VALUE_TOO_LONG);
        PlatformException number =
                refused(() -> door.manager().update(CUSTOMER, row.id(), Optional.empty(), values("pin", 987654L)));
        assertThat(number.details().toString()).doesNotContain("987654");
        assertThat(door.clerk()
                        .update(CUSTOMER, row.id(), Optional.empty(), values("pin", null))
                        .values())
                .containsEntry("pin", null);
    }

    @Test
    void codeIsGivenItMaskedAndMaySetIt() {
        Row row = customer(door, "Hanna");
        List<@Nullable Object> given = new ArrayList<>();
        door.code().on("tidy", (change, context) -> {
            given.add(change.values().get("card"));
            context.records().find(CUSTOMER, row.id()).ifPresent(found -> given.add(found.value("card")));
            change.set("card", change.values().get("card"));
            change.set("pin", "4321");
        });
        try {
            door.manager().update(CUSTOMER, row.id(), Optional.empty(), values("name", "Hannah"));
        } finally {
            door.code().on("tidy", (change, context) -> {});
        }
        assertThat(given).hasSize(2).containsOnly(MASKED_CARD);
        assertThat(seen(door.manager(), row, "pin")).isEqualTo("4321");
        assertThat(seen(door.manager(), row, "card")).isEqualTo(CARD);
    }

    @Test
    void nothingSortsGroupsOrFiltersByIt() {
        customer(door, "Iris");
        RecordSession manager = door.manager();
        for (String filter :
                List.of("card == 'x'", "card != pin", "contains(card, '6')", "card in ['x']", "size(card) > 1")) {
            assertThat(refused(() -> ShopDoor.filter(manager, CUSTOMER, filter)))
                    .as(filter)
                    .isNotNull();
        }
        assertThat(manager.query(new Query(
                                CUSTOMER,
                                Query.Selection.ALL,
                                Optional.of(ShopDoor.filter(manager, CUSTOMER, "card != null && name == 'Iris'")),
                                List.of(),
                                5,
                                0,
                                false))
                        .rows())
                .hasSize(1);
        assertThat(refused(() -> manager.client()
                                .query(RecordQuery.of(CUSTOMER).orderBy(new RecordQuery.Sort("card", false))))
                        .code())
                .isEqualTo(RecordsError.FIELD_ENCRYPTED);
        Aggregation distinct = new Aggregation(
                CUSTOMER,
                Optional.empty(),
                List.of(),
                List.of(new Aggregation.Measure(
                        "n",
                        Aggregation.Function.COUNT_DISTINCT,
                        Optional.of(new dev.tenon.expression.ExprBuilder(manager.scope(CUSTOMER)).field("card")))),
                1);
        assertThat(refused(() -> manager.aggregate(distinct)).code()).isEqualTo(RecordsError.FIELD_ENCRYPTED);
    }

    @Test
    void noFormulaRuleOrConditionLooksIntoIt() {
        for (String field : List.of(
                "{type: formula, label: F, result: {type: text, maxLength: 40}, expression: card}",
                "{type: formula, label: F, result: {type: boolean}, expression: \"card == 'x'\"}",
                "{type: formula, label: F, result: {type: text, maxLength: 40}, expression: \"upper(card)\"}",
                "{type: text, label: T, visibleWhen: \"size(card) > 3\"}",
                "{type: text, label: T, default: card}",
                "{type: rollUp, label: R, object: Order, via: customer, function: count, filter: \"customer.card == 'x'\"}")) {
            Map<String, String> files = files();
            files.computeIfPresent(
                    "objects/Customer.yaml",
                    (path, text) -> text.replace("  secret: {", "  bad: " + field + "\n  secret: {"));
            assertThat(new ExpressionModelCompiler(List.of()).compile(ShopPackage.model("refused", 1, files)))
                    .as(field)
                    .isInstanceOfSatisfying(
                            ModelCompiler.Outcome.Refused.class,
                            refused -> assertThat(refused.problems()
                                            .getFirst()
                                            .source()
                                            .file())
                                    .isEqualTo("objects/Customer.yaml"));
        }
    }

    @Test
    void aFieldWithValuesDoesNotBecomeEncryptedNorAnEncryptedOneAnotherType() {
        Row row = customer(door, "Mia");
        door.manager().update(CUSTOMER, row.id(), Optional.empty(), values("secret", "open"));
        for (String[] change : new String[][] {
            {"secret: {type: text", "secret: {type: encryptedText"}, {"card: {type: encryptedText", "card: {type: text"}
        }) {
            Map<String, String> files = files();
            files.computeIfPresent(
                    "objects/Customer.yaml",
                    (path, text) -> text.replace(change[0], change[1]).replace(", mask: lastFour", ""));
            files.computeIfPresent(
                    "permissions/manager.yaml", (path, text) -> text.replace("reveal: [card, ", "reveal: ["));
            Model other = ShopPackage.model(model.tenant(), 2, files);
            PlatformException refused = refused(() -> shops.evolve(other));
            assertThat(refused).as(change[1]).isNotNull();
            assertThat(refused.toString()).contains("store.column-type-change").doesNotContain(CARD);
        }
        assertThat(seen(door.manager(), row, "card")).isEqualTo(CARD);
    }

    @Test
    void aSealedTextOpensInItsOwnCellOnlyAndTheRecordStaysReadable() {
        Row one = customer(door, "Jack");
        Row other = customer(door, "Jill");
        shops.database()
                .dsl()
                .update(customers())
                .set(COLUMN, DSL.field(DSL.select(COLUMN).from(customers()).where(ID.eq(one.id()))))
                .where(ID.eq(other.id()))
                .execute();
        assertThat(seen(door.manager(), other, "card")).isEqualTo(MaskedText.UNREADABLE);
        assertThat(seen(door.clerk(), other, "card")).isEqualTo(MaskedText.UNREADABLE);
        assertThat(seen(door.manager(), other, "name")).isEqualTo("Jill");
        // A form sends back what it was shown.
        Row saved = door.manager()
                .update(CUSTOMER, other.id(), Optional.empty(), values("name", "Jilly", "card", MaskedText.UNREADABLE));
        assertThat(saved.values()).containsEntry("name", "Jilly").containsEntry("card", MaskedText.UNREADABLE);
        door.manager().update(CUSTOMER, other.id(), Optional.empty(), values("card", CARD));
        assertThat(seen(door.manager(), other, "card")).isEqualTo(CARD);
    }

    @Test
    void anotherKeyOfTheOperatorOpensWhatTheFormerSealed() {
        Row row = customer(door, "Kim");
        // Both, then only the new one: nothing of the records has to be written.
        keys = dataKeys("b", "a");
        keys = dataKeys("b");
        assertThat(seen(door.manager(), row, "card")).isEqualTo(CARD);
        keys = dataKeys("a", "b");
        keys = dataKeys("a");
        assertThat(seen(door.manager(), row, "card")).isEqualTo(CARD);
    }

    @Test
    void aMissingKeyLeavesTheRestReadableAndLosesNothing() {
        Row row = customer(door, "Liv");
        keys = dataKeys("z");
        assertThat(seen(door.manager(), row, "card")).isEqualTo(MaskedText.UNREADABLE);
        assertThat(seen(door.manager(), row, "name")).isEqualTo("Liv");
        PlatformException closed =
                refused(() -> door.manager().update(CUSTOMER, row.id(), Optional.empty(), values("card", "new")));
        assertThat(closed.code()).isEqualTo(StoreError.ENCRYPTION_KEY_MISSING);
        door.manager().update(CUSTOMER, row.id(), Optional.empty(), values("name", "Livia"));
        keys = dataKeys("a");
        assertThat(seen(door.manager(), row, "card")).isEqualTo(CARD);
    }

    @Test
    void whatIsSealedForATenantIsGoneWithItsKey() {
        Model shop = shops.tenant(files());
        String sealed = keys.of(shop.tenant()).seal("p", "secret");
        assertThat(keys.of(shop.tenant()).open("p", sealed)).isEqualTo("secret");
        assertThat(refused(() -> keys.of(model.tenant()).open("p", sealed)).code())
                .isIn(StoreError.ENCRYPTION_KEY_MISSING, StoreError.SECRET_DAMAGED);
        keys.removeTenant(shop.tenant());
        assertThat(refused(() -> keys.of(shop.tenant()).open("p", sealed)).code())
                .isEqualTo(StoreError.ENCRYPTION_KEY_MISSING);
    }
}
