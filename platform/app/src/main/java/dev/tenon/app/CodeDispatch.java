package dev.tenon.app;

import dev.tenon.metadata.model.Handler;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.Trigger.Moment;
import dev.tenon.plugin.PluginHost;
import dev.tenon.records.port.CodeRuntime;
import dev.tenon.script.ScriptEngine;
import dev.tenon.script.ScriptTarget;
import dev.tenon.sdk.approval.Visibility;
import dev.tenon.sdk.approval.VisibilitySymbols;
import dev.tenon.sdk.plugin.ActionResult;
import dev.tenon.sdk.plugin.CallContext;
import dev.tenon.sdk.plugin.RecordTrigger;
import dev.tenon.sdk.record.RecordData;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Brings a handler to the room that runs its kind of code: scripts to the workers, contributions to their plugin. */
final class CodeDispatch implements CodeRuntime {

    private final ScriptEngine scripts;
    private final ModelScripts modules;
    private final PluginHost plugins;

    CodeDispatch(ScriptEngine scripts, ModelScripts modules, PluginHost plugins) {
        this.scripts = scripts;
        this.modules = modules;
        this.plugins = plugins;
    }

    @Override
    public void runTrigger(
            Model model, Handler handler, Moment moment, RecordTrigger.Change change, CallContext context) {
        RecordTrigger trigger = switch (handler) {
            case Handler.Script script ->
                scripts.handlers().trigger(target(model, script), fields(model, change.object()), mayChange(moment));
            case Handler.Plugin plugin -> plugins.trigger(plugin.pluginId(), plugin.name());
        };
        trigger.run(change, context);
    }

    private static Set<String> fields(Model model, String object) {
        return model.requireObject(object).fields().keySet();
    }

    private static boolean mayChange(Moment moment) {
        return switch (moment) {
            case BEFORE_CREATE, BEFORE_UPDATE -> true;
            case BEFORE_DELETE, AFTER_CREATE, AFTER_UPDATE, AFTER_DELETE -> false;
        };
    }

    @Override
    public ActionResult runAction(
            Model model,
            Handler handler,
            RecordData record,
            Map<String, @Nullable Object> parameters,
            CallContext context) {
        return switch (handler) {
            case Handler.Script script ->
                scripts.handlers().action(target(model, script)).run(record, parameters, context);
            case Handler.Plugin plugin ->
                plugins.action(plugin.pluginId(), plugin.name()).run(record, parameters, context);
        };
    }

    @Override
    public List<UUID> resolveApprovers(
            Model model,
            Handler handler,
            RecordData record,
            UUID submitter,
            Map<String, Object> parameters,
            CallContext context) {
        return switch (handler) {
            case Handler.Script script ->
                scripts.handlers().approvers(target(model, script)).resolve(record, submitter, parameters, context);
            case Handler.Plugin plugin ->
                plugins.approverResolver(plugin.pluginId(), plugin.name())
                        .resolve(record, submitter, parameters, context);
        };
    }

    @Override
    public Visibility compileVisibility(Model model, Handler handler, String process) {
        return switch (handler) {
            case Handler.Script script ->
                scripts.handlers()
                        .visibility(model.tenant(), modules.of(model, script.origin()), script.file(), process);
            case Handler.Plugin plugin ->
                plugins.visibilityPolicy(plugin.pluginId(), plugin.name())
                        .compile(
                                new VisibilitySymbols.Viewer(),
                                new VisibilitySymbols.Item(),
                                new VisibilitySymbols.Approval());
        };
    }

    @Override
    public boolean exists(Model model, Handler handler, Use use) {
        return switch (handler) {
            // A visibility script registers its rule when it is evaluated; it exports nothing.
            case Handler.Script script ->
                use == Use.VISIBILITY
                        ? modules.of(model, script.origin())
                                .source(script.file())
                                .isPresent()
                        : scripts.exports(model.tenant(), modules.of(model, script.origin()), script.file())
                                .contains(script.function());
            case Handler.Plugin plugin -> plugins.contributes(plugin.pluginId(), plugin.name(), kind(use));
        };
    }

    private static PluginHost.Kind kind(Use use) {
        return switch (use) {
            case TRIGGER -> PluginHost.Kind.TRIGGER;
            case ACTION -> PluginHost.Kind.ACTION;
            case APPROVERS -> PluginHost.Kind.APPROVER_RESOLVER;
            case VISIBILITY -> PluginHost.Kind.VISIBILITY_POLICY;
        };
    }

    private ScriptTarget target(Model model, Handler.Script script) {
        return new ScriptTarget(modules.of(model, script.origin()), script.file(), script.function());
    }
}
