package dev.tenon.approval.engine;

/** State of one activation of a step. A closed run never reopens. */
public enum NodeState {
    ACTIVE,
    /** Could not be activated: a condition or resolver failed, or nobody was found. */
    BLOCKED,
    PASSED,
    REJECTED,
    /** A return was issued from it. */
    RETURNED,
    CANCELED,
    /** Its condition did not hold, or all its answers were given by the engine. */
    SKIPPED;

    public boolean open() {
        return switch (this) {
            case ACTIVE, BLOCKED -> true;
            case PASSED, REJECTED, RETURNED, CANCELED, SKIPPED -> false;
        };
    }
}
