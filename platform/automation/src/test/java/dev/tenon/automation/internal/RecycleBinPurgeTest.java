package dev.tenon.automation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.records.port.RecycleBinStore.Entry;
import dev.tenon.records.port.RecycleBinStore.KeptRecord;
import dev.tenon.records.shop.InMemoryRecycleBin;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.sdk.record.RecordIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecycleBinPurgeTest {

    private final InMemoryRecycleBin bin = new InMemoryRecycleBin();

    private UUID deleted(Duration ago) {
        UUID id = RecordIds.next();
        Instant at = ShopDoor.NOW.minus(ago);
        Entry entry = new Entry(id, ShopDoor.CUSTOMER, RecordIds.next(), true, Channel.USER, at);
        bin.keep("test", entry, List.of(new KeptRecord(ShopDoor.CUSTOMER, id, 1, Map.of(), Set.of())), List.of());
        return id;
    }

    @Test
    void removesEverythingWhoseTimeIsOverAndNothingElse() {
        for (int i = 0; i < 45; i++) {
            deleted(InMemoryRecycleBin.KEPT.plusDays(i));
        }
        UUID fresh = deleted(InMemoryRecycleBin.KEPT.minusSeconds(1));

        new RecycleBinPurge(bin, new Node("here", InstantSource.fixed(ShopDoor.NOW), () -> false)).run("test");

        assertThat(bin.ids()).containsExactly(fresh);
    }

    @Test
    void stopsWhereTheNodeStops() {
        UUID old = deleted(InMemoryRecycleBin.KEPT);

        new RecycleBinPurge(bin, new Node("here", InstantSource.fixed(ShopDoor.NOW), () -> true)).run("test");

        assertThat(bin.ids()).containsExactly(old);
    }
}
