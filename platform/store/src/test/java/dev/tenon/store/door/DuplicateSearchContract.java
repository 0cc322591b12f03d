package dev.tenon.store.door;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.records.RowOutcome;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Duplicate rules where hundreds of records share a key: what they ask of the database, and what they never miss. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DuplicateSearchContract {

    /** More than are compared. */
    private static final int CROWD = 300;

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private ShopDatabase shops;
    private ShopDoor door;
    private final List<UUID> crowd = new ArrayList<>();

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        shops = new ShopDatabase(Database.open(settings(folder), this::watched));
        Map<String, String> files = new HashMap<>(ShopPackage.files());
        files.computeIfPresent(
                "objects/Customer.yaml",
                (path, text) -> text.replaceAll("(?m)^triggers:\\R(  .*\\R)*?(?=\\S)", "") + """
                        duplicateRules:
                          sameSecret: {match: [{secret: normalized}], message: Known., action: block, condition: "creditLimit > 10.0"}
                          alike: {match: [{name: {fuzzy: 90}}], message: Similar.}
                          own: {match: [{secret: normalized}], message: Yours., visibility: readable, condition: "creditLimit <= 10.0"}
                        """);
        door = new ShopDoor(shops.store(), shops.tenant(files));
        // The oldest one is what the rules have to find; the others only share its keys.
        crowd.add(created("Maria Roza Gonzalez", "1", 0));
        for (int i = 1; i < CROWD; i++) {
            crowd.add(created("Maria " + Integer.toString(i * 7919, 26) + " " + i + " Silva", "2", i));
        }
    }

    private UUID created(String name, String limit, int number) {
        Map<String, @Nullable Object> row = values("name", name, "email", number + "@example.com", "secret", "s1");
        row.put("creditLimit", new java.math.BigDecimal(limit.equals("1") ? "100.00" : "5.00"));
        RowOutcome outcome = door.as(door.systemIdentity())
                .importRows(CUSTOMER, List.of(row))
                .getFirst();
        return ((RowOutcome.Saved) outcome).id();
    }

    private DataSource watched(DataSource driver) {
        return ProxyDataSourceBuilder.create(driver)
                .listener(new QueryExecutionListener() {
                    @Override
                    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

                    @Override
                    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
                        queries.forEach(query -> sent.add(query.getQuery().toLowerCase(Locale.ROOT)));
                    }
                })
                .build();
    }

    @AfterAll
    void close() {
        shops.close();
    }

    private RecordSession confirming() {
        return door.manager().allowingDuplicates(Set.of("alike"));
    }

    @Test
    void theOnlyRecordWithTheSameValueIsFoundBehindHundredsThatTheConditionLeavesOut() {
        assertThatThrownBy(() -> confirming().create(CUSTOMER, values("name", "Somebody", "secret", "S 1")))
                .isInstanceOfSatisfying(PlatformException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(RecordsError.DUPLICATES_BLOCKED);
                    assertThat(refused.details())
                            .singleElement()
                            .satisfies(found -> assertThat(found.args())
                                    .containsEntry("id", crowd.getFirst().toString()));
                });
    }

    @Test
    void aNameWithMoreInCommonIsComparedBeforeNewerOnes() {
        assertThatThrownBy(() -> door.manager().create(CUSTOMER, values("name", "Maria Rosa Gonzalez")))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        asked -> assertThat(asked.code()).isEqualTo(RecordsError.DUPLICATES_TO_CONFIRM));
    }

    @Test
    void aRuleOverReadableRecordsLooksPastThoseOfOthers() {
        RecordSession clerk = door.clerk().allowingDuplicates(Set.of("alike"));
        UUID me = door.clerkIdentity().user().id();
        Map<String, @Nullable Object> row = values("name", "Mine", "email", "mine@example.com", "agent", me);
        row.put("creditLimit", new java.math.BigDecimal("5.00"));
        // Nobody else's hundreds of records with this secret are told, nor the secret, which a clerk may not read.
        assertThat(clerk.create(CUSTOMER, row)).isNotNull();
    }

    @Test
    void aSaveAsksOnceForEachWayToMatchAndReadsOnlyWhatIsCompared() {
        RecordSession manager = confirming();
        for (int i = 0; i < 2; i++) {
            manager.create(
                    CUSTOMER, values("name", "Pedro Almeida " + i, "email", "p" + i + "@x.com", "secret", "p" + i));
            sent.clear();
            manager.create(
                    CUSTOMER, values("name", "Maria Gomez Silva", "email", "q" + i + "@x.com", "secret", "q" + i));
        }
        List<String> searches = sent.stream()
                .filter(sql -> sql.startsWith("select") && sql.contains("tenon_match_key"))
                .toList();
        assertThat(searches)
                .hasSize(2)
                .allSatisfy(sql -> assertThat(sql).doesNotContain("email").doesNotContain("maria"));
        assertThat(sent.stream().filter(sql -> sql.contains("tenon_match_lock")))
                .hasSize(1);
        assertThat(sent.stream().filter(sql -> sql.startsWith("insert") && sql.contains("tenon_match_key")))
                .hasSize(1);
    }
}
