package dev.tenon.approval.internal;

import dev.tenon.approval.ApprovalError;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Handler;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.VisibilityPolicy;
import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.records.port.CodeRuntime;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.PlatformException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the visibility policies of a model once, against symbols. */
public final class PolicyCompiler {

    private PolicyCompiler() {}

    /** @param policies by process; several policies of one process all restrict */
    public record Outcome(Map<String, List<CompiledPolicy>> policies, List<Problem> problems) {
        public Outcome {
            policies = Map.copyOf(policies);
            problems = List.copyOf(problems);
        }
    }

    public static Outcome compile(Model model, CodeRuntime code) {
        Map<String, List<CompiledPolicy>> policies = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (VisibilityPolicy policy : model.policies().values()) {
            CompiledPolicy compiled;
            try {
                if (!model.approvals().containsKey(policy.process())) {
                    throw ApprovalError.POLICY_UNKNOWN_PROCESS
                            .error()
                            .with("policy", policy.name())
                            .with("process", policy.process())
                            .build();
                }
                compiled = CompiledPolicy.of(code.compileVisibility(model, policy.handler(), policy.process()));
            } catch (PlatformException fault) {
                compiled = CompiledPolicy.closed();
                problems.add(problem(model, policy, fault));
            } catch (RuntimeException fault) {
                // Whatever a policy does wrong, the answer is the same: nothing is shown because of it.
                compiled = CompiledPolicy.closed();
                PlatformException failed = ApprovalError.POLICY_FAILED
                        .error()
                        .with("policy", policy.name())
                        .with("reason", fault.getClass().getSimpleName())
                        .build();
                problems.add(problem(model, policy, failed));
            }
            policies.computeIfAbsent(policy.process(), p -> new ArrayList<>()).add(compiled);
        }
        return new Outcome(policies, problems);
    }

    private static Problem problem(Model model, VisibilityPolicy policy, PlatformException fault) {
        ErrorSource source = fault.source().orElseGet(() -> source(model, policy));
        return new Problem(new ErrorDetail(fault.code(), "", fault.args()), source);
    }

    private static ErrorSource source(Model model, VisibilityPolicy policy) {
        return switch (policy.handler()) {
            case Handler.Script(String origin, String file, String ignored) -> new ErrorSource(origin, file, 0, 0);
            case Handler.Plugin ignored ->
                Places.of(model, new ElementKey("policy", policy.name()), "process", policy.origin());
        };
    }
}
