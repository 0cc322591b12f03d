package dev.tenon.records;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.LINE;
import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.filter;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.records.shop.InMemoryRecordStore;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.sdk.record.RecordQuery;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a person may not see behaves as if it were not there, whatever the person asks. */
class HiddenDataTest {

    private final ShopDoor door = new ShopDoor(new InMemoryRecordStore(), ShopPackage.model("test"));
    private final Row mine = door.customer("Mine");
    private final Row others = door.manager()
            .create(
                    CUSTOMER,
                    values(
                            "name",
                            "Others",
                            "secret",
                            "x",
                            "agent",
                            door.otherClerkIdentity().user().id()));

    private static PlatformException refused(ThrowingCallable call) {
        return catchThrowableOfType(PlatformException.class, call);
    }

    /** Everything a caller can see of an error, with the asked name made equal. */
    private static String seen(PlatformException error, String name) {
        return (error.code().id() + error.args() + error.details()).replace(name, "NAME");
    }

    @Test
    void recordsOutsideOfTheScopeAreNotListedCountedFoundOrChanged() {
        RecordSession clerk = door.clerk();

        assertThat(clerk.query(Query.of(CUSTOMER, 10)).rows())
                .extracting(Row::id)
                .containsExactly(mine.id());
        assertThat(clerk.query(new Query(CUSTOMER, Query.Selection.ALL, Optional.empty(), List.of(), 10, 0, true))
                        .count())
                .hasValue(1);
        assertThat(clerk.find(CUSTOMER, others.id(), Query.Selection.ALL)).isEmpty();
        assertThat(refused(() -> clerk.update(CUSTOMER, others.id(), Optional.of(1L), values("name", "x")))
                        .code())
                .isEqualTo(RecordsError.NOT_FOUND);
        assertThat(refused(() -> clerk.delete(CUSTOMER, others.id(), Optional.empty()))
                        .code())
                .isEqualTo(RecordsError.NOT_FOUND);
        assertThat(refused(() -> clerk.delete(CUSTOMER, mine.id(), Optional.empty()))
                        .code())
                .as("what is visible may be named")
                .isEqualTo(RecordsError.NOT_ALLOWED);
    }

    @Test
    void aHiddenFieldIsAbsentFromRowsAndItsFormulaToo() {
        assertThat(door.clerk()
                        .find(CUSTOMER, mine.id(), Query.Selection.ALL)
                        .orElseThrow()
                        .values())
                .containsKeys("name", "standing", "orderTotal")
                .doesNotContainKeys("secret", "secretSize");
    }

    @Test
    void aHiddenFieldFailsExactlyAsAnUnknownOne() {
        RecordSession clerk = door.clerk();
        for (String hidden : List.of("secret", "secretSize")) {
            String unknown = "zzzzzz";
            assertThat(seen(refused(() -> clerk.query(select(hidden))), hidden))
                    .isEqualTo(seen(refused(() -> clerk.query(select(unknown))), unknown));
            assertThat(seen(refused(() -> filter(clerk, CUSTOMER, hidden + " == null")), hidden))
                    .isEqualTo(seen(refused(() -> filter(clerk, CUSTOMER, unknown + " == null")), unknown));
            assertThat(seen(refused(() -> clerk.create(CUSTOMER, values("name", "A", hidden, "x"))), hidden))
                    .isEqualTo(seen(refused(() -> clerk.create(CUSTOMER, values("name", "A", unknown, "x"))), unknown));
            assertThat(seen(refused(() -> clerk.client().query(sorted(hidden))), hidden))
                    .isEqualTo(seen(refused(() -> clerk.client().query(sorted(unknown))), unknown));
        }
    }

    private static Query select(String field) {
        return new Query(CUSTOMER, Query.Selection.of(field), Optional.empty(), List.of(), 10, 0, false);
    }

    private static RecordQuery sorted(String field) {
        return RecordQuery.of(CUSTOMER).orderBy(new RecordQuery.Sort(field, false));
    }

