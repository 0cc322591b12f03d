package dev.tenon.approval.engine;

/** Why the engine, not a person, put a step or task into its state. */
public enum Reason {
    /** The submitter was the approver. */
    SELF,
    /** The same person had just approved the step before. */
    DUPLICATE,
    /** Nobody was found. */
    EMPTY,
    /** The step's condition did not hold. */
    CONDITION,
    /** Nobody was found, so the process administrators stand in. */
    PROCESS_ADMIN,
    /** Waits for the one before. */
    ORDER,
    /** Another answer had already decided the step. */
    PEER,
    RETURN,
    WITHDRAW,
    TERMINATE,
    REASSIGNED,
    RETRY
}
