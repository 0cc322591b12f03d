package dev.tenon.store.door;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.filter;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import dev.tenon.records.shop.InMemoryRecycleBin;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.records.JooqRecordStore;
import dev.tenon.store.records.OutboxListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** How often one call goes to the database, for a person with a row rule and a hidden field. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StatementContract {

    private final List<String> sent = new ArrayList<>();

    private ShopDatabase shops;
    private ShopDoor door;

    abstract DatabaseSettings settings(Path folder);

    /** Statements that carry the history and the event of one save. */
    abstract int ofAJournal();

    /** Statements that look up what holds a record that was locked. */
    abstract int ofHolds();

    @BeforeAll
    void open(@TempDir Path folder) {
        shops = new ShopDatabase(Database.open(settings(folder), this::watched));
        Model model = shops.tenant(withoutTriggers());
        door = new ShopDoor(shops.store(), new InMemoryRecycleBin(), shops.holds(), model);
    }

    private static Map<String, String> withoutTriggers() {
        Map<String, String> files = ShopPackage.files();
        files.compute(
                "objects/Customer.yaml", (path, text) -> text.replaceAll("(?m)^(triggers:|  (tidy|noted):).*\\R", ""));
        return files;
    }

    @AfterAll
    void close() {
        shops.close();
    }

    private DataSource watched(DataSource driver) {
        return ProxyDataSourceBuilder.create(driver)
                .listener(new QueryExecutionListener() {
                    @Override
                    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

                    @Override
                    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
                        queries.forEach(query -> sent.add(query.getQuery()));
                    }
                })
                .build();
    }

    /** Runs it twice, so that nothing of a first time counts, and tells what the second run has sent. */
    private List<String> sentBy(Runnable call) {
        call.run();
        sent.clear();
        call.run();
        return List.copyOf(sent);
    }

    @Test
    void oneRecordIsReadWithOneStatement() {
        Row mine = door.customer("Ann");
        RecordSession clerk = door.clerk();
        assertThat(sentBy(() -> assertThat(clerk.find(CUSTOMER, mine.id(), Query.Selection.ALL))
                        .isPresent()))
                .hasSize(1);
    }

    @Test
    void aListIsReadWithOneStatementAlsoWithTheNamesBehindItsReferences() {
        door.order(door.customer("Bob"));
        RecordSession clerk = door.clerk();
        assertThat(sentBy(() -> clerk.query(new Query(
                        CUSTOMER,
                        Query.Selection.of("name", "region"),
                        Optional.of(filter(clerk, CUSTOMER, "name != 'x'")),
                        List.of(),
                        50,
                        0,
                        false))))
                .hasSize(1);
        Query.Selection withNames =
                new Query.Selection(List.of("number"), Map.of("customer", Query.Selection.of("name")), Map.of());
        assertThat(sentBy(() -> clerk.query(new Query(ORDER, withNames, Optional.empty(), List.of(), 50, 0, false))))
                .hasSize(1);
    }

    /** What a statement selects, column by column. */
    private static List<String> selected(List<String> statements) {
        String sql = statements.getFirst().toLowerCase(Locale.ROOT);
        String columns = sql.substring(sql.indexOf("select ") + "select ".length(), sql.indexOf(" from "));
        return Arrays.stream(columns.split(",", -1))
                .map(column -> column.replaceAll(".*\\.", "")
                        .replace("\"", "")
                        .replaceAll(" (as )?c\\d+$", "")
                        .strip())
                .toList();
    }

    @Test
    void onlyTheColumnsThatAreAskedForAreRead() {
        Row mine = door.customer("Flo");
        RecordSession clerk = door.clerk();
        Query.Selection two = Query.Selection.of("name", "region");
        assertThat(selected(sentBy(() -> clerk.find(CUSTOMER, mine.id(), two))))
                .containsExactlyInAnyOrder("id", "version", "name", "region");
        assertThat(selected(
                        sentBy(() -> clerk.query(new Query(CUSTOMER, two, Optional.empty(), List.of(), 50, 0, false)))))
                .containsExactlyInAnyOrder("id", "version", "name", "region");
        Query.Selection withNames =
                new Query.Selection(List.of("number"), Map.of("customer", Query.Selection.of("name")), Map.of());
        // Of the order its number and the reference, of the customer his name, id and version; nothing else of either.
        RecordSession manager = door.manager();
        door.order(mine);
        assertThat(selected(sentBy(
                        () -> manager.query(new Query(ORDER, withNames, Optional.empty(), List.of(), 50, 0, false)))))
                .containsExactlyInAnyOrder("id", "version", "number", "customer", "version", "name");
    }

    @Test
    void noColumnIsReadTwiceForItsOrderOrForTheRecordBehindIt() {
        RecordSession manager = door.manager();
        door.order(door.customer("Gil"));
        Query.Selection both = new Query.Selection(
                List.of("number", "customer"), Map.of("customer", Query.Selection.of("name")), Map.of());
        List<Query.SortKey> sort = List.of(new Query.SortKey(filter(manager, ORDER, "number"), true));
        Query walked = new Query(ORDER, both, Optional.empty(), sort, 50, 0, false).from(Optional.empty());
        assertThat(selected(sentBy(() -> manager.query(walked))))
                .containsExactlyInAnyOrder("id", "version", "number", "customer", "version", "name");
        // A key that is not selected is read besides, for the place of the next page.
        Query further = new Query(ORDER, Query.Selection.of("customer"), Optional.empty(), sort, 50, 0, false)
                .from(Optional.empty());
        assertThat(selected(sentBy(() -> manager.query(further))))
                .containsExactlyInAnyOrder("id", "version", "customer", "number");
        Query.Place last = manager.query(further).last().orElseThrow();
        assertThat(last).isEqualTo(manager.query(walked).last().orElseThrow());
    }

    @Test
    void aListWithItsDetailsTakesOneStatementMore() {
        door.line(door.order(door.customer("Cid")), 1, "2.00");
        RecordSession manager = door.manager();
        Query.Selection withLines = new Query.Selection(
                List.of("number"),
                Map.of(),
                Map.of(
                        "lines",
                        new Query.Children(
                                "shop__Line",
                                "order",
                                Query.Selection.of("product"),
                                Optional.empty(),
                                List.of(),
                                10)));
        assertThat(sentBy(() -> manager.query(new Query(ORDER, withLines, Optional.empty(), List.of(), 50, 0, false))))
                .hasSize(2);
    }

    @Test
    void aSaveTellsItsConditionsFromTheRecordItself() {
        RecordSession clerk = door.clerk();
        // Written, told, read again as its writer may see it.
        assertThat(sentBy(() -> clerk.create(CUSTOMER, values("name", "Dan")))).hasSize(2 + ofAJournal());
        Row mine = door.customer("Eve");
        int[] times = {0};
        // And locked before. No formula of another record reads the field.
        assertThat(sentBy(() -> clerk.update(CUSTOMER, mine.id(), Optional.empty(), values("creditLimit", times[0]++))))
                .hasSize(3 + ofHolds() + ofAJournal());
    }

    @Test
    void whatIsReferredToIsLookedForAndKeptWithOneStatementForAnObject() {
        RecordSession manager = door.manager();
        Row order = door.order(door.customer("Gus"));
        List<Row> payers = List.of(door.customer("Hal"), door.customer("Ida"));
        int[] times = {0};
        List<String> sent = sentBy(() -> manager.update(
                ORDER,
                order.id(),
                Optional.empty(),
                values("payer", payers.get(times[0]++).id())));
        // Locked, the customer read for a formula, the payer looked for, written, read again.
        assertThat(sent).hasSize(5 + ofHolds() + ofAJournal());
        assertThat(sent.get(2 + ofHolds()).toLowerCase(Locale.ROOT))
                .contains("shop__customer")
                .contains(" for ");
    }

    @Test
    void aSaveWhoseEventNobodyWantsTakesOneStatementForItsHistory() {
        OutboxListener nobody = new OutboxListener() {
            @Override
            public boolean wants(String topic) {
                return false;
            }

            @Override
            public void appended(String tenant, Set<String> topics) {
                throw new IllegalStateException("nobody wanted it");
            }
        };
        JooqRecordStore store = new JooqRecordStore(shops.database(), shops.catalogue(), nobody);
        RecordSession clerk = new ShopDoor(store, shops.tenant(withoutTriggers())).clerk();
        assertThat(sentBy(() -> clerk.create(CUSTOMER, values("name", "Hal")))).hasSize(3);
    }
}