    @Test
    void anExpressionThatWasNotCheckedReadsHiddenFieldsAsEmpty() {
        Expr secret = new Expr.FieldRef(0, CUSTOMER, List.of(), "secret", ValueType.Simple.TEXT);
        door.manager().update(CUSTOMER, mine.id(), Optional.empty(), values("secret", "s"));

        Query blind =
                new Query(CUSTOMER, Query.Selection.ALL, Optional.of(new Expr.IsNull(secret)), List.of(), 10, 0, false);

        assertThat(door.clerk().query(blind).rows()).hasSize(1);
        assertThat(door.manager().query(blind).rows()).isEmpty();
    }

    @Test
    void anUnknownObjectAndAHiddenOneFailAlike() {
        RecordSession auditor = door.auditor();

        assertThat(seen(refused(() -> auditor.query(Query.of(CUSTOMER, 1))), CUSTOMER))
                .isEqualTo(seen(refused(() -> auditor.query(Query.of("shop__Nothing", 1))), "shop__Nothing"));
        assertThat(ErrorTexts.render(
                        RecordsError.UNKNOWN_OBJECT,
                        refused(() -> auditor.query(Query.of(CUSTOMER, 1))).args(),
                        Locale.ENGLISH))
                .contains("no object shop__Customer");
    }

    @Test
    void aReferenceToARecordThatIsHiddenReadsAsEmptyWithItsPath() {
        Row order = door.order(others);
        RecordSession auditor = door.auditor();

        assertThat(auditor.find(ORDER, order.id(), Query.Selection.ALL)
                        .orElseThrow()
                        .values())
                .containsEntry("customer", null)
                .doesNotContainKey("customerName")
                .containsEntry("number", "ORD-0001");
        assertThat(auditor.query(Query.of(ORDER, 10).where(filter(auditor, ORDER, "customer == null")))
                        .rows())
                .hasSize(1);
        Query.Selection withParent =
                new Query.Selection(List.of("number"), Map.of("customer", Query.Selection.ALL), Map.of());
        assertThat(auditor.find(ORDER, order.id(), withParent).orElseThrow().parents())
                .containsEntry("customer", null);
    }

    @Test
    void partsAreSeenWithTheirWhole() {
        Row order = door.order(mine);
        Row line = door.line(order, 1, "1.00");
        Row hidden = door.line(door.order(others), 1, "1.00");

        assertThat(door.clerk().query(Query.of(LINE, 10)).rows())
                .extracting(Row::id)
                .containsExactly(line.id())
                .doesNotContain(hidden.id());
        assertThat(refused(() -> door.clerk().update(LINE, line.id(), Optional.empty(), values("quantity", 2L)))
                        .code())
                .as("the order is the manager's, so the clerk may not change what is in it")
                .isEqualTo(RecordsError.NOT_ALLOWED);
    }

    @Test
    void aReferenceCannotBeUsedToFindOutWhatExists() {
        PlatformException hidden = refused(() -> door.clerk().create(ORDER, values("customer", others.id())));
        PlatformException unknown = refused(() -> door.clerk().create(ORDER, values("customer", RecordIds.next())));

        assertThat(hidden.code()).isEqualTo(RecordsError.REFERENCE_NOT_FOUND);
        assertThat(hidden.args()).isEqualTo(unknown.args());
    }

    @Test
    void aRecordCannotBeMovedOutOfReachButGivenAwayItCan() {
        PlatformException told = refused(() -> door.clerk()
                .update(
                        CUSTOMER,
                        mine.id(),
                        Optional.empty(),
                        values("agent", door.otherClerkIdentity().user().id())));

        assertThat(told.code()).isEqualTo(RecordsError.OUT_OF_REACH);
        assertThat(door.reload(mine).version()).isEqualTo(1);

        Row given = door.clerk()
                .update(
                        CUSTOMER,
                        mine.id(),
                        Optional.empty(),
                        values(
                                "owner", door.otherClerkIdentity().user().id(),
                                "agent", door.otherClerkIdentity().user().id()));
        assertThat(given.values()).as("no longer visible to the giver").isEmpty();
    }

