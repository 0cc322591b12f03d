package dev.tenon.automation.internal;

import dev.tenon.records.port.RecycleBinStore;

/** Removes from a tenant's recycle bin what was kept long enough; several nodes take different entries. */
public final class RecycleBinPurge {

    /** A few at a time: each may be a tree of thousands of records, and the transaction keeps them locked. */
    private static final int BATCH = 20;

    private final RecycleBinStore bin;
    private final Node node;

    public RecycleBinPurge(RecycleBinStore bin, Node node) {
        this.bin = bin;
        this.node = node;
    }

    public void run(String tenant) {
        int removed = BATCH;
        while (removed == BATCH && !node.stops()) {
            removed = bin.removeExpired(tenant, node.now(), BATCH);
        }
    }
}
