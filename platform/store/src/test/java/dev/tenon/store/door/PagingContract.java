package dev.tenon.store.door;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.decimal;
import static dev.tenon.records.shop.ShopDoor.filter;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.Page;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Lists that are read page by page, each behind the last row of the one before; the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PagingContract {

    private ShopDatabase shops;
    private ShopDoor door;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        shops = new ShopDatabase(Database.open(settings(folder)));
    }

    @AfterAll
    void close() {
        shops.close();
    }

    @BeforeEach
    void customers() {
        Map<String, String> files = new LinkedHashMap<>(ShopPackage.files());
        files.put("permissions/looker.yaml", """
                label: Looker
                objects:
                  Customer: {read: true, scope: "agent == me", fieldDefault: read}
                  Order: {read: true, scope: all, fieldDefault: read}
                """);
        Model model = shops.tenant(files);
        door = new ShopDoor(shops.store(), model);
        UUID clerk = door.clerkIdentity().user().id();
        UUID other = door.otherClerkIdentity().user().id();
        customer("Ada", "north", clerk, "10.50", "zzz");
        customer("ada", "south", other, "10.50", null);
        customer("Bo", null, null, null, "z");
        customer("Bo", null, clerk, "10.50", null);
        customer("Éva", "south", null, "0.00", "zz");
        customer("Zoe", "north", other, null, "a");
        customer("陈静", "south", clerk, "-3.25", null);
        customer("𠮷", null, other, "99999.99", "zzz");
        customer("a b", "north", clerk, "10.51", "");
    }

    private Row customer(String name, String region, UUID agent, String limit, String secret) {
        return door.manager()
                .create(
                        CUSTOMER,
                        values(
                                "name",
                                name,
                                "region",
                                region,
                                "agent",
                                agent,
                                "creditLimit",
                                limit == null ? null : decimal(limit),
                                "secret",
                                secret));
    }

    /** The language's expressions; a minus before one sorts the other way round. */
    private static List<Query.SortKey> keys(RecordSession session, String... texts) {
        return Stream.of(texts)
                .map(text -> new Query.SortKey(
                        filter(session, CUSTOMER, text.startsWith("-") ? text.substring(1) : text),
                        text.startsWith("-")))
                .toList();
    }

    private static Query query(List<Query.SortKey> sort, int limit) {
        return new Query(CUSTOMER, Query.Selection.of("name"), Optional.empty(), sort, limit, 0, true);
    }

    private static List<UUID> walk(
            RecordSession session, List<Query.SortKey> sort, int limit, long all, Consumer<Page> between) {
        List<UUID> seen = new ArrayList<>();
        Optional<Query.Place> last = Optional.empty();
        while (true) {
            Page page = session.query(query(sort, limit).from(last));
            page.rows().forEach(row -> seen.add(row.id()));
            if (all >= 0) {
                assertThat(page.count()).as("all rows, on every page").hasValue(all);
            }
            if (!page.more()) {
                return seen;
            }
            last = page.last();
            between.accept(page);
        }
    }

    private static List<UUID> atOnce(RecordSession session, List<Query.SortKey> sort) {
        return session.query(query(sort, 100)).rows().stream().map(Row::id).toList();
    }

    @Test
    void pagesAreTheListWhateverItsOrder() {
        for (String[] order : new String[][] {
            {},
            {"name"},
            {"-name"},
            {"region"},
            {"-region"},
            {"creditLimit"},
            {"-creditLimit"},
            {"agent"},
            {"-agent"},
            {"agent.name", "-name"},
            {"-agent.login"},
            {"createdAt"},
            {"-createdAt"},
            {"secretSize", "-region"},
            {"-secret"},
            {"-region", "creditLimit", "-name"},
            {"region", "-creditLimit"},
            {"creditLimit > 10.5"},
            {"-(creditLimit > 10.5)", "name"},
            {"lower(name)", "-creditLimit"},
            {"creditLimit / 3.0", "-region"},
            {"orderCount", "standing"},
        }) {
            List<Query.SortKey> sort = keys(door.manager(), order);
            List<UUID> whole = atOnce(door.manager(), sort);
            assertThat(whole).hasSize(9);
            for (int limit : new int[] {1, 2, 4}) {
                assertThat(walk(door.manager(), sort, limit, 9, page -> {}))
                        .as(String.join(", ", order) + " by " + limit)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void whatComesAndGoesBetweenPagesLetsNoOtherRowBeMissedOrSeenTwice() {
        for (String order : List.of("name", "-creditLimit", "region", "-region")) {
            List<Query.SortKey> sort = keys(door.manager(), order);
            List<UUID> before = atOnce(door.manager(), sort);
            List<UUID> gone = new ArrayList<>();
            List<UUID> seen = walk(door.manager(), sort, 2, -1, page -> {
                if (gone.isEmpty()) {
                    // Before the place, at it, and behind it.
                    customer("0" + order, "south", null, "10.50", null);
                    customer("zz" + order, null, null, null, null);
                    for (UUID id : List.of(before.get(0), before.get(1), before.get(before.size() - 2))) {
                        door.manager().delete(CUSTOMER, id, Optional.empty());
                        gone.add(id);
                    }
                }
            });
            assertThat(seen).as(order).doesNotHaveDuplicates();
            List<UUID> stayed = new ArrayList<>(before);
            stayed.removeAll(gone);
            assertThat(seen).as(order).containsAll(stayed).startsWith(before.get(0), before.get(1));
            assertThat(seen).doesNotContain(gone.getLast());
        }
    }

    @Test
    void aCellThatIsHiddenAtARowIsEmptyInItsPlaceAndItsOrder() {
        Identity clerk = door.clerkIdentity();
        RecordSession session = door.as(new Identity(clerk.user(), Identity.Kind.USER, Set.of("shop__looker")));
        for (Row customer :
                door.manager().query(query(keys(door.manager(), "name"), 100)).rows()) {
            door.order(customer);
        }
        for (boolean descending : List.of(false, true)) {
            List<Query.SortKey> sort = List.of(new Query.SortKey(filter(session, ORDER, "customerName"), descending));
            Query list = new Query(ORDER, Query.Selection.of("number"), Optional.empty(), sort, 1, 0, true);
            List<UUID> seen = new ArrayList<>();
            List<Object> places = new ArrayList<>();
            Page page = session.query(list.from(Optional.empty()));
            while (true) {
                page.rows().forEach(row -> seen.add(row.id()));
                places.addAll(page.last().orElseThrow().values());
                assertThat(page.count()).hasValue(9);
                if (!page.more()) {
                    break;
                }
                page = session.query(list.from(page.last()));
            }
            Query whole = new Query(ORDER, Query.Selection.of("number"), Optional.empty(), sort, 100, 0, false);
            assertThat(seen)
                    .isEqualTo(session.query(whole).rows().stream().map(Row::id).toList());
            assertThat(places)
                    .as("of customers of others nothing is told")
                    .containsExactlyInAnyOrder("Ada", "Bo", "a b", "陈静", null, null, null, null, null);
        }
    }
}
