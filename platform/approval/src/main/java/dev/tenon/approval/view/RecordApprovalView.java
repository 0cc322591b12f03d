package dev.tenon.approval.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The approvals of one record.
 *
 * @param current the open one, or the latest when none is open
 * @param earlier the others, newest first
 */
public record RecordApprovalView(
        @Nullable InstanceView current, List<InstanceView> earlier, List<SubmitOption> submit, LockView lock) {

    public RecordApprovalView {
        earlier = List.copyOf(earlier);
        submit = List.copyOf(submit);
    }
}
