package dev.tenon.records.internal;

import dev.tenon.access.AccessKernel;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.model.Action;
import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Handler;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.Trigger;
import dev.tenon.metadata.model.ValidationRule;
import dev.tenon.metadata.model.VisibilityPolicy;
import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.records.RecordsError;
import dev.tenon.records.internal.CheckedModel.ExpressionKey;
import dev.tenon.records.internal.CheckedModel.PathKey;
import dev.tenon.records.port.CodeRuntime;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.ErrorSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compiles every expression of one model, collecting what is wrong with them. Used once, by one thread. */
public final class ModelExpressions {

    private final Model model;
    private final Optional<CheckedModel> before;
    private final List<Problem> problems;
    private final Map<ElementKey, TextsOfElement.Compiled> elements = new HashMap<>();
    private final Map<ExpressionKey, Expr> expressions = new HashMap<>();
    private final Map<PathKey, Expr> paths = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    /** @param before what means the same in both models is taken from there */
    public ModelExpressions(Model model, Optional<CheckedModel> before, List<Problem> problems) {
        this.model = model;
        this.before = before;
        this.problems = problems;
    }

    /** Compiles everything; faults are added to the problems. */
    public void compileAll() {
        for (ObjectType object : model.objects().values()) {
            ElementKey key = new ElementKey(ElementTypes.OBJECT, object.name());
            add(key, known(key, object).orElseGet(() -> {
                changed.add(object.name());
                return TextsOfElement.of(model, object, problems);
            }));
        }
        for (ApprovalProcess process : model.approvals().values()) {
            ElementKey key = new ElementKey(ElementTypes.APPROVAL, process.name());
            add(key, known(key, process).orElseGet(() -> TextsOfElement.of(model, process, problems)));
        }
        problems.addAll(new ComputationOrder(model, expressions).cycles());
    }

    private Optional<TextsOfElement.Compiled> known(ElementKey key, Object element) {
        return before.flatMap(compiled -> compiled.texts(key)).filter(texts -> texts.holds(element, model));
    }

    private void add(ElementKey key, TextsOfElement.Compiled compiled) {
        elements.put(key, compiled);
        expressions.putAll(compiled.expressions());
        paths.putAll(compiled.paths());
    }

    /** Adds a problem for every handler that cannot be found. */
    public void checkHandlers(CodeRuntime code) {
        for (ObjectType object : model.objects().values()) {
            for (Trigger trigger : object.triggers()) {
                handler(
                        code,
                        "trigger:" + object.name() + "/" + trigger.name(),
                        trigger.handler(),
                        CodeRuntime.Use.TRIGGER);
            }
            for (Action action : object.actions()) {
                handler(
                        code,
                        "action:" + object.name() + "/" + action.name(),
                        action.handler(),
                        CodeRuntime.Use.ACTION);
            }
        }
        for (ApprovalProcess process : model.approvals().values()) {
            for (ApprovalProcess.ApprovalStep step : process.steps()) {
                for (ApprovalProcess.Approvers approvers : step.approvers()) {
                    if (approvers instanceof ApprovalProcess.Approvers.Code asked) {
                        handler(
                                code,
                                "step:" + process.name() + "/" + step.key(),
                                asked.handler(),
                                CodeRuntime.Use.APPROVERS);
                    }
                }
            }
        }
        for (VisibilityPolicy policy : model.policies().values()) {
            handler(code, "policy:" + policy.name(), policy.handler(), CodeRuntime.Use.VISIBILITY);
        }
    }

    /** The compiled model; only where there are no problems. */
    public CheckedModel plan(AccessKernel access) {
        Optional<CheckedModel> same = before.filter(compiled -> compiled.isOf(elements));
        if (same.isPresent()) {
            return same.get().as(model, access);
        }
        Map<String, ObjectPlan> plans = new PlanBuilder(model, expressions, before, changed).plans();
        return new CheckedModel(model, access, plans, elements, expressions, paths);
    }

    private void handler(CodeRuntime code, String element, Handler handler, CodeRuntime.Use use) {
        if (!code.exists(model, handler, use)) {
            ErrorSource source = switch (handler) {
                case Handler.Script script -> new ErrorSource(script.origin(), script.file(), 0, 0);
                case Handler.Plugin plugin -> new ErrorSource(plugin.pluginId(), "", 0, 0);
            };
            String named = switch (handler) {
                case Handler.Script script -> script.file() + "#" + script.function();
                case Handler.Plugin plugin -> plugin.pluginId() + "/" + plugin.name();
            };
            problem(RecordsError.HANDLER_NOT_FOUND, source, Map.of("element", element, "handler", named));
        }
    }

    private void problem(RecordsError code, ErrorSource source, Map<String, Object> args) {
        problems.add(new Problem(new ErrorDetail(code, "", args), source));
    }

    /** The compiled form of an expression, absent where it has a fault. */
    static Optional<Expr> find(Map<ExpressionKey, Expr> expressions, String object, ExpressionText text) {
        return Optional.ofNullable(expressions.get(new ExpressionKey(object, text)));
    }

    static List<ValidationRule> active(ObjectType object) {
        return object.rules().stream().filter(ValidationRule::active).toList();
    }
}
