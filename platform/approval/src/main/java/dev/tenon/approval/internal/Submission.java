package dev.tenon.approval.internal;

import dev.tenon.access.Identity;
import dev.tenon.approval.ApprovalError;
import dev.tenon.approval.engine.Env;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.sdk.error.PlatformException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A record on its way into a process. */
public record Submission(ApprovalProcess process, UUID record, String title) {

    /** The submission of a record that the person may see. */
    static Submission of(Collaborators with, Identity who, ApprovalProcess process, UUID record) {
        RecordSession system = with.engine(who);
        String titleField = system.model().requireObject(process.object()).titleField();
        Object title = system.find(process.object(), record, Query.Selection.ALL)
                .map(row -> row.values().get(titleField))
                .orElse(null);
        return new Submission(process, record, shortened(title == null ? record.toString() : title.toString()));
    }

    private static String shortened(String title) {
        return title.codePointCount(0, title.length()) <= 200
                ? title
                : title.substring(0, title.offsetByCodePoints(0, 200));
    }

    /** Why the person may not submit the record now, told without looking at open approvals. */
    Optional<ApprovalError> refusal(Collaborators with, Identity who, RecordFacts facts) {
        if (!maySubmit(with, who)) {
            return Optional.of(ApprovalError.NOT_ALLOWED);
        }
        return entryRefusal(facts);
    }

    private boolean maySubmit(Collaborators with, Identity who) {
        if (!process.submitters().isEmpty()) {
            return who.permissionSets().stream().anyMatch(process.submitters()::contains);
        }
        // Whoever may edit the record; asked with the engine's rights, because the condition may use hidden fields.
        Expr mayUpdate = with.as(who).access(process.object()).update();
        Expr thisRecord = Expr.equal(
                new Expr.FieldRef(0, process.object(), List.of(), SystemField.ID, ValueType.Simple.ID),
                new Expr.Literal(record, ValueType.Simple.ID));
        return !with.engine(who)
                .query(Query.of(process.object(), 1).where(Expr.and(thisRecord, mayUpdate)))
                .rows()
                .isEmpty();
    }

    private Optional<ApprovalError> entryRefusal(RecordFacts facts) {
        if (facts.record().isEmpty()) {
            return Optional.of(ApprovalError.NOT_FOUND);
        }
        if (!process.recordTypes().isEmpty()
                && !facts.recordType().filter(process.recordTypes()::contains).isPresent()) {
            return Optional.of(ApprovalError.RECORD_TYPE_OTHER);
        }
        if (process.entry().isEmpty()) {
            return Optional.empty();
        }
        return switch (facts.condition(process.entry().get())) {
            case Env.Condition.Holds() -> Optional.empty();
            case Env.Condition.DoesNotHold() -> Optional.of(ApprovalError.ENTRY_CONDITION_FALSE);
            case Env.Condition.Failed(String code) -> Optional.of(ApprovalError.EXPRESSION_INVALID);
        };
    }

    /** Throws where the saved record may not enter the process. */
    void requireEntry(RecordFacts facts) {
        entryRefusal(facts).ifPresent(code -> {
            throw error(code);
        });
    }

    PlatformException error(ApprovalError code) {
        return code.error().with("process", process.name()).build();
    }
}
