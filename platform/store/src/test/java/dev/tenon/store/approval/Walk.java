package dev.tenon.store.approval;

import dev.tenon.access.Identity;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ExpressionCompiler;
import dev.tenon.expression.ValueType.Simple;
import dev.tenon.records.Aggregation;
import dev.tenon.records.Query;
import dev.tenon.records.Query.Selection;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Everything about one approval that a person can get to through the rooms below HTTP, as text to compare. */
final class Walk {

    private static final List<String> OBJECTS = List.of(
            "sys__ApprovalInstance",
            "sys__ApprovalNodeRun",
            "sys__ApprovalTask",
            "sys__ApprovalEvent",
            "sys__ApprovalComment",
            "sys__ApprovalParticipant",
            "sys__ApprovalAudience");

    private Walk() {}

    static String of(Office office, Identity who, UUID instance, UUID offer, String word) {
        RecordSession session = office.as(who);
        List<String> seen = new ArrayList<>();
        for (String object : OBJECTS) {
            Page page = page(session, object);
            seen.add(object + " " + page.count() + " " + page.rows());
            seen.add(object + " grouped " + grouped(session, object));
            for (Row row : page.rows) {
                seen.add("history " + session.history(object, row.id()));
            }
        }
        seen.add("expanded " + session.find("sys__ApprovalInstance", instance, everything()));
        for (String filter :
                List.of("body.contains('" + word + "')", "body != null", "seq > 3", "kind == 'COMMENTED'")) {
            seen.add(filter + " " + filtered(session, filter));
        }
        seen.add("view " + office.approvals.instance(who, instance));
        seen.add("todo " + office.approvals.todo(who, null, 50));
        seen.add("done " + office.approvals.done(who, null, 50));
        seen.add("mine " + office.approvals.mine(who, null, 50));
        if (office.model().findObject("recruiting__Offer").isPresent()
                && session.access("sys__ApprovalInstance").describable()) {
            seen.add("record " + office.approvals.ofRecord(who, "recruiting__Offer", offer));
        }
        return String.join("\n", seen);
    }

    private record Page(long count, List<Row> rows) {}

    private static Page page(RecordSession session, String object) {
        var page = session.query(new Query(object, Selection.ALL, Optional.empty(), List.of(), 500, 0, true));
        return new Page(page.count().orElse(-1), page.rows());
    }

    private static String grouped(RecordSession session, String object) {
        Expr round = new Expr.FieldRef(0, object, List.of(), "createdBy", Simple.ID);
        return session.aggregate(new Aggregation(
                        object,
                        Optional.empty(),
                        List.of(new Aggregation.Key("by", round)),
                        List.of(new Aggregation.Measure("n", Aggregation.Function.COUNT, Optional.empty())),
                        100))
                .toString();
    }

    private static Selection everything() {
        Map<String, Query.Children> children = new LinkedHashMap<>();
        for (String object : OBJECTS.subList(1, OBJECTS.size())) {
            children.put(
                    object, new Query.Children(object, "instance", Selection.ALL, Optional.empty(), List.of(), 500));
        }
        return new Selection(List.of(), Map.of("submitter", Selection.of("name")), children);
    }

    private static String filtered(RecordSession session, String filter) {
        String object =
                filter.startsWith("kind") || filter.startsWith("seq") ? "sys__ApprovalEvent" : "sys__ApprovalComment";
        return switch (ExpressionCompiler.compile(filter, session.scope(object), Simple.BOOLEAN)) {
            case ExpressionCompiler.Result.Compiled(Expr expr) ->
                session.query(Query.of(object, 500).where(expr)).rows().toString();
            case ExpressionCompiler.Result.Refused(var problems) -> "refused " + problems;
        };
    }
}
