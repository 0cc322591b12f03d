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
import dev.tenon.metadata.model.PermissionSet;
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
import java.util.function.Function;

/** The parts of a model, from checked effective elements. */
public final class ModelParts {

    private static final String TEST = ".test.js";

    private final EffectiveElements elements;

    public ModelParts(EffectiveElements elements) {
        this.elements = elements;
    }

    public Map<String, ObjectType> objects() {
        ObjectParts objects = new ObjectParts(elements);
        Map<String, ObjectType> result = byName(ElementTypes.OBJECT, objects::object);
        List.copyOf(result.values()).stream()
                .flatMap(Junctions::of)
                .forEach(junction -> result.put(junction.name(), junction));
        return result;
    }

    public Map<String, PermissionSet> permissionSets() {
        return byName(ElementTypes.PERMISSION_SET, new PermissionParts(elements)::permissionSet);
    }

    public Map<String, ApprovalProcess> approvals() {
        return byName(ElementTypes.APPROVAL, this::approval);
    }

    public Map<String, VisibilityPolicy> policies() {
        Map<String, VisibilityPolicy> policies = new LinkedHashMap<>();
        elements.ofType(ElementTypes.POLICY).stream().filter(p -> !p.retired()).forEach(p -> {
            String name = p.key().name();
            policies.put(
                    name,
                    new VisibilityPolicy(
                            name, p.origin(), Typed.require(p, "process"), Typed.handler(p, "visibility")));
        });
        return policies;
    }

    public Map<String, Setting> settings() {
        FieldTypes types = new FieldTypes(elements);
        return byName(
                ElementTypes.SETTING,
                s -> new Setting(
                        s.key().name(),
                        s.origin(),
                        Typed.label(s, "label"),
                        types.of(s),
                        SettingValues.convert(s).orElse(null)));
    }

    public List<App> apps() {
        return elements.ofType(ElementTypes.APP).stream()
                .filter(a -> !a.retired() && !a.flag("hidden"))
                .map(a -> new App(
                        a.key().name(),
                        a.origin(),
                        Typed.label(a, "label"),
                        a.texts("objects").stream().filter(this::isShown).toList()))
                .toList();
    }

    public Map<String, ScriptFile> scripts() {
        Map<String, ScriptFile> scripts = new LinkedHashMap<>();
        for (EffectiveElement script : elements.ofType(ElementTypes.SCRIPT)) {
            String name = script.key().name();
            if (!name.endsWith(TEST)) {
                ScriptFile file = new ScriptFile(
                        script.origin(), name.substring(script.origin().length() + 1), Typed.require(script, "source"));
                scripts.put(file.key(), file);
            }
        }
        return scripts;
    }

    private boolean isShown(String object) {
        return elements.find(ElementTypes.OBJECT, object)
                .filter(o -> !o.retired() && !o.flag("hidden"))
                .isPresent();
    }

    private <T> Map<String, T> byName(String type, Function<EffectiveElement, T> build) {
        Map<String, T> result = new LinkedHashMap<>();
        elements.ofType(type).forEach(e -> result.put(e.key().name(), build.apply(e)));
        return result;
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
