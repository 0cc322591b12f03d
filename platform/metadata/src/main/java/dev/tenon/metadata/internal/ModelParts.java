package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.EffectiveElements;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.model.App;
import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.ApprovalProcess.ApprovalStep;
import dev.tenon.metadata.model.ApprovalProcess.Approvers;
import dev.tenon.metadata.model.ApprovalProcess.Outcome;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Handler;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.ScriptFile;
import dev.tenon.metadata.model.Setting;
import dev.tenon.metadata.model.VisibilityPolicy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The parts of a model, from checked effective elements, tree by tree. */
final class ModelParts {

    private static final String TEST = ".test.js";

    private final EffectiveElements elements;
    private final ObjectFields fields;
    private final FieldTypes types;

    ModelParts(EffectiveElements elements, ObjectFields fields, FieldTypes types) {
        this.elements = elements;
        this.fields = fields;
        this.types = types;
    }

    List<Object> of(ElementTree tree) {
        if (tree.root().equals(ElementTree.APPS)) {
            return tree.elements().values().stream()
                    .filter(a -> !a.retired() && !a.flag("hidden"))
                    .<Object>map(this::app)
                    .toList();
        }
        return elements.find(tree.root()).stream()
                .flatMap(root -> switch (root.key().type()) {
                    case ElementTypes.OBJECT -> object(root);
                    case ElementTypes.PERMISSION_SET -> Stream.of(new PermissionParts(elements).permissionSet(root));
                    case ElementTypes.APPROVAL -> Stream.of(approval(root));
                    case ElementTypes.POLICY -> root.retired() ? Stream.of() : Stream.of(policy(root));
                    case ElementTypes.SETTING -> Stream.of(setting(root));
                    case ElementTypes.SCRIPT ->
                        root.key().name().endsWith(TEST) ? Stream.of() : Stream.of(script(root));
                    default -> Stream.of();
                })
                .toList();
    }

    private Stream<Object> object(EffectiveElement object) {
        ObjectType type = new ObjectParts(elements, fields, types).object(object);
        return Stream.concat(Stream.of(type), Junctions.of(type));
    }

    private static VisibilityPolicy policy(EffectiveElement policy) {
        return new VisibilityPolicy(
                policy.key().name(),
                policy.origin(),
                Typed.require(policy, "process"),
                Typed.handler(policy, "visibility"));
    }

    private Setting setting(EffectiveElement setting) {
        return new Setting(
                setting.key().name(),
                setting.origin(),
                Typed.label(setting, "label"),
                types.of(setting),
                SettingValues.convert(setting).orElse(null));
    }

    private App app(EffectiveElement app) {
        return new App(
                app.key().name(),
                app.origin(),
                Typed.label(app, "label"),
                app.texts("objects").stream().filter(this::isShown).toList());
    }

    private static ScriptFile script(EffectiveElement script) {
        return new ScriptFile(
                script.origin(),
                script.key().name().substring(script.origin().length() + 1),
                Typed.require(script, "source"));
    }

    private boolean isShown(String object) {
        return elements.find(ElementTypes.OBJECT, object)
                .filter(o -> !o.retired() && !o.flag("hidden"))
                .isPresent();
    }

    /** One that is retired or switched off stays for what is under way; nothing new can be submitted. */
    private ApprovalProcess approval(EffectiveElement process) {
        boolean closed = process.retired() || !process.flag("active");
        Map<Outcome, Map<String, ExpressionText>> onOutcome = new EnumMap<>(Outcome.class);
        process.properties().forEach((name, effective) -> {
            if (name.startsWith("onOutcome.") && effective.value() instanceof String text) {
                String[] path = name.split("\\.");
                onOutcome
                        .computeIfAbsent(Typed.constant(Outcome.class, path[1]), o -> new LinkedHashMap<>())
                        .put(path[2], new ExpressionText(text, effective.last().source()));
            }
        });
        return new ApprovalProcess(
                process.key().name(),
                process.origin(),
                Typed.label(process, "label"),
                Typed.require(process, "object"),
                closed ? Optional.of(Typed.never(process.source())) : Typed.expression(process, "entry"),
                new HashSet<>(process.texts("submitters")),
                new HashSet<>(process.texts("recordTypes")),
                Typed.constant(ApprovalProcess.Lock.class, process, "lock"),
                Typed.constant(ApprovalProcess.Withdraw.class, process, "withdraw"),
                elements.children(process.key(), ElementTypes.STEP).stream()
                        .filter(s -> s.flag("active") && (!s.retired() || process.retired()))
                        .map(this::step)
                        .toList(),
                onOutcome);
    }

    private ApprovalStep step(EffectiveElement step) {
        return new ApprovalStep(
                step.localName(),
                step.origin(),
                Typed.label(step, "label"),
                Typed.expression(step, "condition"),
                approvers(step),
                Typed.constant(ApprovalProcess.Mode.class, step, "mode"),
                Typed.constant(ApprovalProcess.SelfRule.class, step, "self"),
                Typed.constant(ApprovalProcess.EmptyRule.class, step, "empty"),
                step.value("commentRequired") == null
                        ? Set.of(ApprovalProcess.Decision.REJECT, ApprovalProcess.Decision.RETURN)
                        : Typed.constants(ApprovalProcess.Decision.class, step.texts("commentRequired")));
    }

    private static List<Approvers> approvers(EffectiveElement step) {
        List<Approvers> approvers = new ArrayList<>();
        if (step.value("approvers") instanceof List<?> list) {
            String layer = Typed.layerOf(step, "approvers");
            list.forEach(item -> {
                if (item instanceof Map<?, ?> map) {
                    approvers.add(approver(map, layer));
                }
            });
        }
        return approvers;
    }

    private static Approvers approver(Map<?, ?> map, String layer) {
        if (map.get("field") instanceof String path) {
            return new Approvers.RecordField(path);
        }
        if (map.get("holdersOf") instanceof String set) {
            return new Approvers.HoldersOf(set);
        }
        if (map.get("manager") instanceof Long level) {
            return new Approvers.Manager(Math.toIntExact(level));
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (map.get("parameters") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> {
                if (value != null) {
                    parameters.put(String.valueOf(key), value);
                }
            });
        }
        Handler handler = map.get("plugin") instanceof String plugin
                ? Typed.plugin(plugin)
                : new Handler.Script(layer, String.valueOf(map.get("script")), String.valueOf(map.get("function")));
        return new Approvers.Code(handler, parameters);
    }
}
