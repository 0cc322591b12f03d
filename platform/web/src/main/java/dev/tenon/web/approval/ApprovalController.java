package dev.tenon.web.approval;

import dev.tenon.access.Identity;
import dev.tenon.approval.Answer;
import dev.tenon.approval.Approvals;
import dev.tenon.approval.Remark;
import dev.tenon.approval.view.InboxPage;
import dev.tenon.approval.view.InstanceView;
import dev.tenon.approval.view.RecordApprovalView;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.security.RequestCaller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Passes requests to the approval room; who may see and do what is decided there. */
@RestController
class ApprovalController {

    private static final int MOST = 100;

    private final RequestCaller caller;
    private final Approvals approvals;

    ApprovalController(RequestCaller caller, Approvals approvals) {
        this.caller = caller;
        this.approvals = approvals;
    }

    @GetMapping("/api/approvals/{box:todo|done|mine}")
    InboxPage inbox(
            @PathVariable String box,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "20") int limit) {
        if (limit < 1 || limit > MOST) {
            throw WebError.PARAMETER_MALFORMED
                    .error()
                    .with("name", "limit")
                    .with("value", limit)
                    .with("expected", "1–" + MOST)
                    .build();
        }
        Identity who = caller.identity();
        return switch (box) {
            case "todo" -> approvals.todo(who, cursor, limit);
            case "done" -> approvals.done(who, cursor, limit);
            default -> approvals.mine(who, cursor, limit);
        };
    }

    record Submission(
            @Nullable String process,
            @Nullable UUID recordId,
            @Nullable String commandId,
            @Nullable String comment) {}

    @PostMapping("/api/approvals/submit")
    InstanceView submit(@RequestBody Submission sent) {
        return approvals.submit(
                caller.identity(),
                required("process", sent.process()),
                required("recordId", sent.recordId()),
                required("commandId", sent.commandId()),
                sent.comment());
    }

    @GetMapping("/api/approvals/instances/{id}")
    InstanceView instance(@PathVariable UUID id) {
        return approvals.instance(caller.identity(), id);
    }

    @GetMapping("/api/records/{object}/{id}/approval")
    RecordApprovalView ofRecord(@PathVariable String object, @PathVariable UUID id) {
        return approvals.ofRecord(caller.identity(), object, id);
    }

    record Decided(
            @Nullable String commandId,
            @Nullable Long taskVersion,
            @Nullable String comment) {
        Answer answer() {
            return new Answer(required("commandId", commandId), taskVersion, comment);
        }
    }

    @PostMapping("/api/approvals/tasks/{task}/approve")
    InstanceView approve(@PathVariable UUID task, @RequestBody Decided decided) {
        return approvals.approve(caller.identity(), task, decided.answer());
    }

    @PostMapping("/api/approvals/tasks/{task}/reject")
    InstanceView reject(@PathVariable UUID task, @RequestBody Decided decided) {
        return approvals.reject(caller.identity(), task, decided.answer());
    }

    @PostMapping("/api/approvals/tasks/{task}/return")
    InstanceView returnToSubmitter(@PathVariable UUID task, @RequestBody Decided decided) {
        return approvals.returnToSubmitter(caller.identity(), task, decided.answer());
    }

    record Reassigned(
            @Nullable String commandId,
            @Nullable UUID to,
            @Nullable String comment) {}

    @PostMapping("/api/approvals/tasks/{task}/reassign")
    InstanceView reassign(@PathVariable UUID task, @RequestBody Reassigned sent) {
        return approvals.reassign(
                caller.identity(),
                task,
                required("to", sent.to()),
                new Remark(required("commandId", sent.commandId()), sent.comment()));
    }

    record Remarked(@Nullable String commandId, @Nullable String comment) {
        Remark remark() {
            return new Remark(required("commandId", commandId), comment);
        }
    }

    @PostMapping("/api/approvals/instances/{id}/withdraw")
    InstanceView withdraw(@PathVariable UUID id, @RequestBody Remarked sent) {
        return approvals.withdraw(caller.identity(), id, sent.remark());
    }

    @PostMapping("/api/approvals/instances/{id}/resubmit")
    InstanceView resubmit(@PathVariable UUID id, @RequestBody Remarked sent) {
        return approvals.resubmit(caller.identity(), id, sent.remark());
    }

    @PostMapping("/api/approvals/instances/{id}/comment")
    InstanceView comment(@PathVariable UUID id, @RequestBody Remarked sent) {
        return approvals.comment(caller.identity(), id, sent.remark());
    }

    @PostMapping("/api/approvals/instances/{id}/retry")
    InstanceView retry(@PathVariable UUID id, @RequestBody Remarked sent) {
        return approvals.retry(caller.identity(), id, sent.remark());
    }

    @PostMapping("/api/approvals/instances/{id}/terminate")
    InstanceView terminate(@PathVariable UUID id, @RequestBody Remarked sent) {
        return approvals.terminate(caller.identity(), id, sent.remark());
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw WebError.PARAMETER_MISSING.error().with("name", name).build();
        }
        return value;
    }
}
