package dev.tenon.approval.internal;

import dev.tenon.access.Identity;
import dev.tenon.approval.ApprovalError;
import dev.tenon.approval.view.SubmitOption;
import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.Query;
import dev.tenon.sdk.error.ErrorTexts;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Who may submit what, for the command and for the buttons. */
public final class SubmitRules {

    private final Collaborators with;

    public SubmitRules(Collaborators with) {
        this.with = with;
    }

    /** The submission, where nothing speaks against it; the transaction asks again what may have changed by then. */
    public Submission require(Identity who, String processName, UUID record) {
        Model model = with.models().current(who.tenant()).model();
        ApprovalProcess process = model.approvals().get(processName);
        if (process == null) {
            throw ApprovalError.UNKNOWN_PROCESS
                    .error()
                    .with("process", processName)
                    .build();
        }
        if (!visible(who, process.object(), record)) {
            throw ApprovalError.NOT_FOUND.error().build();
        }
        Submission submission = Submission.of(with, who, process, record);
        refusal(who, submission).ifPresent(code -> {
            throw submission.error(code);
        });
        return submission;
    }

    /** The processes of the record's object, each with the reason why not. */
    List<SubmitOption> options(Identity who, String object, UUID record) {
        Model model = with.models().current(who.tenant()).model();
        Locale locale = who.user().locale();
        List<SubmitOption> options = new ArrayList<>();
        for (ApprovalProcess process : model.approvals().values()) {
            if (!process.object().equals(object)) {
                continue;
            }
            Optional<ApprovalError> refusal = refusal(who, Submission.of(with, who, process, record));
            options.add(new SubmitOption(
                    process.name(),
                    process.label().in(locale),
                    refusal.isEmpty(),
                    refusal.map(ApprovalError::id).orElse(null),
                    refusal.map(code -> ErrorTexts.render(code, Map.of("process", process.name()), locale))
                            .orElse(null)));
        }
        return options;
    }

    boolean visible(Identity who, String object, UUID record) {
        // An object that is unknown to the person has no visible records; asking for one would name it.
        boolean known =
                with.models().current(who.tenant()).access().access(who, object).describable();
        return known && with.as(who).find(object, record, Query.Selection.ALL).isPresent();
    }

    private Optional<ApprovalError> refusal(Identity who, Submission submission) {
        if (with.approvals()
                .open(who.tenant(), submission.process().object(), submission.record())
                .isPresent()) {
            return Optional.of(ApprovalError.ACTIVE_INSTANCE_EXISTS);
        }
        RecordFacts facts = new RecordFacts(
                with.engine(who),
                submission.process().object(),
                submission.record(),
                who.user().id(),
                with.clock().instant().truncatedTo(ChronoUnit.MICROS));
        return submission.refusal(with, who, facts);
    }
}
