package dev.tenon.records;

import dev.tenon.access.AccessRestriction;
import dev.tenon.access.PermissionSetKernel;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.internal.CheckedModel;
import dev.tenon.records.internal.ModelExpressions;
import dev.tenon.records.port.CodeRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks every expression of a model with the one expression compiler, and makes from them what requests need.
 *
 * <p>References between elements (targets of lookups, fields of layouts) were checked when the layers were merged; here
 * is checked what takes types: formulas and the order they depend on each other, roll-up filters, defaults, rules,
 * conditions, view filters, approvals and the scopes of permission sets.
 */
public final class ExpressionModelCompiler implements ModelCompiler {

    private final List<AccessRestriction> restrictions;
    private final Optional<CodeRuntime> code;

    /** Without a look at the code behind handlers. */
    public ExpressionModelCompiler(List<AccessRestriction> restrictions) {
        this.restrictions = List.copyOf(restrictions);
        this.code = Optional.empty();
    }

    /** Reports also handlers whose script export or plugin contribution cannot be found. */
    public ExpressionModelCompiler(List<AccessRestriction> restrictions, CodeRuntime code) {
        this.restrictions = List.copyOf(restrictions);
        this.code = Optional.of(code);
    }

    @Override
    public Outcome compile(Model model, Optional<CompiledModel> before) {
        List<Problem> problems = new ArrayList<>();
        Optional<CheckedModel> known =
                before.filter(CheckedModel.class::isInstance).map(CheckedModel.class::cast);
        ModelExpressions expressions = new ModelExpressions(model, known, problems);
        expressions.compileAll();
        code.ifPresent(expressions::checkHandlers);
        PermissionSetKernel access = new PermissionSetKernel(
                model,
                restrictions,
                known.map(CheckedModel::access)
                        .filter(PermissionSetKernel.class::isInstance)
                        .map(PermissionSetKernel.class::cast));
        access.problems().forEach(p -> problems.add(new Problem(p.detail(), p.source())));
        return problems.isEmpty()
                ? new Outcome.Compiled(expressions.plan(access))
                : new Outcome.Refused(List.copyOf(problems));
    }
}
