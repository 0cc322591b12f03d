package dev.tenon.tenancy.internal;

import dev.tenon.metadata.Checked;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.Models;
import dev.tenon.metadata.model.Action;
import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.Handler;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.Trigger;
import dev.tenon.metadata.model.VisibilityPolicy;
import dev.tenon.records.CompiledModel;
import dev.tenon.records.ModelCompiler;
import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.records.port.ModelSource;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.tenancy.Layering;
import dev.tenon.tenancy.TenancyError;
import dev.tenon.tenancy.port.CodeChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From layers to a compiled model, or to everything that is wrong with them. */
final class ModelCheck {

    private final LayerShelf shelf;
    private final ModelSource models;
    private final ModelCompiler compiler;
    private final CodeChecks code;
    private final SharedModels shared = new SharedModels();

    ModelCheck(LayerShelf shelf, ModelSource models, ModelCompiler compiler, CodeChecks code) {
        this.shelf = shelf;
        this.models = models;
        this.compiler = compiler;
        this.code = code;
    }

    /** Either a model or problems. */
    record Outcome(@Nullable CompiledModel model, List<Problem> problems) {
        Optional<CompiledModel> good() {
            return problems.isEmpty() ? Optional.ofNullable(model) : Optional.empty();
        }
    }

    List<Layer> layers(Layering layering, Map<String, byte[]> fresh) {
        List<Layer> layers = new ArrayList<>();
        for (Layering.Entry entry : layering.enabled()) {
            if (!entry.content().isEmpty()) {
                layers.add(shelf.layer(entry.content(), fresh));
            }
        }
        if (layering.find(dev.tenon.metadata.PackageInfo.CUSTOM_NAME).isEmpty()) {
            layers.add(Layer.emptyCustom());
        }
        return layers;
    }

    /** Everything that can be known without touching tables. */
    Outcome check(String tenant, long version, Layering layering, Map<String, byte[]> fresh) {
        Optional<CompiledModel> before = before(tenant, layering);
        return switch (merged(tenant, version, layering, fresh, before)) {
            case Checked.Bad<Model> bad -> new Outcome(null, problems(bad.problems()));
            case Checked.Good<Model> good -> {
                List<Problem> problems = new ArrayList<>(pluginsNotEnabled(good.value(), layering));
                problems.addAll(code.check(good.value()));
                CompiledModel compiled = null;
                switch (compiler.compile(good.value(), before)) {
                    case ModelCompiler.Outcome.Compiled done -> compiled = done.model();
                    case ModelCompiler.Outcome.Refused refused -> problems.addAll(refused.problems());
                }
                Outcome outcome = new Outcome(compiled, distinct(problems));
                outcome.good().ifPresent(model -> shared.keep(layering, model));
                yield outcome;
            }
        };
    }

    /** The model of a version that was checked before it was put in force: code is not looked at again, it may be gone. */
    Outcome load(String tenant, long version, Layering layering) {
        Optional<CompiledModel> before = before(tenant, layering);
        Outcome outcome = switch (merged(tenant, version, layering, Map.of(), before)) {
            case Checked.Bad<Model> bad -> new Outcome(null, problems(bad.problems()));
            case Checked.Good<Model> good -> outcome(compiler.inForce().compile(good.value(), before));
        };
        outcome.good().ifPresent(model -> shared.keep(layering, model));
        return outcome;
    }

    /**
     * A model to take from what is the same: another tenant's of the same contents, else the tenant's own of before, else
     * another tenant's of the same products.
     */
    private Optional<CompiledModel> before(String tenant, Layering layering) {
        return shared.find(layering).or(() -> models.atHand(tenant)).or(() -> shared.similar(layering));
    }

    private Checked<Model> merged(
            String tenant, long version, Layering layering, Map<String, byte[]> fresh, Optional<CompiledModel> before) {
        return shared.find(layering)
                .<Checked<Model>>map(same -> new Checked.Good<>(same.model().as(tenant, version)))
                .orElseGet(() ->
                        Models.compile(tenant, version, layers(layering, fresh), before.map(CompiledModel::model)));
    }

    private static Outcome outcome(ModelCompiler.Outcome compiled) {
        return switch (compiled) {
            case ModelCompiler.Outcome.Compiled done -> new Outcome(done.model(), List.of());
            case ModelCompiler.Outcome.Refused refused -> new Outcome(null, refused.problems());
        };
    }

    /** The metadata of a version that was in force, without what requests need. */
    Model model(String tenant, long version, Layering layering) {
        return Models.compile(tenant, version, layers(layering, Map.of())).orThrow();
    }

    List<Problem> checkScript(String origin, String path, String source) {
        return code.checkScript(origin, path, source);
    }

    static List<Problem> problems(List<dev.tenon.metadata.Problem> found) {
        return found.stream().map(p -> new Problem(p.detail(), p.source())).toList();
    }

    /** What another room refused with an exception, as problems. */
    static List<Problem> problems(PlatformException refusal) {
        ErrorSource source = refusal.source().orElseGet(() -> new ErrorSource("", "", 0, 0));
        if (refusal.details().isEmpty()) {
            return List.of(new Problem(new ErrorDetail(refusal.code(), "", refusal.args()), source));
        }
        return refusal.details().stream().map(d -> new Problem(d, source)).toList();
    }

    /** Two rooms may look at the same thing; people need to read it once. */
    private static List<Problem> distinct(List<Problem> problems) {
        return List.copyOf(new java.util.LinkedHashSet<>(problems));
    }

    private static List<Problem> pluginsNotEnabled(Model model, Layering layering) {
        Set<String> enabled = layering.enabled().stream()
                .map(Layering.Entry::plugin)
                .filter(p -> !p.isEmpty())
                .collect(Collectors.toSet());
        List<Problem> problems = new ArrayList<>();
        Uses uses = (element, origin, handler) -> {
            if (handler instanceof Handler.Plugin(String plugin, String name) && !enabled.contains(plugin)) {
                problems.add(new Problem(
                        new ErrorDetail(
                                TenancyError.HANDLER_MISSING,
                                "/" + element.replace("~", "~0").replace("/", "~1"),
                                Map.of("element", element, "handler", "plugin:" + plugin + "/" + name)),
                        source(model, element, origin)));
            }
        };
        for (ObjectType object : model.objects().values()) {
            for (Trigger trigger : object.triggers()) {
                uses.see("trigger:" + object.name() + "/" + trigger.name(), trigger.origin(), trigger.handler());
            }
            for (Action action : object.actions()) {
                uses.see("action:" + object.name() + "/" + action.name(), action.origin(), action.handler());
            }
        }
        for (ApprovalProcess process : model.approvals().values()) {
            for (ApprovalProcess.ApprovalStep step : process.steps()) {
                for (ApprovalProcess.Approvers approvers : step.approvers()) {
                    if (approvers instanceof ApprovalProcess.Approvers.Code byCode) {
                        uses.see("step:" + process.name() + "/" + step.key(), step.origin(), byCode.handler());
                    }
                }
            }
        }
        for (VisibilityPolicy policy : model.policies().values()) {
            uses.see("policy:" + policy.name(), policy.origin(), policy.handler());
        }
        return problems;
    }

    private static ErrorSource source(Model model, String element, String origin) {
        var contributions = model.provenance().of(dev.tenon.metadata.model.ElementKey.parse(element), "plugin");
        return contributions.isEmpty()
                ? new ErrorSource(origin, "", 0, 0)
                : contributions.getLast().source();
    }

    private interface Uses {
        void see(String element, String origin, Handler handler);
    }
}
