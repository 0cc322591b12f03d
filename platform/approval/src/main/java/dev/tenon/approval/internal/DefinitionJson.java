package dev.tenon.approval.internal;

import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.ApprovalProcess.ApprovalStep;
import dev.tenon.metadata.model.ApprovalProcess.Approvers;
import dev.tenon.metadata.model.ApprovalProcess.Decision;
import dev.tenon.metadata.model.ApprovalProcess.EmptyRule;
import dev.tenon.metadata.model.ApprovalProcess.Lock;
import dev.tenon.metadata.model.ApprovalProcess.Mode;
import dev.tenon.metadata.model.ApprovalProcess.Outcome;
import dev.tenon.metadata.model.ApprovalProcess.SelfRule;
import dev.tenon.metadata.model.ApprovalProcess.Withdraw;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Handler;
import dev.tenon.metadata.model.Label;
import dev.tenon.sdk.error.ErrorSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form in which definitions are kept for the approvals that run on them. Written by hand, because it is read again
 * after years: the classes may change, this form only grows. Equal definitions give equal text.
 */
final class DefinitionJson {

    private static final int FORMAT = 1;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(tools.jackson.databind.DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private DefinitionJson() {}

    static String write(ApprovalProcess process) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("name", process.name());
        root.put("origin", process.origin());
        root.set("label", label(process.label()));
        root.put("object", process.object());
        process.entry().ifPresent(e -> root.set("entry", expression(e)));
        ArrayNode submitters = root.putArray("submitters");
        new TreeSet<>(process.submitters()).forEach(submitters::add);
        ArrayNode recordTypes = root.putArray("recordTypes");
        new TreeSet<>(process.recordTypes()).forEach(recordTypes::add);
        root.put("lock", process.lock().name());
        root.put("withdraw", process.withdraw().name());
        ArrayNode steps = root.putArray("steps");
        process.steps().forEach(s -> steps.add(step(s)));
        ObjectNode outcomes = root.putObject("onOutcome");
        new TreeMap<>(process.onOutcome()).forEach((outcome, fields) -> {
            ObjectNode values = outcomes.putObject(outcome.name());
            new TreeMap<>(fields).forEach((field, value) -> values.set(field, expression(value)));
        });
        return MAPPER.writeValueAsString(root);
    }

    static ApprovalProcess read(String json) {
        JsonNode root = MAPPER.readTree(json);
        if (root.path("format").asInt() != FORMAT) {
            throw new IllegalStateException("approval definition of unknown format " + root.path("format"));
        }
        Set<String> submitters = new HashSet<>();
        root.path("submitters").forEach(s -> submitters.add(s.asString()));
        Set<String> recordTypes = new HashSet<>();
        root.path("recordTypes").forEach(t -> recordTypes.add(t.asString()));
        List<ApprovalStep> steps = new ArrayList<>();
        root.path("steps").forEach(s -> steps.add(step(s)));
        Map<Outcome, Map<String, ExpressionText>> outcomes = new EnumMap<>(Outcome.class);
        root.path("onOutcome").properties().forEach(entry -> {
            Map<String, ExpressionText> fields = new HashMap<>();
            entry.getValue().properties().forEach(f -> fields.put(f.getKey(), expression(f.getValue())));
            outcomes.put(Outcome.valueOf(entry.getKey()), fields);
        });
        return new ApprovalProcess(
                text(root, "name"),
                text(root, "origin"),
                label(root.path("label")),
                text(root, "object"),
                optionalExpression(root, "entry"),
                submitters,
                recordTypes,
                Lock.valueOf(text(root, "lock")),
                Withdraw.valueOf(text(root, "withdraw")),
                steps,
                outcomes);
    }