    @Test
    void theEmptyCellOfAHiddenReferenceSentBackChangesNothing() {
        Row order = door.manager()
                .create(
                        ORDER,
                        values(
                                "customer",
                                mine.id(),
                                "payer",
                                others.id(),
                                "owner",
                                door.clerkIdentity().user().id()));
        RecordSession clerk = door.clerk();
        assertThat(clerk.find(ORDER, order.id(), Query.Selection.ALL)
                        .orElseThrow()
                        .values())
                .containsEntry("payer", null);

        clerk.update(ORDER, order.id(), Optional.of(1L), values("payer", null, "status", "cancelled"));

        assertThat(door.reload(order).values())
                .containsEntry("payer", others.id())
                .containsEntry("status", "cancelled");
        assertThat(refused(() -> clerk.update(ORDER, order.id(), Optional.empty(), values("payer", mine.id())))
                        .code())
                .isEqualTo(RecordsError.FIELD_NOT_EDITABLE);
    }

    @Test
    void theHistoryLeavesOutHiddenFieldsAndReferences() {
        door.manager().update(CUSTOMER, mine.id(), Optional.empty(), values("secret", "s", "name", "New"));

        assertThat(door.clerk().history(CUSTOMER, mine.id()))
                .extracting(HistoryEntry::field)
                .contains("name")
                .doesNotContain("secret");
        assertThat(refused(() -> door.clerk().history(CUSTOMER, others.id())).code())
                .isEqualTo(RecordsError.NOT_FOUND);
    }

    @Test
    void aViewsFilterMayUseWhatItsReaderDoesNotSee() {
        Expr south = door.clerk()
                .expression(
                        CUSTOMER,
                        door.model()
                                .model()
                                .requireObject(CUSTOMER)
                                .views()
                                .getFirst()
                                .filter()
                                .orElseThrow());

        assertThat(door.clerk().query(Query.of(CUSTOMER, 10).where(south)).rows())
                .isEmpty();
    }

    @Test
    void scriptsFilterByTextWithParameters() {
        RecordQuery byAgent = RecordQuery.of(CUSTOMER)
                .select("name", "agent.name")
                .where(
                        "agent == who && creditLimit > low",
                        values("who", door.clerkIdentity().user().id().toString(), "low", 10));

        assertThat(door.clerk().client().query(byAgent))
                .singleElement()
                .satisfies(data -> assertThat(data.values())
                        .containsEntry("name", "Mine")
                        .containsEntry("agent.name", "Carl Clerk"));
        assertThat(door.manager().client().count(RecordQuery.of(CUSTOMER))).isEqualTo(2);
        assertThat(refused(() -> door.clerk()
                                .client()
                                .query(RecordQuery.of(CUSTOMER).where("agent == me", values("me", "x"))))
                        .code())
                .isEqualTo(RecordsError.RESERVED_PARAMETER);
    }

    @Test
    void limitsAreToldNotCut() {
        RecordSession manager = door.manager();

        assertThat(refused(() -> manager.query(Query.of(CUSTOMER, 1001))).code())
                .isEqualTo(RecordsError.LIMIT_EXCEEDED);
        Query.Selection deep = Query.Selection.of("id");
        for (int i = 0; i < 5; i++) {
            deep = new Query.Selection(List.of("id"), Map.of("manager", deep), Map.of());
        }
        Query.Selection tooDeep = deep;
        assertThat(refused(() -> manager.query(
                                new Query("sys__User", tooDeep, Optional.empty(), List.of(), 1, 0, false)))
                        .code())
                .isEqualTo(RecordsError.LIMIT_EXCEEDED);
    }

    @Test
    void childrenComeWithTheirOwnLimitsAndRights() {
        Row order = door.order(mine);
        door.line(order, 1, "1.00");
        door.line(order, 2, "1.00");
        Query.Children lines =
                new Query.Children(LINE, "order", Query.Selection.of("quantity"), Optional.empty(), List.of(), 1);
        Query.Children orders = new Query.Children(
                ORDER,
                "customer",
                new Query.Selection(List.of("number"), Map.of(), Map.of("lines", lines)),
                Optional.empty(),
                List.of(),
                10);
        Query.Selection select = new Query.Selection(List.of("name"), Map.of(), Map.of("orders", orders));

        Row found = door.clerk().find(CUSTOMER, mine.id(), select).orElseThrow();

        assertThat(found.children().get("orders")).singleElement().satisfies(o -> {
            assertThat(o.values()).containsOnlyKeys("number");
            assertThat(o.children().get("lines")).hasSize(1);
        });
    }
}
