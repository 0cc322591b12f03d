package dev.tenon.approval;

import dev.tenon.metadata.Layer;
import dev.tenon.metadata.Models;
import dev.tenon.metadata.PackageReader;
import dev.tenon.metadata.model.Handler;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.Trigger;
import dev.tenon.records.port.CodeRuntime;
import dev.tenon.sdk.approval.ApprovalVisibilityPolicy;
import dev.tenon.sdk.approval.Visibility;
import dev.tenon.sdk.approval.VisibilitySymbols;
import dev.tenon.sdk.plugin.ActionResult;
import dev.tenon.sdk.plugin.CallContext;
import dev.tenon.sdk.plugin.RecordTrigger;
import dev.tenon.sdk.record.RecordData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A small product with one approval process, made from package files. */
final class Sample {

    static final String STEPS = """
              manager: {label: Manager, approvers: [{field: position.manager}], commentRequired: [reject]}
              vp: {label: Vice president, condition: "salary > 10.0", approvers: [{holdersOf: vp}, {manager: 2}, {plugin: p/r, parameters: {limit: 3, list: [a, b]}}], mode: anyDecides, self: drop, empty: fault}
            """;

    private Sample() {}

    static Model model(String steps, String... more) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("package.yaml", "name: hr\nnamespace: hr\nversion: 1.0.0\ntitle: HR\nsummary: Offers.\n");
        files.put("objects/Position.yaml", """
                label: Position
                titleField: name
                fields:
                  name: {type: text, label: Name}
                  manager: {type: lookup, label: Manager, target: sys__User}
                """);
        files.put("objects/Offer.yaml", """
                label: Offer
                titleField: name
                fields:
                  name: {type: text, label: Name}
                  position: {type: lookup, label: Position, target: Position}
                  salary: {type: decimal, label: Salary, precision: 12, scale: 2}
                  number: {type: autoNumber, label: Number, format: "O-{000}"}
                """);
        files.put("permissions/vp.yaml", "label: Vice president\n");
        files.put(
                "approvals/offer.yaml",
                "label: Offer approval\nobject: Offer\nentry: \"salary > 0.0\"\nsubmitters: [vp]\nsteps:\n"
                        + steps.indent(0) + "onOutcome: {approved: {name: \"'done'\"}}\n");
        for (int i = 0; i < more.length; i += 2) {
            files.put(more[i], more[i + 1]);
        }
        Layer layer = PackageReader.read(files).orThrow();
        return Models.compile("t", 1, Models.withSystem(List.of(layer, Layer.emptyCustom())))
                .orThrow();
    }

    /** The code behind handlers: one policy, and whether anything can be found. */
    record Code(ApprovalVisibilityPolicy policy, boolean found) implements CodeRuntime {

        static final Code NONE = new Code(
                (me, item, inst) -> {
                    throw new IllegalStateException();
                },
                true);

        @Override
        public void runTrigger(
                Model model, Handler handler, Trigger.Moment moment, RecordTrigger.Change change, CallContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ActionResult runAction(
                Model model, Handler handler, RecordData record, Map<String, Object> parameters, CallContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<UUID> resolveApprovers(
                Model model,
                Handler handler,
                RecordData record,
                UUID submitter,
                Map<String, Object> parameters,
                CallContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Visibility compileVisibility(Model model, Handler handler, String process) {
            return policy.compile(
                    new VisibilitySymbols.Viewer(), new VisibilitySymbols.Item(), new VisibilitySymbols.Approval());
        }

        @Override
        public boolean exists(Model model, Handler handler, Use use) {
            return found;
        }
    }
}
