package dev.tenon.approval.internal;

import dev.tenon.approval.ApprovalObjects;
import dev.tenon.expression.Expr;
import dev.tenon.expression.Function;
import dev.tenon.expression.ValueType;
import dev.tenon.expression.ValueType.Simple;
import java.util.List;
import java.util.Optional;

/**
 * What the symbols of visibility policies mean for the records of one object that holds items: comments, the tasks in
 * which decisions are kept, and the events that tell of both.
 */
enum ItemSymbols {
    COMMENT(ApprovalObjects.COMMENT, "COMMENT"),
    TASK(ApprovalObjects.TASK, "DECISION"),
    EVENT(ApprovalObjects.EVENT, "");

    static final ValueType USER = new ValueType.Reference(ApprovalObjects.USER);
    static final Expr ME = new Expr.Variable("me", USER);
    private static final ValueType INSTANCE_TYPE = new ValueType.Reference(ApprovalObjects.INSTANCE);
    private static final ValueType RUN_TYPE = new ValueType.Reference(ApprovalObjects.NODE_RUN);

    private final String object;
    private final String kind;

    ItemSymbols(String object, String kind) {
        this.object = object;
        this.kind = kind;
    }

    String object() {
        return object;
    }

    static Expr field(int scope, String object, String name, ValueType type) {
        return new Expr.FieldRef(scope, object, List.of(), name, type);
    }

    Expr own(String name, ValueType type) {
        return field(0, object, name, type);
    }

    Expr instance() {
        return own("instance", INSTANCE_TYPE);
    }

    /** The symbol's value on a record of the object; absent for a symbol that does not exist. */
    Optional<Expr> value(String symbol) {
        return Optional.ofNullable(
                switch (symbol) {
                    case "me" -> ME;
                    case "me.participation.firstSeq" -> participation("firstSeq");
                    case "me.participation.lastActivatedSeq" -> participation("lastActivatedSeq");
                    case "me.participation.lastDecidedSeq" -> participation("lastDecidedSeq");
                    case "item.kind" -> this == EVENT ? own("item", Simple.TEXT) : new Expr.Literal(kind, Simple.TEXT);
                    case "item.author" -> author();
                    case "item.actingFor" -> this == COMMENT ? own("actingFor", USER) : new Expr.Literal(null, USER);
                    case "item.seq" -> seq();
                    case "item.nodeKey" -> own("stepKey", Simple.TEXT);
                    case "item.nodeActivatedSeq" ->
                        this == COMMENT ? own("nodeActivatedSeq", Simple.INTEGER) : run("activatedSeq");
                    case "item.nodeClosedSeq" -> closed();
                    case "item.round" -> own("round", Simple.INTEGER);
                    case "item.outcome" -> this == TASK ? own("decision", Simple.TEXT) : own("kind", Simple.TEXT);
                    case "inst.submitter" -> approval("submitter", USER);
                    case "inst.state" -> approval("state", Simple.TEXT);
                    default -> null;
                });
    }

    /** Whether a person is among those the item is addressed to. */
    Expr addressedTo(Expr person) {
        Expr sameInstance = Expr.equal(
                field(0, ApprovalObjects.AUDIENCE, "instance", INSTANCE_TYPE), outer("instance", INSTANCE_TYPE));
        String number = this == TASK ? "decidedSeq" : "seq";
        Expr sameItem =
                Expr.equal(field(0, ApprovalObjects.AUDIENCE, "seq", Simple.INTEGER), outer(number, Simple.INTEGER));
        Expr samePerson = Expr.equal(field(0, ApprovalObjects.AUDIENCE, "user", USER), person);
        return new Expr.Exists(ApprovalObjects.AUDIENCE, Expr.and(Expr.and(sameInstance, sameItem), samePerson));
    }

    /** Who wrote the comment, whom the task is for, who made the event happen. */
    Expr author() {
        return switch (this) {
            case COMMENT -> own("author", USER);
            case TASK -> own("assignee", USER);
            case EVENT -> own("actor", USER);
        };
    }

    private Expr seq() {
        return this == TASK ? own("decidedSeq", Simple.INTEGER) : own("seq", Simple.INTEGER);
    }

    private Expr closed() {
        return switch (this) {
            case COMMENT -> own("nodeClosedSeq", Simple.INTEGER);
            case TASK -> run("closedSeq");
            // Events are never written twice: what was open when it happened is looked up at the step.
            case EVENT ->
                new Expr.Call(
                        Function.COALESCE, List.of(own("closedSeq", Simple.INTEGER), run("closedSeq")), Simple.INTEGER);
        };
    }

    private Expr participation(String fieldName) {
        Expr condition = Expr.and(
                Expr.equal(
                        field(0, ApprovalObjects.PARTICIPANT, "instance", INSTANCE_TYPE),
                        outer("instance", INSTANCE_TYPE)),
                Expr.equal(field(0, ApprovalObjects.PARTICIPANT, "user", USER), ME));
        return new Expr.Related(ApprovalObjects.PARTICIPANT, condition, fieldName, Simple.INTEGER);
    }

    private Expr run(String fieldName) {
        Expr condition = Expr.equal(field(0, ApprovalObjects.NODE_RUN, "id", Simple.ID), outer("nodeRun", RUN_TYPE));
        return new Expr.Related(ApprovalObjects.NODE_RUN, condition, fieldName, Simple.INTEGER);
    }

    private Expr approval(String fieldName, ValueType type) {
        Expr condition =
                Expr.equal(field(0, ApprovalObjects.INSTANCE, "id", Simple.ID), outer("instance", INSTANCE_TYPE));
        return new Expr.Related(ApprovalObjects.INSTANCE, condition, fieldName, type);
    }

    private Expr outer(String name, ValueType type) {
        return field(1, object, name, type);
    }
}