    private static ObjectNode step(ApprovalStep step) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("key", step.key());
        node.put("origin", step.origin());
        node.set("label", label(step.label()));
        step.condition().ifPresent(c -> node.set("condition", expression(c)));
        ArrayNode approvers = node.putArray("approvers");
        step.approvers().forEach(a -> approvers.add(approvers(a)));
        node.put("mode", step.mode().name());
        node.put("self", step.self().name());
        node.put("empty", step.empty().name());
        ArrayNode commentRequired = node.putArray("commentRequired");
        new TreeSet<>(step.commentRequired()).forEach(d -> commentRequired.add(d.name()));
        return node;
    }

    private static ApprovalStep step(JsonNode node) {
        List<Approvers> approvers = new ArrayList<>();
        node.path("approvers").forEach(a -> approvers.add(approvers(a)));
        Set<Decision> commentRequired = EnumSet.noneOf(Decision.class);
        node.path("commentRequired").forEach(d -> commentRequired.add(Decision.valueOf(d.asString())));
        return new ApprovalStep(
                text(node, "key"),
                text(node, "origin"),
                label(node.path("label")),
                optionalExpression(node, "condition"),
                approvers,
                Mode.valueOf(text(node, "mode")),
                SelfRule.valueOf(text(node, "self")),
                EmptyRule.valueOf(text(node, "empty")),
                commentRequired);
    }

    private static ObjectNode approvers(Approvers approvers) {
        ObjectNode node = MAPPER.createObjectNode();
        switch (approvers) {
            case Approvers.RecordField(String path) -> node.put("field", path);
            case Approvers.HoldersOf(String permissionSet) -> node.put("holdersOf", permissionSet);
            case Approvers.Manager(int level) -> node.put("manager", level);
            case Approvers.Code(Handler handler, Map<String, Object> parameters) -> {
                switch (handler) {
                    case Handler.Script(String origin, String file, String function) ->
                        node.put("scriptOrigin", origin).put("script", file).put("function", function);
                    case Handler.Plugin(String pluginId, String name) ->
                        node.put("plugin", pluginId).put("name", name);
                }
                node.set("parameters", MAPPER.valueToTree(new TreeMap<>(parameters)));
            }
        }
        return node;
    }

    private static Approvers approvers(JsonNode node) {
        if (node.has("field")) {
            return new Approvers.RecordField(text(node, "field"));
        }
        if (node.has("holdersOf")) {
            return new Approvers.HoldersOf(text(node, "holdersOf"));
        }
        if (node.has("manager")) {
            return new Approvers.Manager(node.path("manager").asInt());
        }
        Handler handler = node.has("script")
                ? new Handler.Script(text(node, "scriptOrigin"), text(node, "script"), text(node, "function"))
                : new Handler.Plugin(text(node, "plugin"), text(node, "name"));
        Map<String, Object> parameters = new HashMap<>();
        node.path("parameters")
                .properties()
                .forEach(p -> parameters.put(p.getKey(), MAPPER.treeToValue(p.getValue(), Object.class)));
        return new Approvers.Code(handler, parameters);
    }

    private static ObjectNode label(Label label) {
        ObjectNode node = MAPPER.createObjectNode();
        new TreeMap<>(label.texts()).forEach(node::put);
        return node;
    }

    private static Label label(JsonNode node) {
        Map<String, String> texts = new HashMap<>();
        node.properties().forEach(t -> texts.put(t.getKey(), t.getValue().asString()));
        return new Label(texts);
    }

    private static ObjectNode expression(ExpressionText expression) {
        ErrorSource at = expression.source();
        ObjectNode node = MAPPER.createObjectNode();
        node.put("text", expression.text());
        node.put("origin", at.origin())
                .put("file", at.file())
                .put("line", at.line())
                .put("column", at.column());
        return node;
    }

    private static ExpressionText expression(JsonNode node) {
        return new ExpressionText(
                text(node, "text"),
                new ErrorSource(
                        text(node, "origin"),
                        text(node, "file"),
                        node.path("line").asInt(),
                        node.path("column").asInt()));
    }

    private static Optional<ExpressionText> optionalExpression(JsonNode node, String name) {
        return node.has(name) ? Optional.of(expression(node.path(name))) : Optional.empty();
    }

    private static String text(JsonNode node, String name) {
        return node.required(name).asString();
    }
}
