package dev.tenon.store.door;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.LINE;
import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.decimal;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.records.Row;
import dev.tenon.records.RowOutcome;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a reference may be given, and whether a part may move; the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReferenceChoiceContract {

    private static final String NOTE = "shop__Note";

    private ShopDatabase shops;
    private ShopDoor door;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        shops = new ShopDatabase(Database.open(settings(folder)));
        Map<String, String> files = ShopPackage.files();
        files.computeIfPresent(
                "objects/Order.yaml",
                (path, text) -> text.replace(
                        "payer: {",
                        "payer: {candidateFields: [region], candidateFilter: \"candidate.region == customer.region && candidate.secret != 'blocked' && candidate != customer\", "));
        files.put("objects/Note.yaml", """
                label: Note
                pluralLabel: Notes
                baseline: controlledByParent
                fields:
                  order: {type: masterDetail, label: Order, target: Order, reparent: refused}
                  body: {type: text, label: Body, maxLength: 40}
                """);
        files.computeIfPresent(
                "permissions/manager.yaml",
                (path, text) ->
                        text + "  Note: {create: true, read: true, edit: true, delete: true, fieldDefault: edit}\n");
        Model model = shops.tenant(files);
        door = new ShopDoor(shops.store(), model);
    }

    @AfterAll
    void close() {
        shops.close();
    }

    private static PlatformException refused(ThrowingCallable call) {
        return catchThrowableOfType(PlatformException.class, call);
    }

    private UUID customer(String name, @Nullable String secret, boolean clerks) {
        return door.manager()
                .create(
                        CUSTOMER,
                        values(
                                "name",
                                name,
                                "region",
                                "south",
                                "secret",
                                secret,
                                "agent",
                                clerks ? door.clerkIdentity().user().id() : null))
                .id();
    }

    private UUID northern() {
        return door.manager()
                .create(
                        CUSTOMER,
                        values(
                                "name",
                                "North",
                                "region",
                                "north",
                                "agent",
                                door.clerkIdentity().user().id()))
                .id();
    }

    private static List<UUID> offered(RecordSession who, Optional<UUID> id, Map<String, @Nullable Object> values) {
        return who.candidates(ORDER, id, values, "payer", target -> Query.of(target, 500)).rows().stream()
                .map(Row::id)
                .toList();
    }

    @Test
    void everySaveKeepsToTheConditionAndThePickerOffersWhatItTakes() {
        UUID buyer = customer("Buyer", null, true);
        UUID fit = customer("Fit", "open", true);
        UUID blocked = customer("Blocked", "blocked", true);
        UUID north = northern();
        for (UUID wrong : List.of(blocked, north, buyer)) {
            PlatformException fault =
                    refused(() -> door.manager().create(ORDER, values("customer", buyer, "payer", wrong)));
            assertThat(fault.code()).isEqualTo(RecordsError.CANDIDATE_NOT_ALLOWED);
            assertThat(fault.details().getFirst().pointer()).isEqualTo("/payer");
        }
        Row order = door.manager().create(ORDER, values("customer", buyer, "payer", fit));
        assertThat(offered(door.manager(), Optional.of(order.id()), Map.of()))
                .contains(fit)
                .doesNotContain(blocked, north, buyer);
        assertThat(offered(door.manager(), Optional.empty(), values("customer", north)))
                .doesNotContain(fit, blocked, north, buyer);
        assertThat(offered(door.manager(), Optional.empty(), Map.of()))
                .as("nothing to compare with")
                .isEmpty();
    }

    @Test
    void whatTheConditionReadsIsAskedAgainWhenItChangesHereAndNotWhenItChangesThere() {
        UUID buyer = customer("Buyer", null, true);
        UUID payer = customer("Payer", "open", true);
        Row order = door.manager().create(ORDER, values("customer", buyer, "payer", payer));
        assertThat(refused(() -> door.manager()
                                .update(ORDER, order.id(), Optional.empty(), values("customer", northern())))
                        .code())
                .isEqualTo(RecordsError.CANDIDATE_NOT_ALLOWED);
        door.manager().update(CUSTOMER, payer, Optional.empty(), values("secret", "blocked"));
        door.manager().update(ORDER, order.id(), Optional.empty(), values("discount", decimal("1.00")));
        assertThat(refused(() -> door.manager().create(ORDER, values("customer", buyer, "payer", payer)))
                        .code())
                .isEqualTo(RecordsError.CANDIDATE_NOT_ALLOWED);
    }

    @Test
    void anImportKeepsToItRowByRow() {
        UUID buyer = customer("Buyer", null, true);
        UUID fit = customer("Fit", "open", true);
        UUID blocked = customer("Blocked", "blocked", true);
        List<RowOutcome> outcomes = door.manager()
                .importRows(
                        ORDER,
                        List.of(values("customer", buyer, "payer", blocked), values("customer", buyer, "payer", fit)));
        assertThat(outcomes.get(0))
                .isInstanceOfSatisfying(
                        RowOutcome.Rejected.class,
                        rejected ->
                                assertThat(rejected.problem().code()).isEqualTo(RecordsError.CANDIDATE_NOT_ALLOWED));
        assertThat(outcomes.get(1)).isInstanceOf(RowOutcome.Saved.class);
    }

    @Test
    void nobodyIsOfferedOrToldOfWhatHeMayNotSee() {
        UUID buyer = customer("Buyer", null, true);
        UUID mine = customer("Mine", "open", true);
        UUID hidden = customer("Hidden", "open", false);
        UUID hiddenBlocked = customer("Hidden", "blocked", false);
        assertThat(offered(door.clerk(), Optional.empty(), values("customer", buyer)))
                .as("the condition reads what the clerk may not, its answer is that of a save")
                .contains(mine)
                .doesNotContain(hidden, hiddenBlocked);
        for (UUID unseen : List.of(hidden, hiddenBlocked)) {
            assertThat(refused(() -> door.clerk().create(ORDER, values("customer", buyer, "payer", unseen)))
                            .code())
                    .isEqualTo(RecordsError.REFERENCE_NOT_FOUND);
        }
        assertThat(refused(() -> offered(door.auditor(), Optional.empty(), Map.of()))
                        .code())
                .isEqualTo(RecordsError.NOT_ALLOWED);
        assertThat(refused(() -> door.manager()
                                .candidates(ORDER, Optional.empty(), Map.of(), "status", t -> Query.of(t, 5)))
                        .code())
                .isEqualTo(RecordsError.UNKNOWN_FIELD);
    }

    @Test
    void aPartThatMovesCountsAtItsNewWholeOnly() {
        Row from = door.order(door.customer("From"));
        Row to = door.order(door.customer("To"));
        Row line = door.manager()
                .create(LINE, values("order", from.id(), "product", "Pen", "quantity", 2L, "price", decimal("3.00")));
        door.manager()
                .create(LINE, values("order", to.id(), "product", "Ink", "quantity", 1L, "price", decimal("5.00")));
        door.manager().update(LINE, line.id(), Optional.empty(), values("order", to.id()));
        assertThat(total(from)).isEqualByComparingTo("0.00");
        assertThat(total(to)).isEqualByComparingTo("11.00");
        door.manager().update(LINE, line.id(), Optional.empty(), values("order", from.id(), "quantity", 3L));
        assertThat(total(from)).isEqualByComparingTo("9.00");
        assertThat(total(to)).isEqualByComparingTo("5.00");
    }

    private java.math.BigDecimal total(Row order) {
        return door.reload(order).values().get("lineTotal") instanceof java.math.BigDecimal total
                ? total
                : java.math.BigDecimal.ZERO;
    }

    @Test
    void aPartThatMayNotMoveStays() {
        Row order = door.order(door.customer("From"));
        Row other = door.order(door.customer("To"));
        Row note = door.manager().create(NOTE, values("order", order.id(), "body", "a"));
        PlatformException fault =
                refused(() -> door.manager().update(NOTE, note.id(), Optional.empty(), values("order", other.id())));
        assertThat(fault.code()).isEqualTo(RecordsError.REPARENT_REFUSED);
        assertThat(fault.details().getFirst().pointer()).isEqualTo("/order");
        door.manager().update(NOTE, note.id(), Optional.empty(), values("order", order.id(), "body", "b"));
        assertThat(refused(() -> door.as(door.systemIdentity())
                                .update(NOTE, note.id(), Optional.empty(), values("order", other.id())))
                        .code())
                .as("also for engines")
                .isEqualTo(RecordsError.REPARENT_REFUSED);
    }
}
