package dev.tenon.records.shop;

import dev.tenon.metadata.model.Handler;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.Trigger;
import dev.tenon.records.port.CodeRuntime;
import dev.tenon.sdk.approval.Visibility;
import dev.tenon.sdk.approval.VisibilityExpr;
import dev.tenon.sdk.plugin.ActionResult;
import dev.tenon.sdk.plugin.CallContext;
import dev.tenon.sdk.plugin.RecordTrigger;
import dev.tenon.sdk.record.RecordData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Code behind the shop's handlers, given by tests as Java functions; nothing happens where a test gives none. */
public final class ShopCode implements CodeRuntime {

    private final Map<String, BiConsumer<RecordTrigger.Change, CallContext>> triggers = new HashMap<>();
    private final List<String> calls = new ArrayList<>();

    /** What the script function does from now on. */
    public void on(String function, BiConsumer<RecordTrigger.Change, CallContext> code) {
        triggers.put(function, code);
    }

    /** Function and moment of every call, in order. */
    public List<String> calls() {
        return calls;
    }

    @Override
    public void runTrigger(
            Model model, Handler handler, Trigger.Moment moment, RecordTrigger.Change change, CallContext context) {
        String function = name(handler);
        calls.add(function + " " + moment);
        triggers.getOrDefault(function, (c, x) -> {}).accept(change, context);
    }

    @Override
    public ActionResult runAction(
            Model model,
            Handler handler,
            RecordData record,
            Map<String, @Nullable Object> parameters,
            CallContext context) {
        calls.add(name(handler));
        return ActionResult.message("Hello " + record.value("name"));
    }

    @Override
    public List<UUID> resolveApprovers(
            Model model,
            Handler handler,
            RecordData record,
            UUID submitter,
            Map<String, Object> parameters,
            CallContext context) {
        return List.of();
    }

    @Override
    public Visibility compileVisibility(Model model, Handler handler, String process) {
        return Visibility.existence(VisibilityExpr.TRUE);
    }

    @Override
    public boolean exists(Model model, Handler handler, Use use) {
        return true;
    }

    private static String name(Handler handler) {
        return switch (handler) {
            case Handler.Script script -> script.function();
            case Handler.Plugin plugin -> plugin.name();
        };
    }
}
