package dev.tenon.metadata.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who has to agree before a record counts as approved.
 *
 * @param name global name (the definition key)
 * @param object what is approved
 * @param entry a record may be submitted where this is true
 * @param submitters permission sets whose holders may submit; empty: whoever may edit the record
 * @param recordTypes whose records may be submitted; empty: all
 * @param lock what nobody may change meanwhile
 * @param withdraw until when the submitter may take it back
 * @param steps in order
 * @param onOutcome fields the engine sets on the record, in the deciding transaction
 */
public record ApprovalProcess(
        String name,
        String origin,
        Label label,
        String object,
        Optional<ExpressionText> entry,
        Set<String> submitters,
        Set<String> recordTypes,
        Lock lock,
        Withdraw withdraw,
        List<ApprovalStep> steps,
        Map<Outcome, Map<String, ExpressionText>> onOutcome) {

    public ApprovalProcess {
        submitters = Set.copyOf(submitters);
        recordTypes = Set.copyOf(recordTypes);
        steps = List.copyOf(steps);
        onOutcome = Map.copyOf(onOutcome);
    }

    /** A process for records of any type. */
    public ApprovalProcess(
            String name,
            String origin,
            Label label,
            String object,
            Optional<ExpressionText> entry,
            Set<String> submitters,
            Lock lock,
            Withdraw withdraw,
            List<ApprovalStep> steps,
            Map<Outcome, Map<String, ExpressionText>> onOutcome) {
        this(name, origin, label, object, entry, submitters, Set.of(), lock, withdraw, steps, onOutcome);
    }

    /** Which writes of people and programs are refused while the approval is open. */
    public enum Lock {
        FULL,
        NONE
    }

    /** How long the submitter may withdraw. */
    public enum Withdraw {
        NEVER,
        BEFORE_FIRST_DECISION,
        ANYTIME
    }

    /** Moments at which the record itself changes. */
    public enum Outcome {
        SUBMITTED,
        APPROVED,
        REJECTED,
        RETURNED,
        WITHDRAWN
    }

    /**
     * One step: who is asked, when, and how many answers it takes.
     *
     * @param key stable; {@code <namespace>__key} when another layer adds it
     * @param condition the step is skipped where this is not true
     * @param approvers union of what these find, first occurrence wins
     * @param mode how several approvers' answers become one
     * @param self what happens when the submitter would approve
     * @param empty what happens when nobody is found
     * @param commentRequired decisions that need a comment
     */
    public record ApprovalStep(
            String key,
            String origin,
            Label label,
            Optional<ExpressionText> condition,
            List<Approvers> approvers,
            Mode mode,
            SelfRule self,
            EmptyRule empty,
            Set<Decision> commentRequired) {

        public ApprovalStep {
            approvers = List.copyOf(approvers);
            commentRequired = Set.copyOf(commentRequired);
        }
    }

    /** Ways to find approvers. */
    public sealed interface Approvers {
        /** The users named by a user field, or by a path over lookups that ends in one. */
        record RecordField(String path) implements Approvers {}

        /** Active holders of a permission set. */
        record HoldersOf(String permissionSet) implements Approvers {}

        /** The submitter's manager, {@code level} steps up. */
        record Manager(int level) implements Approvers {}

        /** What a script or plugin answers. */
        record Code(Handler handler, Map<String, Object> parameters) implements Approvers {
            public Code {
                parameters = Map.copyOf(parameters);
            }
        }
    }

    /** How many must agree. */
    public enum Mode {
        ALL,
        SEQUENTIAL,
        ANY_DECIDES,
        ANY_APPROVES
    }

    /** The submitter is among the approvers. */
    public enum SelfRule {
        ASK,
        AUTO_APPROVE,
        TO_MANAGER,
        DROP
    }

    /** Nobody is left to ask. */
    public enum EmptyRule {
        TO_PROCESS_ADMIN,
        AUTO_APPROVE,
        AUTO_REJECT,
        FAULT
    }

    /** What an approver can answer. */
    public enum Decision {
        APPROVE,
        REJECT,
        RETURN
    }
}
