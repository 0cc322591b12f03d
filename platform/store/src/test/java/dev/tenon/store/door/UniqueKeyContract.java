package dev.tenon.store.door;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.RecordsError;
import dev.tenon.records.Row;
import dev.tenon.records.RowOutcome;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.StoreError;
import dev.tenon.store.records.JooqRecycleBin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that occur once, of one field and of several, with and without regard to case; the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class UniqueKeyContract {

    private static final String FOLDED = "unique: true, ignoreCase: true";
    private static final String KEYS =
            "uniqueKeys: {once: {fields: [region, name], ignoreCase: true}, exact: [region, secret]}\n";

    private ShopDatabase shops;
    private Model model;
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
    void newTenant() {
        model = shops.tenant(files(FOLDED, KEYS));
        door = new ShopDoor(shops.store(), new JooqRecycleBin(shops.database(), 30), model);
    }

    private static Map<String, String> files(String email, String keys) {
        Map<String, String> files = ShopPackage.files();
        files.computeIfPresent("objects/Customer.yaml", (path, text) -> text.replace("unique: true", email) + keys);
        return files;
    }

    private static Map<String, String> wide(Map<String, String> files) {
        files.computeIfPresent(
                "objects/Customer.yaml",
                (path, text) -> text.replace("maxLength: 100, format", "maxLength: 300, format"));
        return files;
    }

    private Model next(long version, Map<String, String> files) {
        return ShopPackage.model(model.tenant(), version, files);
    }

    private Row customer(@Nullable Object... more) {
        List<@Nullable Object> all = new ArrayList<>(List.of("name", "Ada"));
        java.util.Collections.addAll(all, more);
        return door.manager().create(CUSTOMER, values(all.toArray()));
    }

    private static PlatformException refused(ThrowingCallable call) {
        return catchThrowableOfType(PlatformException.class, call);
    }

    private static void isDuplicate(@Nullable PlatformException told, String... pointers) {
        assertThat(told).isNotNull();
        assertThat(told.code()).isEqualTo(RecordsError.DUPLICATE);
        assertThat(told.details()).extracting(ErrorDetail::pointer).containsExactly(pointers);
    }

    @ParameterizedTest
    @CsvSource({
        "ada@x.com, ADA@X.com",
        "ＡＤＡ@x.com, ada@x.com",
        "ΟΔΟΣ@x.gr, οδος@x.gr",
        "Ångström@x.se, ångström@X.SE",
        "ﬁn@x.com, FIN@x.com",
        "李１２@x.cn, 李12@x.cn"
    })
    void textsThatDifferInCaseOrWidthAreTheSameValue(String one, String same) {
        customer("email", one);
        isDuplicate(refused(() -> customer("email", same)), "/email");
    }

    @Test
    void otherTextsAreNotAndNothingNeverIs() {
        for (String email : List.of("straße@x.de", "STRASSE@x.de", "ada@x.com", "adá@x.com")) {
            customer("email", email);
        }
        customer("email", null);
        customer("email", null);
    }

    @Test
    void aRecordMayWriteItsOwnValueInAnotherWay() {
        Row ada = customer("email", "ada@x.com");
        customer("email", "eve@x.com");
        door.manager().update(CUSTOMER, ada.id(), Optional.empty(), values("email", "ADA@x.com"));
        assertThat(door.reload(ada).values()).containsEntry("email", "ADA@x.com");
        isDuplicate(
                refused(() ->
                        door.manager().update(CUSTOMER, ada.id(), Optional.empty(), values("email", "EVE@x.com"))),
                "/email");
    }

    @Test
    void severalFieldsTogetherOccurOnceAndCountOnlyWhereAllAreFilled() {
        customer("region", "south", "secret", "s");
        isDuplicate(refused(() -> customer("name", "ＡＤＡ", "region", "south")), "/region", "/name");
        isDuplicate(refused(() -> customer("name", "Eve", "region", "south", "secret", "s")), "/region", "/secret");
        customer("name", "Eve", "region", "south", "secret", "S");
        customer("name", "ada");
        customer("name", "ADA");
    }

    @Test
    void anImportSavesTheFirstOfEachAndTellsTheOthers() {
        customer("email", "there@x.com");
        List<RowOutcome> outcomes = door.manager()
                .importRows(
                        CUSTOMER,
                        List.of(
                                values("name", "a", "email", "a@x.com"),
                                values("name", "b", "email", "A@X.COM"),
                                values("name", "c", "email", "There@x.com"),
                                values("name", "d", "email", "d@x.com", "region", "south"),
                                values("name", "D", "email", "e@x.com", "region", "south")));
        assertThat(outcomes)
                .extracting(o -> o instanceof RowOutcome.Rejected(PlatformException why) ? why.code() : "saved")
                .containsExactly(
                        "saved", RecordsError.DUPLICATE, RecordsError.DUPLICATE, "saved", RecordsError.DUPLICATE);
    }

    @Test
    void aDeletedRecordComesBackOnlyWhileItsValueIsFree() {
        Row ada = customer("email", "ada@x.com");
        door.manager().delete(CUSTOMER, ada.id(), Optional.empty());
        Row taker = customer("email", "ADA@x.com");
        isDuplicate(refused(() -> door.manager().recycleBin().restore(ada.id())), "/email");
        door.manager().update(CUSTOMER, taker.id(), Optional.empty(), values("email", null));
        door.manager().recycleBin().restore(ada.id());
        assertThat(door.reload(ada).values()).containsEntry("email", "ada@x.com");
    }

    @Test
    void ofTwoWritersOneWins() throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<@Nullable PlatformException>> work = new ArrayList<>();
            for (String email : List.of("race@x.com", "RACE@x.com")) {
                work.add(people.submit(() -> {
                    start.await(1, TimeUnit.MINUTES);
                    return refused(() -> customer("email", email));
                }));
            }
            List<PlatformException> lost = new ArrayList<>();
            for (Future<@Nullable PlatformException> one : work) {
                PlatformException told = one.get(1, TimeUnit.MINUTES);
                if (told != null) {
                    lost.add(told);
                }
            }
            assertThat(lost).singleElement().satisfies(told -> isDuplicate(told, "/email"));
        }
    }

    @Test
    void aKeyOverDuplicatesIsRefusedWithTheirNumberAndKeepsToItsWordOnceItIsThere() {
        Model exact = next(2, files("unique: true", ""));
        shops.evolve(exact);
        door.publish(ShopDoor.compile(exact));
        Row one = customer("email", "a@x.com");
        Row other = customer("email", "A@x.com");
        Model folded = next(3, files(FOLDED, KEYS));

        assertThat(refused(() -> shops.evolve(folded)).details())
                .singleElement()
                .satisfies(detail -> {
                    assertThat(detail.code()).isEqualTo(StoreError.DUPLICATES_PRESENT);
                    assertThat(detail.args()).containsEntry("count", 1L).containsEntry("fields", "email");
                });
        door.manager().update(CUSTOMER, other.id(), Optional.empty(), values("email", "b@x.com"));
        shops.evolve(folded);
        assertThat(shops.plan(folded)).isEmpty();
        isDuplicate(
                refused(() -> door.manager().update(CUSTOMER, one.id(), Optional.empty(), values("email", "B@x.com"))),
                "/email");
    }

    @Test
    void aTextGrowsUnderItsKeyAndTheKeyGoesWithoutATrace() {
        customer("email", "ada@x.com");
        Model longer = next(2, files(FOLDED + ", indexed: true", KEYS));
        shops.evolve(longer);
        Model wider = next(3, wide(files(FOLDED, KEYS)));
        shops.evolve(wider);
        door.publish(ShopDoor.compile(wider));
        isDuplicate(refused(() -> customer("email", "ADA@x.com")), "/email");
        customer("email", "a".repeat(290) + "@x.com");

        Model none = next(4, wide(files("required: false", "")));
        shops.evolve(none);
        assertThat(shops.plan(none)).isEmpty();
        door.publish(ShopDoor.compile(none));
        customer("email", "ADA@x.com");
    }
}
