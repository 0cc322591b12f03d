package dev.tenon.store.door;

import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.records.Row;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PostgresReferenceIntegrityTest extends ReferenceIntegrityContract {
    @Override
    DatabaseSettings settings(Path folder) {
        return TestDatabases.postgres();
    }

    @Override
    String waiting() {
        return "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    }

    @Test
    void whoeverRefersToARecordWaitsNeitherForOthersWhoDoNorForWhoChangesIt() {
        Row buyer = customer();
        Row payer = customer();
        Row order = door().order(buyer);
        Row other = door().order(buyer);
        Runnable fast = () -> {
            update(other, "payer", payer.id());
            update(payer, "secret", "1");
        };
        Runnable first = () -> update(order, "payer", payer.id());
        assertThat(withoutWaiting(first, fast)).isEqualTo(new Ends(THROUGH, THROUGH));
        assertThat(withoutWaiting(
                        () -> update(payer, "secret", "2"),
                        () -> update(
                                door().manager().create(ORDER, values("customer", buyer.id())), "payer", payer.id())))
                .isEqualTo(new Ends(THROUGH, THROUGH));
    }
}
