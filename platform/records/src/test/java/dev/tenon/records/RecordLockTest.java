package dev.tenon.records;

import dev.tenon.records.shop.InMemoryRecordStore;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import java.util.Map;

class RecordLockTest extends RecordLockContract {
    @Override
    protected ShopDoor open(Map<String, String> files) {
        return new ShopDoor(new InMemoryRecordStore(), ShopPackage.model("locks", 1, files));
    }
}
