package dev.tenon.automation.internal;

import dev.tenon.records.port.RecycleBinStore;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** Removes from a tenant's recycle bin what was kept long enough; several nodes take different entries. */
public final class RecycleBinPurge {

    /** A few at a time: each may be a tree of thousands of records, and the transaction keeps them locked. */
    private static final int BATCH = 20;

    private final RecycleBinStore bin;
    private final InstantSource time;
    private final BooleanSupplier closing;

    public RecycleBinPurge(RecycleBinStore bin, InstantSource time, BooleanSupplier closing) {
        this.bin = bin;
        this.time = time;
        this.closing = closing;
    }

    public void run(String tenant) {
        int removed = BATCH;
        while (removed == BATCH && !closing.getAsBoolean()) {
            removed = bin.removeExpired(tenant, time.instant(), BATCH);
        }
    }
}
