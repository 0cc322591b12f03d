package dev.tenon.records.port;

import dev.tenon.metadata.model.Handler;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.Trigger;
import dev.tenon.sdk.approval.Visibility;
import dev.tenon.sdk.plugin.ActionResult;
import dev.tenon.sdk.plugin.CallContext;
import dev.tenon.sdk.plugin.RecordTrigger;
import dev.tenon.sdk.record.RecordData;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs the code behind handlers, in scripts or plugins. Failures of that code are
 * {@link dev.tenon.sdk.error.PlatformException} of kind CUSTOMIZATION with file, line and column where known.
 */
public interface CodeRuntime {

    void runTrigger(
            Model model, Handler handler, Trigger.Moment moment, RecordTrigger.Change change, CallContext context);

    ActionResult runAction(
            Model model,
            Handler handler,
            RecordData record,
            Map<String, @Nullable Object> parameters,
            CallContext context);

    List<UUID> resolveApprovers(
            Model model,
            Handler handler,
            RecordData record,
            UUID submitter,
            Map<String, Object> parameters,
            CallContext context);

    /** Compiles a visibility policy against symbols. {@code process} is the approval process it is bound to. */
    Visibility compileVisibility(Model model, Handler handler, String process);

    /** Whether the handler can be found (the export exists, the plugin is started and contributes it). */
    boolean exists(Model model, Handler handler, Use use);

    /** For what a handler is used. */
    enum Use {
        TRIGGER,
        ACTION,
        APPROVERS,
        VISIBILITY
    }
}
