package dev.tenon.approval;

import dev.tenon.access.AccessRestriction;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.CompiledModel;
import dev.tenon.records.ExpressionModelCompiler;
import dev.tenon.records.ModelCompiler;
import dev.tenon.records.port.CodeRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compiles models with the rules of approvals in them: visibility policies become part of the rights, definitions are
 * checked before anybody can submit to them.
 */
public final class ApprovalModelCompiler implements ModelCompiler {

    private final CodeRuntime code;
    private final List<AccessRestriction> others;

    /** @param others restrictions of further rooms */
    public ApprovalModelCompiler(CodeRuntime code, List<AccessRestriction> others) {
        this.code = code;
        this.others = List.copyOf(others);
    }

    /** What a policy whose code is gone may have hidden is hidden; an approval that needs a resolver that is gone stops there. */
    @Override
    public ModelCompiler inForce() {
        return (model, before) -> ofExpressions(model).compile(model, before);
    }

    private ModelCompiler ofExpressions(Model model) {
        List<AccessRestriction> restrictions = new ArrayList<>(others);
        restrictions.add(ApprovalAccess.compile(model, code).access());
        return new ExpressionModelCompiler(restrictions);
    }

    @Override
    public Outcome compile(Model model, Optional<CompiledModel> before) {
        ApprovalAccess.Compiled access = ApprovalAccess.compile(model, code);
        List<Problem> problems = new ArrayList<>(access.problems());
        problems.addAll(ApprovalDefinitionCheck.check(model, code));
        List<AccessRestriction> restrictions = new ArrayList<>(others);
        restrictions.add(access.access());
        Outcome outcome = new ExpressionModelCompiler(restrictions, code).compile(model, before);
        return switch (outcome) {
            case Outcome.Refused refused -> {
                List<Problem> all = new ArrayList<>(refused.problems());
                problems.stream().filter(p -> !all.contains(p)).forEach(all::add);
                yield new Outcome.Refused(List.copyOf(all));
            }
            case Outcome.Compiled compiled ->
                problems.isEmpty() ? compiled : new Outcome.Refused(List.copyOf(problems));
        };
    }
}
