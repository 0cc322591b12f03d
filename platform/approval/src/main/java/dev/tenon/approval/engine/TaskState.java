package dev.tenon.approval.engine;

/** State of one person's unit of work. */
public enum TaskState {
    /** Not its turn yet. */
    WAITING,
    PENDING,
    APPROVED,
    REJECTED,
    RETURNED,
    AUTO_APPROVED,
    AUTO_REJECTED,
    /** A peer decided and the step closed early. */
    NOT_REQUIRED,
    CANCELED;

    public boolean open() {
        return switch (this) {
            case WAITING, PENDING -> true;
            case APPROVED, REJECTED, RETURNED, AUTO_APPROVED, AUTO_REJECTED, NOT_REQUIRED, CANCELED -> false;
        };
    }

    /** Counts as a yes. */
    public boolean positive() {
        return this == APPROVED || this == AUTO_APPROVED;
    }

    /** Counts as a no. */
    public boolean negative() {
        return this == REJECTED || this == AUTO_REJECTED;
    }
}
