package dev.tenon.approval.engine;

/** State of one approval. Terminal states never change. */
public enum InstanceState {
    RUNNING,
    /** Waits for the submitter. */
    RETURNED,
    /** An incident needs an administrator. */
    FAULTED,
    APPROVED,
    REJECTED,
    WITHDRAWN,
    TERMINATED;

    public boolean terminal() {
        return switch (this) {
            case RUNNING, RETURNED, FAULTED -> false;
            case APPROVED, REJECTED, WITHDRAWN, TERMINATED -> true;
        };
    }
}
