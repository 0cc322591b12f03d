package dev.tenon.approval;

import java.util.Set;

/** Names of the kernel objects that hold approvals. People read them like any other; only the engine writes them. */
public final class ApprovalObjects {

    public static final String INSTANCE = "sys__ApprovalInstance";
    public static final String NODE_RUN = "sys__ApprovalNodeRun";
    public static final String TASK = "sys__ApprovalTask";
    public static final String EVENT = "sys__ApprovalEvent";
    public static final String COMMENT = "sys__ApprovalComment";
    public static final String PARTICIPANT = "sys__ApprovalParticipant";
    public static final String AUDIENCE = "sys__ApprovalAudience";
    public static final String USER = "sys__User";

    /** All objects that only the engine writes. */
    public static final Set<String> ALL = Set.of(INSTANCE, NODE_RUN, TASK, EVENT, COMMENT, PARTICIPANT, AUDIENCE);

    private ApprovalObjects() {}
}
